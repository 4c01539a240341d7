from datetime import date
from math import isnan
from typing import Any

import pytest

from matching.criteria.site_fit import CRITERION, assess
from tests.matching.making import (
    TABLES,
    a_pair,
    gap_facts,
    gap_row,
    investor_facts,
    investor_row,
    zone_facts,
)

SITE = {"land_ha": 10.0, "energy_cap_tce": 1000.0, "jobs": 100.0, "ends_on": 740000.0}
PLAN = {"land_ha": 10.0, "energy_tce": 1000.0, "jobs": 100.0, "starts_by": 740000.0}


@pytest.mark.parametrize(
    ("gap", "investor", "value"),
    [
        (SITE, PLAN, 1.0),
        (SITE, {**PLAN, "land_ha": 20.0}, 0.875),
        (SITE, {**PLAN, "energy_tce": 4000.0}, 0.8125),
        (SITE, {**PLAN, "jobs": 50.0}, 0.875),
        (SITE, {**PLAN, "starts_by": 740001.0}, 0.75),
        ({**SITE, "jobs": 0.0}, {**PLAN, "jobs": 0.0}, 1.0),
        (SITE, {"land_ha": 10.0}, (1 + 3 * 0.4) / 4),
        ({"jobs": 100.0}, PLAN, (1 + 3 * 0.4) / 4),
    ],
)
def test_value_is_the_mean_of_land_energy_jobs_and_start(
    gap: dict[str, float], investor: dict[str, float], value: float
) -> None:
    assert assess(gap_row(**gap), investor_row(**investor), TABLES) == pytest.approx(value)


def test_nothing_to_compare_is_no_evidence() -> None:
    assert isnan(assess(gap_row(**SITE), investor_row(), TABLES))
    assert isnan(assess(gap_row(), investor_row(**PLAN), TABLES))


@pytest.mark.parametrize(
    ("land", "start", "key"),
    [
        (5.0, date(2028, 1, 1), "fits"),
        (40.0, date(2028, 1, 1), "partly"),
        (400.0, date(2031, 1, 1), "short"),
    ],
)
def test_every_level_is_reached(land: float, start: date, key: str) -> None:
    known: dict[str, Any] = {"land_ha": land, "start_by": start, "energy_tce": 1.0, "jobs": 10}
    gap = gap_facts(land_ha=10.0, valid_until=date(2030, 1, 1))
    if key == "fits":
        gap = gap_facts(land_ha=10.0, valid_until=date(2030, 1, 1), energy_cap_tce=10.0, jobs=5)
    held = a_pair(investor_facts(**known), gap)
    assert CRITERION.level(assess(held.gap.row, held.row, TABLES)).key == key


def test_the_zones_land_stands_in_for_the_gaps() -> None:
    zone = zone_facts(land_available_ha=12.0)
    assert a_pair(gap=gap_facts(zone)).gap.row.land_ha == 12.0
    assert a_pair(gap=gap_facts(zone, land_ha=3.0)).gap.row.land_ha == 3.0
    assert "12.0" in CRITERION.evidence(a_pair(gap=gap_facts(zone))).gap_value


def test_evidence_names_what_was_assumed() -> None:
    met = CRITERION.evidence(a_pair(investor_facts(land_ha=1.0), gap_facts(land_ha=2.0)))
    assert [label.en for label in met.assumed] == ["energy", "jobs", "time"]
