from math import isnan, log10
from typing import Any

import pytest

from matching.criteria.scale_fit import CRITERION, assess
from tests.matching.making import TABLES, a_pair, gap_facts, gap_row, investor_facts, investor_row


def scale(low: float, high: float) -> dict[str, float]:
    return {"scale_low": low, "scale_high": high}


@pytest.mark.parametrize(
    ("plan", "wanted", "value"),
    [
        ((8.0, 9.0), (8.0, 9.0), 1.0),
        ((8.2, 8.5), (8.0, 9.0), 1.0),
        ((8.5, 9.5), (8.0, 9.0), 0.7),
        ((9.0, 9.5), (8.0, 9.0), 0.4),
        ((9.5, 9.8), (8.0, 9.0), 0.2),
        ((10.0, 10.5), (8.0, 9.0), 0.0),
        ((6.0, 7.5), (8.0, 9.0), 0.2),
        ((5.0, 6.0), (8.0, 9.0), 0.0),
    ],
)
def test_value_is_the_overlap_of_the_narrower_range(
    plan: tuple[float, float], wanted: tuple[float, float], value: float
) -> None:
    found = assess(gap_row(**scale(*wanted)), investor_row(**scale(*plan)), TABLES)
    assert found == pytest.approx(value)
    mirrored = assess(gap_row(**scale(*plan)), investor_row(**scale(*wanted)), TABLES)
    assert mirrored == pytest.approx(value)


def test_a_range_that_is_not_named_is_no_evidence() -> None:
    assert isnan(assess(gap_row(**scale(8, 9)), investor_row(), TABLES))
    assert isnan(assess(gap_row(), investor_row(**scale(8, 9)), TABLES))


MILLION = 1_000_000


@pytest.mark.parametrize(
    ("plan", "key"),
    [
        ((100 * MILLION, 900 * MILLION), "fits"),
        ((2000 * MILLION, 3000 * MILLION), "partly"),
        ((None, 30_000 * MILLION), "far"),
    ],
)
def test_every_level_is_reached_and_names_both_ranges(
    plan: tuple[int | None, int | None], key: str
) -> None:
    low, high = plan
    held = a_pair(
        investor_facts(planned_investment_min_cny=low, planned_investment_max_cny=high),
        gap_facts(investment_min_cny=200 * MILLION, investment_max_cny=800 * MILLION),
    )
    assert CRITERION.level(assess(held.gap.row, held.row, TABLES)).key == key
    assert CRITERION.evidence(held).words["wanted"].zh == "2亿元至8亿元"


@pytest.mark.parametrize(
    ("known", "zh"),
    [
        ({"planned_investment_max_cny": 5 * 10**8}, "5亿元"),
        ({"planned_investment_min_cny": 5 * 10**8}, "5亿元"),
        ({}, "未说明"),
    ],
)
def test_a_single_figure_is_said_alone(known: dict[str, Any], zh: str) -> None:
    assert CRITERION.evidence(a_pair(investor_facts(**known))).words["plan"].zh == zh


def test_a_single_figure_is_widened_to_meet_a_range() -> None:
    row = a_pair(investor_facts(planned_investment_max_cny=10**9)).row
    assert row.scale_high - row.scale_low == pytest.approx(0.25)
    assert (row.scale_high + row.scale_low) / 2 == pytest.approx(log10(10**9))
