"""全国总览: open gaps by province, region and chain, and the most severe ones."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from matching.vocabulary import GapKind, Region
from models.gap import GapPublic
from service import clock
from service.repositories import gaps as gap_rows
from service.runtime import Work
from service.usecases import gaps

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
    """How many gaps look for investors today."""

    provinces: Mapping[str, Tally]
    """By GB/T 2260 code; those with any."""
    regions: Mapping[Region, Tally]
    """Each of the four."""
    chains: Mapping[str, Tally]
    """Those with any, the most first."""
    severe: Sequence[GapPublic]
    """The most severe first; at most six."""


def read(work: Work) -> Nation:
    """How things stand in the request's snapshot."""
    counted = gap_rows.counted_on(work.session, clock.china_day())
    reference = work.reference
    provinces = _tallies(counted, lambda province, _chain: province)
    regions = _tallies(counted, lambda province, _chain: reference.provinces[province].region)
    chains = _tallies(counted, lambda _province, chain: chain)
    return Nation(
        provinces,
        {region: regions.get(region, Tally(0, 0)) for region in Region},
        dict(sorted(chains.items(), key=lambda pair: (-pair[1].total, pair[0]))),
        gaps.list_severe(work, MOST_SEVERE),
    )


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
