"""产业趋同: which links the zones hold and seek, how crowded that is, and which zones are alike.

A pure function of plain facts: what each zone leads in, the open gaps it has, and links that other
evidence finds it to hold.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from matching.reference.crowding import LandscapeRow
from matching.reference.loader import Reference
from matching.vocabulary import GapKind, Region, RegionGroup

LEAST_KNOWN = 5
"""Known zones of a region group below which nothing is said of how crowded it is: with four, one
zone alone would move a link by a quarter."""

SCARCE_PERCENT = 5
"""A link is scarce nationally when no more of the known zones hold it: ours, one in twenty."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one zone stands: what is known of it on a day."""

    zone_id: str
    province_code: str
    leading_chains: tuple[str, ...] = ()
    gaps: Mapping[str, GapKind] = field(default_factory=dict[str, GapKind])
    """Links of its open gaps; weak where it has gaps of both kinds at a link."""
    strong: frozenset[str] = frozenset()
    """Links it is found to hold by evidence of its own, beyond the chains it declares."""

    @property
    def is_known(self) -> bool:
        """Whether anything is known of what it holds; of other zones nothing is counted as held."""
        return bool(self.leading_chains or self.strong)


class Place(NamedTuple):
    """Where a zone lies."""

    province_code: str
    region: Region
    region_group: RegionGroup


def place_of(stand: Stand, reference: Reference) -> Place:
    """The province of a zone, its region and region group."""
    province = reference.provinces[stand.province_code]
    return Place(province.code, province.region, province.region_group)


def links_by_chain(reference: Reference) -> dict[str, tuple[str, ...]]:
    """The links of each chain, in reading order."""
    found: dict[str, list[str]] = {chain: [] for chain in reference.chains}
    for link in reference.links.values():
        found[link.chain_id].append(link.link_id)
    return {chain: tuple(links) for chain, links in found.items()}


def held_by(stand: Stand, of_chain: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """The links a zone holds: those found strong, and all of the chains it leads in (derived).

    A link it declares missing (缺链) is not held; a weak one (弱链) is.
    """
    led = {link for chain in stand.leading_chains for link in of_chain.get(chain, ())}
    missing = {link for link, kind in stand.gaps.items() if kind is GapKind.MISSING}
    return stand.strong | (led - missing)


@dataclass(frozen=True, slots=True)
class Standing:
    """All zones at one moment, and what each holds; the order is that of the zones' codes."""

    stands: tuple[Stand, ...]
    held: tuple[frozenset[str], ...]
    """Of each zone, nothing where nothing is known of it."""
    places: tuple[Place, ...]

    @property
    def known(self) -> int:
        """Zones of which it is known what they hold."""
        return sum(stand.is_known for stand in self.stands)

    def known_by_group(self) -> Counter[RegionGroup]:
        """The same by region group."""
        pairs = zip(self.stands, self.places, strict=True)
        return Counter(place.region_group for stand, place in pairs if stand.is_known)

    def zones_by_group(self) -> Counter[RegionGroup]:
        """All zones by region group."""
        return Counter(place.region_group for place in self.places)


def standing(stands: Iterable[Stand], reference: Reference) -> Standing:
    """What each zone holds, worked out once."""
    of_chain = links_by_chain(reference)
    ordered = tuple(sorted(stands, key=lambda stand: stand.zone_id))
    return Standing(
        ordered,
        tuple(held_by(stand, of_chain) for stand in ordered),
        tuple(place_of(stand, reference) for stand in ordered),
    )


class Count(NamedTuple):
    """Zones at one link. `engaged` and `holding` count known zones only, `seeking` all of them."""

    seeking: int
    holding: int
    engaged: int
    engaged_seeking: int
    """Known zones that seek it: a part of both `seeking` and `engaged`."""


NOBODY = Count(0, 0, 0, 0)
Key = tuple[str, str]
"""A kind of place and which one: ("region", "east")."""

NATIONAL: Key = ("national", "")


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who seeks and who holds one link."""

    link_id: str
    national: Count
    by_region: Mapping[Region, Count]
    by_group: Mapping[RegionGroup, Count]
    by_province: Mapping[str, Count]
    """Provinces in which a zone seeks or holds it."""


def crowds(found: Standing, link_ids: Iterable[str]) -> Iterator[Crowd]:
    """The crowd at each of the links, in the order given."""
    counts = _counted(found)
    for link_id in link_ids:
        at = counts.get(link_id, {})
        provinces = sorted(code for kind, code in at if kind == "province_code")
        yield Crowd(
            link_id,
            Count(*at.get(NATIONAL, NOBODY)),
            {region: Count(*at.get(("region", region), NOBODY)) for region in Region},
            {group: Count(*at.get(("region_group", group), NOBODY)) for group in RegionGroup},
            {code: Count(*at["province_code", code]) for code in provinces},
        )


def _counted(found: Standing) -> dict[str, dict[Key, list[int]]]:
    """The parts of a `Count` by link and place; lists, since there are many to add to."""
    counts: dict[str, dict[Key, list[int]]] = {}
    for stand, held, place in zip(found.stands, found.held, found.places, strict=True):
        keys, known = (NATIONAL, *zip(Place._fields, place, strict=True)), stand.is_known
        for link_id in held | stand.gaps.keys():
            seeks, at = link_id in stand.gaps, counts.setdefault(link_id, {})
            for key in keys:
                tally = at.setdefault(key, [0, 0, 0, 0])
                tally[0] += seeks
                tally[1] += link_id in held
                tally[2] += known
                tally[3] += known and seeks
    return counts


def is_scarce(crowd: Crowd, known: int) -> bool | None:
    """Whether few of the known zones hold a link; None where too few zones are known to say."""
    if known < LEAST_KNOWN:
        return None
    return crowd.national.holding * 100 <= SCARCE_PERCENT * known


def landscape(found: Standing, reference: Reference) -> tuple[LandscapeRow, ...]:
    """The rows of a landscape: every link of the reference in every group that is known enough.

    Known zones only: who seeks a link while its chains are unknown is in no share.
    """
    known = found.known_by_group()
    groups = [group for group in RegionGroup if known[group] >= LEAST_KNOWN]
    return tuple(
        LandscapeRow(
            crowd.link_id,
            group,
            zones_known=known[group],
            zones_engaged=crowd.by_group[group].engaged,
            zones_seeking=crowd.by_group[group].engaged_seeking,
            zones_holding=crowd.by_group[group].holding,
        )
        for crowd in crowds(found, reference.links)
        for group in groups
    )


def crowding(count: Count, known: int) -> float | None:
    """The share of known zones that hold or seek a link; None where too few are known."""
    return count.engaged / known if known >= LEAST_KNOWN else None


def crowding_after(count: Count, known: int) -> float | None:
    """The same once one more known zone, that neither held nor sought it, has the link."""
    return min(known, count.engaged + 1) / known if known >= LEAST_KNOWN else None
