"""What the firms and officers of zones say, as a score takes it; all from one snapshot."""

from collections import defaultdict
from collections.abc import Collection

from sqlmodel import Session

from matching.diagnosis.evidence import evidence_of
from matching.facts import EnterpriseFacts, ZoneEvidence
from matching.vocabulary import LinkStatus
from service.facts import enterprise_facts
from service.repositories import feed
from service.scorer import Scorer


def read_evidence(
    session: Session, scorer: Scorer, zone_ids: Collection[str] | None = None
) -> dict[str, ZoneEvidence]:
    """The evidence of these zones, or of all; zones of which nothing is known are left out."""
    firms: defaultdict[str, list[EnterpriseFacts]] = defaultdict(list)
    for row in feed.enterprises_in(session, zone_ids):
        firms[row.zone_id].append(enterprise_facts(row))
    corrections: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for said in feed.corrections_in(session, zone_ids):
        corrections[said.zone_id][said.external_id] = tuple(said.link_ids)
    statuses: defaultdict[str, dict[str, LinkStatus]] = defaultdict(dict)
    for word in feed.overrides_in(session, zone_ids):
        statuses[word.zone_id][word.link_id] = word.status
    found: dict[str, ZoneEvidence] = {}
    for zone_id in sorted({*firms, *statuses}):
        counted = scorer.count(firms[zone_id], corrections[zone_id])
        found[zone_id] = evidence_of(counted, statuses[zone_id])
    return found
