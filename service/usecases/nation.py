"""全国总览: open gaps by province, region and chain, and the most severe ones."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from matching.columns import Ints
from matching.pools import GapPool
from matching.reference.loader import Reference
from matching.vocabulary import GapKind, Region
from models.gap import GapPublic
from models.ranking_query import PolicyQuery
from service.indexed import IndexedGap
from service.runtime import Work
from service.usecases import gaps, ranking

MOST_SEVERE: Final = 6


@dataclass(frozen=True, slots=True)
class Tally:
    """Open gaps by kind."""

    weak: int
    missing: int

    @property
    def total(self) -> int:
        """Of both kinds."""
        return self.weak + self.missing


@dataclass(frozen=True, slots=True)
class Nation:
    """How many gaps look for investors today; one whose link the reference lost looks for none."""

    provinces: Mapping[str, Tally]
    """By GB/T 2260 code; those with any."""
    regions: Mapping[Region, Tally]
    """Each of the four."""
    chains: Mapping[str, Tally]
    """Those with any, the most first."""
    severe: Sequence[GapPublic]
    """The most severe first; at most six."""


def read(work: Work) -> Nation:
    """How things stand today, counted in the columns that rankings look through."""
    basis = ranking.basis_of(work, PolicyQuery())
    pool, reference = basis.state.gaps, basis.rules.reference
    looking = np.flatnonzero(pool.sheet.flags("is_open", np.arange(len(pool.sheet))))
    counted = _counted(pool, looking, reference)
    provinces = _tallies(counted, lambda province, _chain: province)
    regions = _tallies(counted, lambda province, _chain: reference.provinces[province].region)
    chains = _tallies(counted, lambda _province, chain: chain)
    return Nation(
        provinces,
        {region: regions.get(region, Tally(0, 0)) for region in Region},
        dict(sorted(chains.items(), key=lambda pair: (-pair[1].total, pair[0]))),
        gaps.list_with_ids(work, _most_severe(pool, looking)),
    )


def _counted(
    pool: GapPool[IndexedGap], looking: Ints, reference: Reference
) -> dict[tuple[str, str, GapKind], int]:
    """How many of the gaps at these positions there are, by province, chain and kind."""
    chains, provinces = list(reference.chains), list(reference.provinces)
    chain_of = np.array([chains.index(link.chain_id) for link in reference.links.values()])
    place = pool.sheet.numbers("province", looking) * len(chains)
    place += chain_of[pool.sheet.numbers("link", looking)]
    numbers, counts = np.unique(
        place * 2 + pool.sheet.flags("is_missing", looking), return_counts=True
    )
    found: dict[tuple[str, str, GapKind], int] = {}
    for number, count in zip(numbers.tolist(), counts.tolist(), strict=True):
        province, chain = divmod(number // 2, len(chains))
        kind = GapKind.MISSING if number % 2 else GapKind.WEAK
        found[provinces[province], chains[chain], kind] = count
    return found


def _most_severe(pool: GapPool[IndexedGap], looking: Ints) -> list[str]:
    """The ids of those whose severity is highest, the first registered first among equals."""
    severity = pool.sheet.numbers("severity", looking)
    known = looking[severity >= 0]
    order = np.lexsort((pool.sheet.numbers("number", known), -severity[severity >= 0]))
    return [pool.records.at(place).id for place in known[order[:MOST_SEVERE]].tolist()]


def _tallies(
    counted: Mapping[tuple[str, str, GapKind], int], group_of: Callable[[str, str], str]
) -> dict[str, Tally]:
    """The counts by group, in the order in which the groups first come."""
    kinds = {GapKind.WEAK: Counter[str](), GapKind.MISSING: Counter[str]()}
    groups: dict[str, None] = {}
    for (province, chain, kind), number in counted.items():
        group = group_of(province, chain)
        groups[group] = None
        kinds[kind][group] += number
    return {
        group: Tally(kinds[GapKind.WEAK][group], kinds[GapKind.MISSING][group]) for group in groups
    }
