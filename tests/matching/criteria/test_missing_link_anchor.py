from math import isnan
from typing import Any

import pytest

from matching.criteria.missing_link_anchor import CRITERION, assess
from matching.criterion import amount_label
from matching.vocabulary import Activity
from tests.matching.making import TABLES, a_pair, gap_facts, gap_row, investor_facts, investor_row

FULL = {"plan_cny": 1e9, "is_leader": 1.0, "activities": 3.0, "revenue_cny": 2e10}


@pytest.mark.parametrize(
    ("wanted", "investor", "value"),
    [
        (1e9, FULL, 1.0),
        (2e9, FULL, 0.8),
        (1e9, {**FULL, "is_leader": 0.0}, 0.7),
        (1e9, {**FULL, "activities": 2.0}, 0.925),
        (1e9, {**FULL, "activities": 1.0}, 0.85),
        (1e9, {**FULL, "revenue_cny": 5e9}, 0.925),
        (None, FULL, 0.4 * 0.4 + 0.6),
        (1e9, {"plan_cny": 5e8}, 0.2 + 0.6 * 0.4),
        (1e9, {"is_leader": 1.0}, 0.3 + 0.7 * 0.4),
        (0.0, {"plan_cny": 5e8}, 0.4 + 0.6 * 0.4),
        (1e9, {"plan_cny": 0.0, "revenue_cny": 0.0}, 0.0 + 0.15 + 0.45 * 0.4),
    ],
)
def test_value_is_plan_leadership_breadth_and_staying_power(
    wanted: float | None, investor: dict[str, Any], value: float
) -> None:
    gap = gap_row() if wanted is None else gap_row(investment_min_cny=wanted)
    assert assess(gap, investor_row(**investor), TABLES) == pytest.approx(value)


def test_nothing_known_is_no_evidence() -> None:
    assert isnan(assess(gap_row(investment_min_cny=1e9), investor_row(), TABLES))


@pytest.mark.parametrize(
    ("known", "key"),
    [
        (
            {
                "planned_investment_max_cny": 10**9,
                "is_chain_leader": True,
                "activities": tuple(Activity)[:3],
                "revenue_cny": 10**11,
            },
            "anchor",
        ),
        ({"planned_investment_max_cny": 10**9, "is_chain_leader": False}, "likely_anchor"),
        ({"planned_investment_min_cny": 5 * 10**8}, "partial_anchor"),
        (
            {"planned_investment_max_cny": 10**7, "is_chain_leader": False, "revenue_cny": 0},
            "no_anchor",
        ),
    ],
)
def test_every_level_is_reached(known: dict[str, Any], key: str) -> None:
    gap = gap_facts(investment_min_cny=10**9)
    if key == "likely_anchor":
        known = {**known, "revenue_cny": 10**11}
    held = a_pair(investor_facts(**known), gap)
    assert CRITERION.level(assess(held.gap.row, held.row, TABLES)).key == key


def test_evidence_names_the_two_amounts_in_both_languages() -> None:
    met = CRITERION.evidence(
        a_pair(
            investor_facts(planned_investment_max_cny=5 * 10**8),
            gap_facts(investment_min_cny=10**9),
        )
    )
    assert met.words["plan"].zh == "5亿元"
    assert met.words["wanted"].en == "CNY 1,000 million"
    assert "chain leader or not" in [label.en for label in met.assumed]


@pytest.mark.parametrize(
    ("amount", "zh", "en"),
    [
        (3_500_000, "350万元", "CNY 3.5 million"),
        (99_999_999, "10,000万元", "CNY 100 million"),
        (10**8, "1亿元", "CNY 100 million"),
        (125 * 10**7, "12.5亿元", "CNY 1,250 million"),
        (0, "0万元", "CNY 0 million"),
    ],
)
def test_amounts_are_said_as_people_say_them(amount: int, zh: str, en: str) -> None:
    assert amount_label(amount) == (zh, en)


def test_unknown_amounts_are_said_to_be_unknown() -> None:
    met = CRITERION.evidence(a_pair())
    assert met.words["plan"].en == "not stated"
    assert met.investor_value.startswith("plan_cny –")
