"""曝光: whom the first places of the investors' rankings show, computed from the rankings.

Nothing is logged when a ranking is read: what it shows follows from pool and policy. Every
investor's ranking is made by the functions that serve rankings; of large pools a sample that lies
spread over all and comes out again.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

import numpy as np

from matching.criterion import Label
from matching.insight.exposure import TOPS, Shown, shown, unevenness
from matching.points import thousandths
from matching.preview import sampling
from matching.preview.comparison import top_of
from matching.ranking import rank_gaps
from matching.vocabulary import Origin, Region
from models.exposure import (
    ExposurePublic,
    ExposureQuery,
    ExposureScope,
    OriginExposure,
    ProvinceExposure,
    RegionExposure,
    Unevenness,
    ZoneExposure,
)
from models.ranking_query import RankingFilter
from models.relatedness import ZoneNamed
from service.answers import head
from service.indexed import IndexedGap, IndexedInvestor
from service.runtime import Work
from service.usecases import ranking, reports
from service.usecases.filtering import looks_for_match
from service.usecases.ranking import Answer, Basis

MOST_INVESTORS: Final = 2_000
"""Rankings of one report: half a millisecond each, and what their pairs take."""

MOST_PAIRS: Final = 5_000_000
"""Pairs of one report with the compiled loop: of pools so large that one ranking has many."""

MOST_PAIRS_PLAIN: Final = 30_000
"""The same in plain Python, where a pair takes up to fifty microseconds."""

EVERYTHING: Final = RankingFilter()
WHOLE: Final = Label("计入全部寻求匹配的投资者", "Every investor that looks for a match is counted")


@dataclass(slots=True)
class Tally:
    """What is counted over the rankings."""

    of: int
    investors: Counter[str] = field(default_factory=Counter[str])
    """Rankings counted, by origin."""
    pairs: int = 0
    zones: Counter[str] = field(default_factory=Counter[str])
    routes: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    """Places by the investor's origin and the zone's region."""


def report(work: Work, query: ExposureQuery, *, bypass: bool) -> Answer:
    """The report over today's pools under the policy asked for.

    Raises:
        NotValid: the policy is not known.
    """
    basis = ranking.basis_of(work, query)
    question = ["exposure", basis.rules.digest, *query.parts()]

    def make() -> bytes:
        return _made(basis, query.top).model_dump_json().encode()

    return reports.kept(work, basis.state, question, make, bypass=bypass)


def counted(basis: Basis, top: int) -> Tally:
    """The first places of every investor's ranking, or of a sample of them."""
    pool = basis.state.investors
    every = np.arange(len(pool.sheet))
    looking = np.flatnonzero(looks_for_match(pool.sheet, every)).tolist()
    most = MOST_PAIRS_PLAIN if basis.compiled is None else MOST_PAIRS
    tally = Tally(len(looking))
    for number in islice(sampling.spread(len(looking)), MOST_INVESTORS):
        investor = pool.records.at(looking[number])
        near = ranking.near_gaps(basis.state, investor, EVERYTHING)
        if tally.pairs and tally.pairs + len(near.positions) > most:
            break
        ranked = rank_gaps(investor.profile, basis.state.gaps, near, basis.rules, basis.compiled)
        gaps = [basis.state.gaps.records.at(place) for place in top_of(ranked, top)]
        _count(tally, investor, len(near.positions), gaps)
    return tally


def _count(tally: Tally, investor: IndexedInvestor, pairs: int, gaps: Iterable[IndexedGap]) -> None:
    origin = investor.profile.facts.origin
    tally.pairs += pairs
    tally.investors[origin] += 1
    for gap in gaps:
        zone = gap.profile.facts.zone
        tally.zones[zone.id] += 1
        tally.routes[origin, zone.region] += 1


def _made(basis: Basis, top: int) -> ExposurePublic:
    tally = counted(basis, top)
    gaps = [gap for gap in basis.state.gaps.records.in_order() if gap.profile.row.is_open]
    zone_of = {gap.profile.facts.zone.id: gap for gap in gaps}
    of_zone = Counter(gap.profile.facts.zone.id for gap in gaps)
    zones = shown({zone: of_zone[zone] for zone in sorted(of_zone)}, tally.zones)
    provinces = _grouped(zones, lambda zone: zone_of[zone].profile.facts.zone.province_code)
    regions = _grouped(zones, lambda zone: zone_of[zone].profile.facts.zone.region, Region)
    return ExposurePublic(
        policy=head("", "", 0, basis.rules)["policy"],
        ruleset=basis.rules.digest,
        event=basis.state.mark.number,
        day=basis.state.day,
        top=top,
        scope=_scope(tally),
        gaps=len(gaps),
        places=tally.zones.total(),
        by_zone=_uneven(zones),
        by_province=_uneven(provinces),
        regions=[
            RegionExposure(region=Region(row.key), gaps=row.of, **_row(row)) for row in regions
        ],
        provinces=[
            ProvinceExposure(province_code=row.key, gaps=row.of, **_row(row)) for row in provinces
        ],
        origins=_origins(tally),
        zones=[_zone(row, zone_of[row.key]) for row in zones],
    )


def _grouped(
    zones: Iterable[Shown], group_of: Callable[[str], str], groups: Iterable[str] = ()
) -> list[Shown]:
    """The zones' gaps and places by group; groups named are there even with nothing in them."""
    of, places = Counter(dict.fromkeys(groups, 0)), Counter[str]()
    for zone in zones:
        of[group_of(zone.key)] += zone.of
        places[group_of(zone.key)] += zone.places
    return shown({group: of[group] for group in groups or sorted(of)}, places)


def _row(row: Shown) -> dict[str, int]:
    return {"places": row.places, "share": row.share, "due": row.due}


def _zone(row: Shown, gap: IndexedGap) -> ZoneExposure:
    return ZoneExposure(
        zone=ZoneNamed(id=row.key, name_zh=gap.zone_name_zh, name_en=gap.zone_name_en),
        region=gap.profile.facts.zone.region,
        gaps=row.of,
        **_row(row),
    )


def _origins(tally: Tally) -> list[OriginExposure]:
    places: dict[str, int] = {
        origin: sum(tally.routes[origin, region] for region in Region) for origin in Origin
    }
    rows = shown({origin: tally.investors[origin] for origin in Origin}, places)
    return [
        OriginExposure(
            origin=Origin(row.key),
            investors=row.of,
            by_region={region: tally.routes[row.key, region] for region in Region},
            **_row(row),
        )
        for row in rows
    ]


def _uneven(rows: list[Shown]) -> Unevenness:
    found = unevenness(rows)
    first, five, ten = (found.shares_of_first[top] for top in TOPS)
    return Unevenness(
        gini=None if found.gini is None else thousandths(found.gini),
        gini_per_gap=None if found.gini_per_gap is None else thousandths(found.gini_per_gap),
        never_shown=found.never_shown,
        share_of_first=first,
        share_of_first_5=five,
        share_of_first_10=ten,
    )


def _scope(tally: Tally) -> ExposureScope:
    ranked = tally.investors.total()
    is_whole = ranked == tally.of
    told = WHOLE if is_whole else sampling.TOLD
    return ExposureScope(
        investors=ranked,
        of=tally.of,
        is_whole=is_whole,
        pairs=tally.pairs,
        rule="all" if is_whole else sampling.RULE,
        zh=told.zh,
        en=told.en,
    )
