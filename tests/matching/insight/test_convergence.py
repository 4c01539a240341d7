"""Who holds and who seeks a link, by region; and the rows of a landscape."""

from dataclasses import replace

import pytest

from matching.insight.convergence import (
    Count,
    Crowd,
    Stand,
    crowding,
    crowding_after,
    crowds,
    held_by,
    is_scarce,
    landscape,
    links_by_chain,
    standing,
)
from matching.landscape import room
from matching.reference.crowding import LandscapeEdition
from matching.reference.laying import lay
from matching.reference.records import TableNote
from matching.vocabulary import GapKind, Region, RegionGroup
from tests.matching.insight.making import a_stand, several
from tests.matching.making import PROVINCES, REFERENCE

RESIST, EDA = "ic.photoresist", "ic.eda"
NOTE = TableNote("2027-01-01.9", "tests", "derived")


def crowd_of(link_id: str, *stands: Stand) -> Crowd:
    (found,) = crowds(standing(stands, REFERENCE), [link_id])
    return found


def test_a_zone_holds_the_chains_it_leads_in_less_what_it_says_is_missing() -> None:
    of_chain = links_by_chain(REFERENCE)
    gaps = {RESIST: GapKind.MISSING, EDA: GapKind.WEAK}
    held = held_by(a_stand(gaps=gaps, strong=frozenset({"nev.motor"})), of_chain)
    assert held == {*of_chain["ic"], "nev.motor"} - {RESIST}
    assert held_by(a_stand(leading_chains=("gone",)), of_chain) == frozenset()


def test_zones_are_counted_once_in_each_place() -> None:
    found = crowd_of(
        RESIST,
        a_stand("Z1"),
        a_stand("Z2", gaps={RESIST: GapKind.WEAK}),
        a_stand("Z3", Region.WEST, gaps={RESIST: GapKind.MISSING}),
        a_stand("Z4", Region.WEST, leading_chains=("nev",)),
        a_stand("Z5", Region.NORTHEAST, leading_chains=(), gaps={RESIST: GapKind.MISSING}),
    )
    assert found.national == Count(seeking=3, holding=2, engaged=3, engaged_seeking=2)
    assert found.by_region[Region.EAST] == Count(1, 2, 2, 1)
    assert found.by_region[Region.CENTRAL] == Count(0, 0, 0, 0)
    assert found.by_group[RegionGroup.CENTRAL_WEST] == Count(1, 0, 1, 1)
    assert found.by_group[RegionGroup.NORTHEAST] == Count(1, 0, 0, 0)
    assert found.by_province == {
        PROVINCES[Region.NORTHEAST]: Count(1, 0, 0, 0),
        PROVINCES[Region.EAST]: Count(1, 2, 2, 1),
        PROVINCES[Region.WEST]: Count(1, 0, 1, 1),
    }


def test_parts_add_up_to_the_nation() -> None:
    stands = [*several(3), *several(2, Region.CENTRAL, prefix="C"), *several(4, Region.WEST, "n")]
    for found in crowds(standing(stands, REFERENCE), [RESIST, "nev.motor"]):
        for parts in (found.by_region, found.by_group, found.by_province):
            added = Count(*map(sum, zip(*parts.values(), strict=True))) if parts else found.national
            assert added == found.national


@pytest.mark.parametrize(
    ("holding", "known", "scarce"),
    [(0, 4, None), (0, 5, True), (1, 19, False), (1, 20, True), (2, 20, False)],
)
def test_few_holders_make_a_link_scarce(holding: int, known: int, scarce: bool | None) -> None:
    found = replace(crowd_of(RESIST), national=Count(9, holding, 9, 9))
    assert is_scarce(found, known) is scarce


def test_one_more_project_crowds_a_link_by_one_zone() -> None:
    count = Count(0, 1, 2, 1)
    assert (crowding(count, 10), crowding_after(count, 10)) == (0.2, 0.3)
    assert crowding_after(Count(0, 10, 10, 0), 10) == 1.0
    assert (crowding(count, 4), crowding_after(count, 4)) == (None, None)


def test_a_landscape_has_every_link_of_each_group_that_is_known_enough() -> None:
    stands = [
        *several(4, prefix="E"),
        *several(2, chains=("nev",), prefix="N"),
        *several(4, Region.WEST, prefix="W"),
        a_stand("U", leading_chains=(), gaps={RESIST: GapKind.MISSING}),
        a_stand("S", leading_chains=("nev",), gaps={RESIST: GapKind.MISSING}),
    ]
    rows = landscape(standing(stands, REFERENCE), REFERENCE)
    assert [row.link_id for row in rows] == list(REFERENCE.links)
    assert {row.region_group for row in rows} == {"east"}
    at = {row.link_id: row for row in rows}
    row = at[RESIST]
    assert (row.zones_known, row.zones_engaged) == (7, 5)
    assert (row.zones_seeking, row.zones_holding) == (1, 4)
    assert rows == landscape(standing(reversed(stands), REFERENCE), REFERENCE)
    laid = lay(REFERENCE, LandscapeEdition(NOTE, rows))
    assert room(RESIST, "32", laid) == pytest.approx(1 - 5 / 7)
    assert room(RESIST, PROVINCES[Region.WEST], laid) != room(RESIST, "32", laid)


def test_from_the_declared_chains_alone_it_says_what_the_reference_says() -> None:
    stands = [
        Stand(zone, REFERENCE.zones[zone].province_code, chains)
        for zone, chains in REFERENCE.zone_chains.items()
    ]
    rows = landscape(standing(stands, REFERENCE), REFERENCE)
    laid = lay(REFERENCE, LandscapeEdition(NOTE, rows))
    assert len(rows) == 3 * len(REFERENCE.links)
    for link_id in REFERENCE.links:
        for province in PROVINCES.values():
            assert room(link_id, province, laid) == room(link_id, province, REFERENCE)
