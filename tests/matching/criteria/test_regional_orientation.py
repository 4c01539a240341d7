from math import isnan

import pytest

from matching.criteria.regional_orientation import CRITERION, assess
from matching.engine import score_pair
from matching.explanation import Component, explain
from matching.rows import REGIONS
from matching.vocabulary import Kind, Region
from tests.matching.making import (
    RULES,
    TABLES,
    a_pair,
    bits,
    gap_facts,
    gap_row,
    investor_facts,
    investor_row,
    zone_facts,
)

EAST, CENTRAL, WEST, NORTHEAST = (
    REGIONS.index(r) for r in (Region.EAST, Region.CENTRAL, Region.WEST, Region.NORTHEAST)
)


@pytest.mark.parametrize(
    ("region", "kinds", "half", "value"),
    [
        (EAST, bits(Kind.STRATEGIC_EMERGING, Kind.TECHNOLOGY_INTENSIVE), 0, 1.0),
        (WEST, bits(Kind.STRATEGIC_EMERGING, Kind.TECHNOLOGY_INTENSIVE), 0, 0.9),
        (CENTRAL, bits(Kind.STRATEGIC_EMERGING, Kind.TECHNOLOGY_INTENSIVE), 0, 0.9),
        (NORTHEAST, bits(Kind.TECHNOLOGY_INTENSIVE), 0, 0.9),
        (EAST, bits(Kind.LABOUR_INTENSIVE), 0, 0.3),
        (WEST, bits(Kind.LABOUR_INTENSIVE), 0, 1.0),
        (EAST, bits(Kind.LABOUR_INTENSIVE, Kind.STRATEGIC_EMERGING), 0, 0.45),
        (WEST, bits(Kind.LABOUR_INTENSIVE, Kind.STRATEGIC_EMERGING), 0, 1.0),
        (EAST, bits(Kind.ECOLOGICAL_MANUFACTURING), 0, 1.0),
        (WEST, bits(Kind.ECOLOGICAL_MANUFACTURING), 0, 0.8),
        (EAST, 0, bits(Kind.HIGH_END_SERVICES), 0.5),
        (EAST, bits(Kind.CAPITAL_INTENSIVE), bits(Kind.HIGH_END_SERVICES), 0.5),
    ],
)
def test_value_is_the_best_kind_of_the_regions_row(
    region: int, kinds: int, half: int, value: float
) -> None:
    investor = investor_row(kinds=kinds, half_kinds=half)
    assert assess(gap_row(region=region), investor, TABLES) == pytest.approx(value)


def test_no_kind_is_no_evidence() -> None:
    assert isnan(assess(gap_row(), investor_row(), TABLES))


def test_energy_well_below_the_cap_is_ecological() -> None:
    frugal = investor_row(kinds=bits(Kind.CAPITAL_INTENSIVE), energy_tce=500.0)
    assert assess(gap_row(region=EAST, energy_cap_tce=1000.0), frugal, TABLES) == 1.0
    assert assess(gap_row(region=EAST, energy_cap_tce=999.0), frugal, TABLES) == 0.5
    assert assess(gap_row(region=EAST), frugal, TABLES) == 0.5


def component(region: Region, products: tuple[str, ...], **known: object) -> Component:
    held = a_pair(investor_facts(products=products, **known), gap_facts(zone_facts(region)))
    parts = explain(score_pair(held, RULES), RULES).components
    return next(part for part in parts if part.criterion == CRITERION.key)


@pytest.mark.parametrize(
    ("region", "value", "zh", "source"),
    [
        (Region.EAST, 1000, "战略性新兴产业", "the article (seed_article)"),
        (Region.WEST, 900, "中西部高新区注重劳动密集型产业", "the article (seed_article)"),
        (Region.CENTRAL, 900, "技术密集型产业", "the article (seed_article)"),
        (Region.NORTHEAST, 900, "文章未述及东北", "ours"),
    ],
)
def test_photoresist_is_explained_with_the_articles_wording(
    region: Region, value: int, zh: str, source: str
) -> None:
    part = component(region, ("光刻胶",))
    assert (part.value, part.gap_value) == (value, region)
    assert zh in part.zh
    assert part.evidence[0].source == source


def test_a_labour_intensive_project_is_capped_in_the_east_and_first_in_the_west() -> None:
    sewing = {"jobs": 2000, "planned_investment_max_cny": 10**8}
    east = component(Region.EAST, ("光刻胶",), **sewing)
    west = component(Region.WEST, ("光刻胶",), **sewing)
    assert (east.value, east.band) == (450, "not_favoured")
    assert (west.value, west.band) == (1000, "favoured_first")
    assert "劳动密集型产业" in east.zh
    assert "labour-intensive" in west.en


def test_half_kinds_are_shown_as_half() -> None:
    held = a_pair()
    row = held.row._replace(kinds=0, half_kinds=bits(Kind.HIGH_END_SERVICES))
    met = CRITERION.evidence(
        type(held)(held.investor, held.gap, row, held.fit, held.tables, held.reference)
    )
    assert met.investor_value == "high_end_services (half)"


@pytest.mark.parametrize(
    ("region", "kind", "key"),
    [
        (EAST, Kind.HIGH_END_SERVICES, "favoured_first"),
        (WEST, Kind.SERVICES, "favoured"),
        (EAST, Kind.CAPITAL_INTENSIVE, "compatible"),
        (EAST, Kind.LABOUR_INTENSIVE, "not_favoured"),
    ],
)
def test_every_level_is_reached(region: int, kind: Kind, key: str) -> None:
    value = assess(gap_row(region=region), investor_row(kinds=bits(kind)), TABLES)
    assert CRITERION.level(value).key == key
