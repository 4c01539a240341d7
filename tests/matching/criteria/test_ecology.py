from math import isnan
from typing import Any

import pytest

from matching.criteria.ecology import CRITERION, assess
from matching.vocabulary import Activity
from tests.matching.making import (
    TABLES,
    a_pair,
    gap_facts,
    gap_row,
    investor_facts,
    investor_row,
    zone_facts,
)

NEUTRAL = 0.4


@pytest.mark.parametrize(
    ("gap", "investor", "value"),
    [
        (
            {"energy_cap_tce": 1000.0, "emissions_cap_tco2e": 1000.0},
            {"energy_tce": 500.0, "emissions_tco2e": 400.0, "circular": 1.0},
            1.0,
        ),
        (
            {"energy_cap_tce": 1000.0, "emissions_cap_tco2e": 1000.0},
            {"energy_tce": 1000.0, "emissions_tco2e": 1000.0, "circular": 0.0},
            0.35,
        ),
        (
            {"energy_cap_tce": 1000.0, "emissions_cap_tco2e": 1000.0},
            {"energy_tce": 1600.0, "emissions_tco2e": 1500.0, "circular": 0.0},
            0.0,
        ),
        ({"energy_cap_tce": 1000.0}, {"energy_tce": 750.0}, 0.4 * 0.75 + 0.6 * NEUTRAL),
        ({"energy_cap_tce": 0.0}, {"energy_tce": 0.0}, 0.4 + 0.6 * NEUTRAL),
        ({"energy_cap_tce": 0.0}, {"energy_tce": 1.0}, 0.6 * NEUTRAL),
        ({"energy_cap_per_10k": 0.1}, {"energy_tce": 500.0, "output_10k_cny": 1e4}, 0.4 + 0.24),
        (
            {},
            {"energy_tce": 750.0, "output_10k_cny": 1e4, "high_energy": 0.0},
            0.4 + 0.6 * NEUTRAL,
        ),
        (
            {},
            {"energy_tce": 9000.0, "output_10k_cny": 1e4, "high_energy": 1.0},
            0.4 * 0.5 + 0.6 * NEUTRAL,
        ),
        (
            {},
            {"emissions_tco2e": 1950.0, "output_10k_cny": 1e4, "high_energy": 0.0},
            0.3 + 0.7 * NEUTRAL,
        ),
        ({}, {"circular": 1.0}, 0.3 + 0.7 * NEUTRAL),
    ],
)
def test_value_is_energy_emissions_and_circularity(
    gap: dict[str, float], investor: dict[str, float], value: float
) -> None:
    assert assess(gap_row(**gap), investor_row(**investor), TABLES) == pytest.approx(value)


@pytest.mark.parametrize(
    "investor",
    [{}, {"energy_tce": 100.0}, {"energy_tce": 100.0, "output_10k_cny": 1e4}],
)
def test_figures_without_a_yardstick_are_no_evidence(investor: dict[str, float]) -> None:
    assert isnan(assess(gap_row(), investor_row(**investor), TABLES))


def test_the_groups_revenue_does_not_matter() -> None:
    gap = gap_facts(energy_cap_tce=100.0)
    small = a_pair(investor_facts(energy_tce=50.0, revenue_cny=10**6), gap)
    large = a_pair(investor_facts(energy_tce=50.0, revenue_cny=10**12), gap)
    assert assess(small.gap.row, small.row, TABLES) == assess(large.gap.row, large.row, TABLES)


@pytest.mark.parametrize(
    ("known", "key"),
    [
        ({"energy_tce": 10.0, "circular": True}, "light"),
        ({"energy_tce": 90.0}, "ordinary"),
        ({"energy_tce": 200.0, "circular": False}, "heavy"),
    ],
)
def test_every_level_is_reached(known: dict[str, Any], key: str) -> None:
    held = a_pair(investor_facts(**known), gap_facts(energy_cap_tce=100.0))
    assert CRITERION.level(assess(held.gap.row, held.row, TABLES)).key == key


def test_recycling_is_circular() -> None:
    assert a_pair(investor_facts(activities=(Activity.RECYCLING,))).row.circular == 1.0
    assert isnan(a_pair().row.circular)


def test_no_planned_output_is_unknown_not_zero() -> None:
    assert isnan(a_pair(investor_facts(planned_output_cny=0)).row.output_10k_cny)
    assert isnan(a_pair().row.output_10k_cny)


def test_evidence_shows_what_is_allowed() -> None:
    held = a_pair(
        investor_facts(energy_tce=10.0, planned_output_cny=10**8),
        gap_facts(zone_facts(energy_cap_tce_per_10k_cny=0.2)),
    )
    met = CRITERION.evidence(held)
    assert "allowed energy_tce 2000.0" in met.gap_value
    assert [label.en for label in met.assumed] == ["emissions", "circularity"]
