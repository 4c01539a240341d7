"""Points before and after: they add up to the scores, and a gate that stops a pair is named."""

from typing import Any

import pytest
from hypothesis import given, settings

from matching.facts import GapFacts, InvestorFacts
from matching.preparing import prepare_gap, prepare_investor
from matching.preview.causes import causes
from matching.ranking import rank_gaps
from matching.ruleset import Ruleset
from tests.matching.drawn_facts import GAPS, INVESTORS
from tests.matching.making import PLACER, REFERENCE, RULES, zone_facts
from tests.matching.pooled import gap_pool
from tests.matching.preview.making import both, who, with_figures, with_weights
from tests.matching.test_ranking import rulesets


@given(INVESTORS, GAPS, rulesets(), rulesets())
@settings(max_examples=40, deadline=None)
def test_deltas_add_up_exactly(
    investor: InvestorFacts, gap: GapFacts, old: Ruleset, new: Ruleset
) -> None:
    subject = prepare_investor(investor, REFERENCE, PLACER)
    pool = gap_pool([prepare_gap(gap, REFERENCE, is_open=True)])
    near = pool.near(subject)
    one, other = (rank_gaps(subject, pool, near, rules) for rules in (old, new))
    found = causes(one, other, 0)
    assert found.score_before == sum(c.points_before for c in found.causes)
    assert found.score_after == sum(c.points_after for c in found.causes)
    assert sum(c.delta for c in found.causes) == found.delta
    assert (found.stopped_before is None) == bool(len(one.keys))
    assert (found.stopped_after is None) == bool(len(other.keys))


def test_only_criteria_that_weigh_are_told_and_weights_are_those_of_the_case() -> None:
    one, other = both(who({"rd_intensity_pct": 9.0}), with_weights(frontier_technology=2000))
    found = {c.criterion.key: c for c in causes(one, other, 0).causes}
    assert "weak_link_upgrade" not in found
    frontier = found["frontier_technology"]
    assert (frontier.weight_before, frontier.weight_after) == (900, 2000)
    assert frontier.delta == frontier.points_after - frontier.points_before > 0
    assert found["link_fit"].delta < 0


GATED: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"products": ("晶圆制造",)}, {}, "relevance"),
    ({"planned_investment_max_cny": 1}, {"investment_floor_cny": 10**9}, "investment_floor"),
]


@pytest.mark.parametrize(("investor", "gap", "gate"), GATED)
def test_the_gate_that_stops_a_pair_is_named(
    investor: dict[str, Any], gap: dict[str, Any], gate: str
) -> None:
    floor = with_figures(relevance_floor=400)
    one, other = both(who(investor), floor, floor, zone=zone_facts(), **gap)
    found = causes(one, other, 0)
    assert found.stopped_before is not None
    assert found.stopped_after is not None
    assert {found.stopped_before.gate, found.stopped_after.gate} == {gate}
    assert found.delta == 0
    assert RULES.policy.relevance_floor < floor.policy.relevance_floor
