"""A zone's diagnosis: its firms counted, its links judged under the policy in force."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from matching.criterion import Label
from matching.diagnosis.mix import mix
from matching.diagnosis.status import Diagnosed, diagnose
from matching.diagnosis.strength import Counted
from matching.policy import Policy
from matching.reference.loader import Reference
from matching.vocabulary import GapStatus, Provenance
from models.diagnosis import DiagnosisPublic
from models.enterprise import Enterprise
from models.gap import Gap
from models.override import LinkOverride
from models.zone import Zone, ZoneBrief
from service import clock, diagnosis_shapes
from service.diagnosis_shapes import chain_shape, firms_shape, link_shape, mix_shape
from service.errors import ChainNotFound, ZoneNotFound
from service.facts import enterprise_facts
from service.repositories import enterprises, feed, gaps, overrides, zones
from service.runtime import Work

NO_LIST: Final = Label(
    "该区尚未提交企业名录，强弱未知；请先提交企业名录",
    "The zone has sent no list of firms: strengths are unknown. Send one first",
)


@dataclass(frozen=True, slots=True)
class View:
    """A zone with all that its diagnosis rests on."""

    zone: Zone
    policy: Policy
    reference: Reference
    rows: Sequence[Enterprise]
    counted: Counted
    overrides: Mapping[str, LinkOverride]
    corrected: Collection[str]

    def links_of(self, chains: Collection[str]) -> list[Diagnosed]:
        """The links of some chains, most urgent first."""
        statuses = {link_id: said.status for link_id, said in self.overrides.items()}
        lines = self.policy.diagnosis
        found = [
            diagnose(link, self.counted, statuses, lines, self.reference)
            for link in self.reference.links.values()
            if link.chain_id in chains
        ]
        return sorted(found, key=_urgency)

    def chains(self, asked: str | None) -> list[str]:
        """The chain asked for, else those with firms, an officer's word or the zone's claim."""
        if asked is not None:
            return [asked]
        links = [s.link_id for firm in self.counted.firms for s in firm.standings]
        active = {link_id.partition(".")[0] for link_id in (*links, *self.overrides)}
        return [c for c in self.reference.chains if c in active or c in self.zone.leading_chains]


def read(work: Work, zone_id: str, chain_id: str | None) -> DiagnosisPublic:
    """Which links of a zone are strong, steady, weak or missing, with the evidence.

    Raises:
        ZoneNotFound: no such zone.
        ChainNotFound: no such chain.
    """
    check_chain(work, chain_id)
    zone = zones.find(work.session, zone_id)
    if zone is None:
        raise ZoneNotFound
    view = view_of(work, zone)
    chains = view.chains(chain_id)
    links = view.links_of(chains)
    beside = _gaps_beside(work, zone_id)
    lines = view.policy.diagnosis
    reading = _reading(view, links)
    return DiagnosisPublic(
        zone=ZoneBrief.model_validate(zone.model_dump()),
        policy_id=view.policy.id,
        policy_version=view.policy.version,
        links_edition=view.reference.editions["links"],
        generation=feed.last_mark(work.session).number,
        provenance=Provenance.DERIVED,
        reading=diagnosis_shapes.sentence(reading),
        firms=firms_shape(view.counted, view.rows, view.corrected),
        chains=[
            chain_shape(chain_id, view.counted, links, (zone, view.reference, lines))
            for chain_id in chains
        ],
        links=[
            link_shape(
                held,
                view.overrides.get(held.link.link_id),
                beside.get(held.link.link_id, []),
                lines,
            )
            for held in links
        ],
        services_and_kinds=mix_shape(mix(view.counted.firms, view.reference), zone, lines),
    )


def check_chain(work: Work, chain_id: str | None) -> None:
    """Nothing when the chain is known, or none is asked for.

    Raises:
        ChainNotFound: no such chain.
    """
    if chain_id is not None and chain_id not in work.reference.chains:
        raise ChainNotFound


def view_of(work: Work, zone: Zone) -> View:
    """All that the diagnosis of a zone rests on, as the session sees it."""
    rows = enterprises.list_of(work.session, zone.id)
    said = {row.external_id: row for row in overrides.of_firms(work.session, zone.id)}
    corrections = {external_id: tuple(row.link_ids) for external_id, row in said.items()}
    return View(
        zone=zone,
        policy=lines_of(work),
        reference=work.reference,
        rows=rows,
        counted=work.bench.scorer.count(map(enterprise_facts, rows), corrections),
        overrides={row.link_id: row for row in overrides.of_links(work.session, zone.id)},
        corrected=said.keys(),
    )


def lines_of(work: Work) -> Policy:
    """The policy whose lines are drawn: the one in force today."""
    rules = work.rules.on(clock.china_day()) or work.rules.terms[0].rules
    return rules.policy


def _urgency(held: Diagnosed) -> tuple[int, int]:
    return -(held.gap.priority if held.gap else -1), held.link.number


def _gaps_beside(work: Work, zone_id: str) -> Mapping[str, list[Gap]]:
    found: dict[str, list[Gap]] = {}
    for row in gaps.list_of_zone(work.session, zone_id):
        if row.status is not GapStatus.CLOSED:
            found.setdefault(row.link_id, []).append(row)
    return found


def _reading(view: View, links: Sequence[Diagnosed]) -> Label:
    """The whole in words; where data is thin, that first."""
    if not view.rows:
        return NO_LIST
    total, placed = len(view.rows), sum(bool(firm.standings) for firm in view.counted.firms)
    count = {status: sum(held.status == status for held in links) for status in ALL}
    zh = f"{total}家企业，{placed}家归入环节；" + "、".join(
        f"{name.zh}{count[status]}个" for status, name in ALL.items()
    )
    en = f"{total} firms, {placed} of them placed; links: " + ", ".join(
        f"{count[status]} {name.en}" for status, name in ALL.items()
    )
    if placed < total:
        zh += f"；{total - placed}家未归入任何环节，已列明"
        en += f"; at no link, and listed: {total - placed}"
    return Label(zh, en)


ALL: Final = diagnosis_shapes.STATUSES
