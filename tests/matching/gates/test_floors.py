from typing import Any

import pytest

from matching.engine import blocking_gate
from matching.explanation import findings
from matching.vocabulary import Origin, Verdict
from tests.matching.making import a_pair, gap_facts, investor_facts


@pytest.mark.parametrize(
    ("investor", "gap", "gate", "verdict"),
    [
        ({"planned_investment_max_cny": 10**8}, {"investment_floor_cny": 10**8}, None, None),
        (
            {"planned_investment_max_cny": 10**8 - 1},
            {"investment_floor_cny": 10**8},
            "investment_floor",
            Verdict.BLOCKED,
        ),
        ({}, {"investment_floor_cny": 10**8}, "investment_floor", Verdict.CONDITIONAL),
        ({"planned_investment_max_cny": 1}, {"investment_min_cny": 10**9}, None, None),
        ({"technology_level": 3}, {"technology_level_floor": 3}, None, None),
        (
            {"technology_level": 2, "origin": Origin.DOMESTIC},
            {"technology_level_floor": 3},
            "technology_level_floor",
            Verdict.BLOCKED,
        ),
        ({}, {"technology_level_floor": 3}, "technology_level_floor", Verdict.CONDITIONAL),
        ({"technology_level": 1}, {"technology_level_wanted": 5}, None, None),
    ],
)
def test_a_floor_blocks_and_a_wish_does_not(
    investor: dict[str, Any], gap: dict[str, Any], gate: str | None, verdict: Verdict | None
) -> None:
    held = a_pair(investor_facts(**investor), gap_facts(**gap))
    found = [(f.gate, f.verdict) for f in findings(held)]
    assert found == ([] if gate is None else [(gate, verdict)])
    stopped = blocking_gate(held)
    assert (stopped.key if stopped else None) == (gate if verdict is Verdict.BLOCKED else None)


def test_the_reason_names_both_figures() -> None:
    held = a_pair(
        investor_facts(planned_investment_max_cny=5 * 10**7),
        gap_facts(investment_floor_cny=10**8),
    )
    found = findings(held)[0]
    assert "100,000,000" in found.zh
    assert "50,000,000" in found.en
