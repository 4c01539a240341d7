"""Rankings rendered to their final bytes, from what the engine found and the index shows."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from matching.counterfactuals import counterfactuals
from matching.engine import Blocked, Ranking, Scored, blocking_gate, is_in_pool, score_pair
from matching.explanation import explain, findings
from matching.profiles import pair
from matching.ruleset import Ruleset
from matching.text.placement import Placer
from matching.vocabulary import Verdict
from models.base import PublicShape
from models.ranking import GapRanking, InvestorRanking
from models.ranking import Pair as PairShape
from service.index import IndexedGap, IndexedInvestor, State

MOST_BLOCKED = 20
"""Blocked pairs listed in an answer; `blocked_total` counts them all."""

EDITIONS = ("negative_list", "gb4754")
"""Editions that an answer names."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """Some matches of a ranking, the rank of the first, and where the next page begins."""

    matches: Sequence[Scored]
    first_rank: int
    next_cursor: str | None


def investor_ranking(
    investor: IndexedInvestor, state: State, ranking: Ranking, page: Page, rules: Ruleset
) -> bytes:
    """The answer of `GET /v1/investors/{id}/matches`."""
    facts = investor.profile.facts
    blocked = [
        {"gap_id": stopped.pair.gap.facts.id, **_reason(stopped)}
        for stopped in ranking.blocked[:MOST_BLOCKED]
    ]
    matches = [
        {
            "rank": page.first_rank + place,
            "gap": _gap(state.gaps[scored.pair.gap.facts.id]),
            **_explained(scored, rules),
        }
        for place, scored in enumerate(page.matches)
    ]
    head = _head("investor", facts.id, facts.version, rules)
    counts = _counts(ranking, page)
    return _bytes(InvestorRanking, {**head, **counts, "blocked": blocked, "matches": matches})


def gap_ranking(
    gap: IndexedGap, state: State, ranking: Ranking, page: Page, rules: Ruleset
) -> bytes:
    """The answer of `GET /v1/gaps/{id}/matches`."""
    facts = gap.profile.facts
    blocked = [
        {"investor_id": stopped.pair.investor.facts.id, **_reason(stopped)}
        for stopped in ranking.blocked[:MOST_BLOCKED]
    ]
    matches = [
        {
            "rank": page.first_rank + place,
            "investor": _investor(state.investors[scored.pair.investor.facts.id]),
            **_explained(scored, rules),
        }
        for place, scored in enumerate(page.matches)
    ]
    head = _head("gap", facts.id, facts.version, rules)
    counts = _counts(ranking, page)
    return _bytes(GapRanking, {**head, **counts, "blocked": blocked, "matches": matches})


def one_pair(investor: IndexedInvestor, gap: IndexedGap, rules: Ruleset, placer: Placer) -> bytes:
    """The answer of `GET /v1/investors/{id}/matches/{gap_id}`; no match where a gate stops it."""
    held = pair(investor.profile, gap.profile, rules.tables, rules.reference)
    match = None
    if is_in_pool(held) and blocking_gate(held) is None:
        scored = score_pair(held, rules)
        match = {
            "gap": _gap(gap),
            "investor": _investor(investor),
            **_explained(scored, rules),
            "counterfactuals": [asdict(c) for c in counterfactuals(scored, rules, placer)],
        }
    facts = investor.profile.facts
    head = _head("investor", facts.id, facts.version, rules)
    gates = [asdict(finding) for finding in findings(held)]
    return _bytes(PairShape, {**head, "match": match, "gates": gates})


def _bytes(shape: type[PublicShape], data: Json) -> bytes:
    return shape.model_validate(data).model_dump_json().encode()


def _head(subject: str, id_: str, version: int, rules: Ruleset) -> Json:
    editions = rules.reference.editions
    return {
        "subject": {"type": subject, "id": id_, "version": version},
        "policy": {"id": rules.policy.id, "version": rules.policy.version},
        "ruleset": rules.digest,
        "editions": {name: editions[name] for name in EDITIONS},
    }


def _counts(ranking: Ranking, page: Page) -> Json:
    return {
        "eligible": len(ranking.eligible),
        "blocked_total": len(ranking.blocked),
        "next_cursor": page.next_cursor,
    }


def _reason(stopped: Blocked) -> Json:
    found = stopped.gate.findings(stopped.pair)
    first = next(finding for finding in found if finding.verdict is Verdict.BLOCKED)
    return {name: getattr(first, name) for name in ("gate", "zh", "en", "source")}


def _explained(scored: Scored, rules: Ruleset) -> Json:
    return asdict(explain(scored, rules))


def _gap(gap: IndexedGap) -> Json:
    facts = gap.profile.facts
    return {
        "id": facts.id,
        "kind": facts.kind,
        "zone": {
            "id": facts.zone.id,
            "name_zh": gap.zone_name_zh,
            "name_en": gap.zone_name_en,
            "region": facts.zone.region,
        },
        "version": facts.version,
        "severity": facts.severity,
        "chain_id": gap.profile.link.chain_id,
        "link_id": facts.link_id,
        "title_zh": gap.title_zh,
        "title_en": gap.title_en,
    }


def _investor(investor: IndexedInvestor) -> Json:
    facts = investor.profile.facts
    return {
        "id": facts.id,
        "name": investor.name,
        "country": facts.country,
        "origin": facts.origin,
        "version": facts.version,
    }
