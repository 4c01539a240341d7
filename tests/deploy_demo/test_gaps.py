"""The invented gaps: real zones and links, every chain and region, and the cases to show."""

from collections import Counter
from datetime import date

import pytest

from matching.reference.loader import load_reference
from matching.vocabulary import GapKind, Region
from models.gap import GapCreate
from tests.deploy_demo.lines import read_gaps

REFERENCE = load_reference()
GAPS = read_gaps()
BEFORE = date(2028, 12, 31)


def region_of(gap: GapCreate) -> Region:
    return REFERENCE.zones[gap.zone_id].region


def chain_of(gap: GapCreate) -> str | None:
    return None if gap.link_id is None else REFERENCE.links[gap.link_id].chain_id


def test_every_zone_and_link_is_in_the_reference() -> None:
    assert {gap.zone_id for gap in GAPS} <= set(REFERENCE.zones)
    assert {gap.link_id for gap in GAPS} - {None} <= set(REFERENCE.links)


def test_gaps_spread_over_chains_regions_and_provinces() -> None:
    provinces = {REFERENCE.zones[gap.zone_id].province_code for gap in GAPS}

    assert len(GAPS) >= 60
    assert {chain_of(gap) for gap in GAPS} - {None} == set(REFERENCE.chains)
    assert {region_of(gap) for gap in GAPS} == set(Region)
    assert len(provinces) >= 25


@pytest.mark.parametrize("region", list(Region))
def test_both_kinds_occur_in_every_region(region: Region) -> None:
    assert {gap.kind for gap in GAPS if region_of(gap) is region} == set(GapKind)


def test_neither_kind_is_rare() -> None:
    counts = Counter(gap.kind for gap in GAPS)

    assert min(counts.values()) >= len(GAPS) // 3


def is_at_home(gap: GapCreate) -> bool:
    """Whether the zone is known to lead in the gap's chain, or nothing is known of the zone.

    Services serve every chain; maps stand under cars, and 3307 lives on geographic information.
    """
    is_elsewhere = chain_of(gap) in {None, "prodsvc"} or gap.link_id == "nev.hdmap"
    known = REFERENCE.zone_chains.get(gap.zone_id)
    return is_elsewhere or known is None or chain_of(gap) in known


def test_a_gap_fits_what_its_zone_is_known_to_lead_in() -> None:
    assert [gap.external_id for gap in GAPS if not is_at_home(gap)] == []


def test_no_zone_states_the_same_link_twice() -> None:
    stated = Counter((gap.zone_id, gap.link_id or tuple(gap.products or [])) for gap in GAPS)

    assert [pair for pair, times in stated.items() if times > 1] == []


def test_every_title_is_marked_and_in_both_languages() -> None:
    for gap in GAPS:
        assert (gap.title_zh or "").startswith("【演示】")
        assert (gap.title_en or "").startswith("[Demo] ")
        assert " / " in (gap.description or "")
        assert "invented" in (gap.evidence or "invented")


@pytest.mark.parametrize("language", ["title_zh", "title_en"])
def test_no_title_stands_twice(language: str) -> None:
    titles = [getattr(gap, language) for gap in GAPS]

    assert len(set(titles)) == len(titles)


def test_a_title_says_the_kind_in_both_languages() -> None:
    words = {GapKind.WEAK: ("弱链", "weak link"), GapKind.MISSING: ("缺链", "missing link")}
    for gap in GAPS:
        zh, en = words[gap.kind]
        assert zh in (gap.title_zh or "")
        assert en in (gap.title_en or "")


def test_ranges_are_ordered_and_floors_lie_below_what_is_wanted() -> None:
    for gap in GAPS:
        if gap.investment_min_cny is not None and gap.investment_max_cny is not None:
            assert gap.investment_min_cny < gap.investment_max_cny
            assert (gap.investment_floor_cny or 0) <= gap.investment_min_cny
        if gap.technology_level_floor is not None:
            assert gap.technology_level_floor <= (gap.technology_level_wanted or 0)


def test_gaps_stay_open_after_2028() -> None:
    for gap in GAPS:
        assert gap.valid_until is not None
        assert gap.valid_until > BEFORE
        assert gap.valid_from is None or gap.valid_from < date(2026, 6, 30)


SHOWN = [
    pytest.param("ic.photoresist", GapKind.MISSING, {Region.EAST}, id="photoresist, east"),
    pytest.param("ic.photoresist", GapKind.WEAK, {Region.CENTRAL, Region.WEST}, id="photoresist"),
    pytest.param("ic.wafer_si", GapKind.MISSING, {Region.CENTRAL, Region.WEST}, id="wafers"),
    pytest.param("nev.harness", GapKind.WEAK, {Region.WEST}, id="harness, west"),
    pytest.param("nev.harness", GapKind.WEAK, {Region.EAST}, id="harness, east"),
]


@pytest.mark.parametrize(("link_id", "kind", "regions"), SHOWN)
def test_the_cases_to_show_are_there(link_id: str, kind: GapKind, regions: set[Region]) -> None:
    found = [gap for gap in GAPS if gap.link_id == link_id and gap.kind is kind]

    assert any(region_of(gap) in regions for gap in found)


def test_a_field_closed_to_foreigners_stands_inside_and_outside_the_pilots() -> None:
    pilots = {"11", "31"}
    provinces = {
        REFERENCE.zones[gap.zone_id].province_code for gap in GAPS if gap.link_id == "biopharma.cgt"
    }

    assert provinces & pilots
    assert provinces - pilots - {"44", "46"}


def test_some_gaps_name_products_only_and_some_a_link_only() -> None:
    assert any(gap.link_id is None and gap.products for gap in GAPS)
    assert any(gap.link_id is not None and not gap.products for gap in GAPS)
