"""产业趋同: the report over all zones, link by link, and the zones that are alike."""

from collections.abc import Iterator
from itertools import islice
from math import isnan
from typing import Final

from matching import landscape
from matching.insight.convergence import (
    LEAST_KNOWN,
    Count,
    Crowd,
    Stand,
    crowding,
    crowding_after,
    crowds,
    is_scarce,
)
from matching.insight.likeness import effect, most_alike
from matching.points import UNIT, thousandths
from matching.preview.sampling import spread
from matching.reference.loader import Reference
from matching.vocabulary import RegionGroup
from models.convergence import (
    Alike,
    AlikePair,
    ConvergencePublic,
    ConvergenceQuery,
    GroupCounts,
    GroupKnown,
    LandscapeInForce,
    LinkCrowd,
    Project,
    ProvinceCounts,
    RegionCounts,
)
from models.sentences import SentencePublic
from service import clock
from service.errors import invalid
from service.index import State
from service.repositories import feed, zones
from service.runtime import Work
from service.usecases import reports, zone_standing
from service.usecases.ranking import Answer
from service.usecases.zone_standing import Found

MOST_COMPARED: Final = 1_000
"""Zones compared with one another: half a million pairs, some tenths of a second."""

EQUAL: Final = SentencePublic(
    zh="产值未知：相似系数与专业化指数按各区主导产业链等权计算",
    en="Outputs are not known: both indices of likeness count all chains a zone leads in the same",
)


def report(work: Work, query: ConvergenceQuery, *, bypass: bool) -> Answer:
    """The report, of one chain or of all.

    Raises:
        NotValid: chain or zone is not known.
    """
    reference = work.reference
    check_chain(reference, query.chain_id)
    if query.zone_id is not None and zones.find(work.session, query.zone_id) is None:
        raise invalid(f"There is no zone {query.zone_id}", "query", "zone_id")
    state = State(feed.last_mark(work.session), clock.china_day())
    question = ["convergence", reference.digest, *reports.parts_of(query.model_dump())]

    def make() -> bytes:
        return _made(zone_standing.read(work), reference, query).model_dump_json().encode()

    return reports.kept(work, state, question, make, bypass=bypass)


def check_chain(reference: Reference, chain_id: str | None) -> None:
    """Nothing when a chain that is asked for is known.

    Raises:
        NotValid: it is not.
    """
    if chain_id is not None and chain_id not in reference.chains:
        raise invalid(f"There is no chain {chain_id}", "query", "chain_id")


def _made(found: Found, reference: Reference, query: ConvergenceQuery) -> ConvergencePublic:
    known, there = found.standing.known_by_group(), found.standing.zones_by_group()
    wanted = [
        link.link_id for link in reference.links.values() if query.chain_id in {None, link.chain_id}
    ]
    return ConvergencePublic(
        event=found.mark.number,
        day=found.day,
        reference=reference.digest,
        landscape=_in_force(reference),
        zones=len(found.zones),
        zones_known=found.standing.known,
        groups=[
            GroupKnown(
                region_group=group,
                zones=there[group],
                zones_known=known[group],
                is_thin=known[group] < LEAST_KNOWN,
            )
            for group in RegionGroup
        ],
        notes=[*zone_standing.thin_notes(found.standing), EQUAL],
        links=[_link(crowd, found, reference) for crowd in crowds(found.standing, wanted)],
        alike=_alike(found, query),
        project=_project(found, reference, query),
    )


def _in_force(reference: Reference) -> LandscapeInForce:
    table = "zone_chains" if reference.landscape is None else "landscape"
    note = reference.notes[table]
    return LandscapeInForce(
        table=table, edition=note.edition, source=note.source, quality=note.quality
    )


def _link(crowd: Crowd, found: Found, reference: Reference) -> LinkCrowd:
    link, known = reference.links[crowd.link_id], found.standing.known_by_group()
    return LinkCrowd(
        **_counts(crowd.national),
        link_id=link.link_id,
        chain_id=link.chain_id,
        name_zh=link.name_zh,
        name_en=link.name_en,
        is_scarce=is_scarce(crowd, found.standing.known),
        by_region=[
            RegionCounts(**_counts(count), region=region)
            for region, count in crowd.by_region.items()
        ],
        by_region_group=[
            GroupCounts(
                **_counts(count),
                region_group=group,
                crowding=_share(crowding(count, known[group])),
                crowding_after=_share(crowding_after(count, known[group])),
                crowding_in_force=_read(link.link_id, group, reference),
            )
            for group, count in crowd.by_group.items()
        ],
        by_province=[
            ProvinceCounts(**_counts(count), province_code=code)
            for code, count in crowd.by_province.items()
        ],
    )


def _counts(count: Count) -> dict[str, int]:
    return {"seeking": count.seeking, "holding": count.holding, "engaged": count.engaged}


def _share(value: float | None) -> int | None:
    return None if value is None else thousandths(value)


def _read(link_id: str, group: RegionGroup, reference: Reference) -> int | None:
    """What the criterion reads in a region group; its provinces all read the same."""
    province = next(p.code for p in reference.provinces.values() if p.region_group == group)
    room = landscape.room(link_id, province, reference)
    return None if isnan(room) else thousandths(1 - room)


def _alike(found: Found, query: ConvergenceQuery) -> Alike:
    known = [
        stand
        for stand in found.standing.stands
        if stand.leading_chains and _is_of(stand, query.chain_id)
    ]
    taken = sorted(islice(spread(len(known)), MOST_COMPARED))
    compared = [known[n] for n in taken]
    pairs = most_alike([stand.leading_chains for stand in compared], query.limit)
    return Alike(
        zones=len(known),
        compared=len(compared),
        pairs=len(compared) * (len(compared) - 1) // 2,
        items=[
            AlikePair(
                zones=[
                    zone_standing.named(found.zones[compared[n].zone_id])
                    for n in (pair.one, pair.other)
                ],
                similarity=thousandths(pair.similarity),
                specialisation=thousandths(pair.specialisation),
            )
            for pair in pairs
        ],
    )


def _is_of(stand: Stand, chain_id: str | None) -> bool:
    """Whether a zone leads in the chain or seeks one of its links."""
    return chain_id is None or (
        chain_id in stand.leading_chains
        or any(link.startswith(f"{chain_id}.") for link in stand.gaps)
    )


def _project(found: Found, reference: Reference, query: ConvergenceQuery) -> list[Project] | None:
    known = {s.zone_id: s.leading_chains for s in found.standing.stands if s.leading_chains}
    if query.zone_id not in known:
        return None
    mine = known.pop(query.zone_id)
    chains = reference.chains if query.chain_id is None else (query.chain_id,)
    return [_effects(chain_id, mine, list(known.values())) for chain_id in chains]


def _effects(chain_id: str, mine: tuple[str, ...], others: list[tuple[str, ...]]) -> Project:
    found = effect(chain_id, mine, others)._asdict()
    return Project.model_validate({"chain_id": chain_id, **dict(_rounded(found))})


def _rounded(values: dict[str, float]) -> Iterator[tuple[str, int | None]]:
    for name, value in values.items():
        yield name, None if isnan(value) else round(value * UNIT)
