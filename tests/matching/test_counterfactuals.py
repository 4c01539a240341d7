from typing import Any, cast

import pytest

from matching.counterfactuals import counterfactuals
from matching.engine import score_pair
from matching.facts import GapFacts, InvestorFacts
from matching.vocabulary import GapKind, SmartManufacturing
from tests.matching.making import PLACER, RULES, a_pair, gap_facts, investor_facts

WANTING: dict[str, Any] = {"investment_min_cny": 10**9, "technology_level_wanted": 4}


def found(investor: InvestorFacts, gap: GapFacts) -> dict[str, int]:
    scored = score_pair(a_pair(investor, gap), RULES)
    return {next(iter(c.change)): c.points for c in counterfactuals(scored, RULES, PLACER)}


@pytest.mark.parametrize("kind", list(GapKind))
def test_applying_one_gives_exactly_the_promised_points(kind: GapKind) -> None:
    investor, gap = investor_facts(), gap_facts(kind=kind, **WANTING)
    scored = score_pair(a_pair(investor, gap), RULES)
    promised = counterfactuals(scored, RULES, PLACER)
    assert len(promised) >= 2
    for one in promised:
        values: dict[str, Any] = {**investor_dict(investor), **one.change}
        after = score_pair(a_pair(InvestorFacts(**values), gap), RULES)
        assert after.score.score == scored.score.score + one.points


def investor_dict(investor: InvestorFacts) -> dict[str, Any]:
    return {name: getattr(investor, name) for name in cast("tuple[str]", investor.__slots__)}


def test_what_is_met_already_is_not_proposed() -> None:
    complete = investor_facts(
        products=("光刻胶及配套试剂",),
        rd_centre_committed=True,
        planned_investment_max_cny=2 * 10**9,
        technology_level=5,
        smart_manufacturing=tuple(SmartManufacturing),
    )
    assert found(complete, gap_facts(**WANTING)) == {}


def test_the_plan_counts_most_for_a_missing_link() -> None:
    missing = found(investor_facts(), gap_facts(**WANTING))
    weak = found(investor_facts(), gap_facts(kind=GapKind.WEAK, **WANTING))
    assert missing["planned_investment_max_cny"] > weak["planned_investment_max_cny"]
    assert {"smart_manufacturing", "technology_level"} <= set(weak)


def test_each_says_that_it_is_no_condition() -> None:
    scored = score_pair(a_pair(investor_facts(), gap_facts(**WANTING)), RULES)
    for one in counterfactuals(scored, RULES, PLACER):
        assert "不构成审批条件" in one.zh
        assert "never a condition" in one.en


def test_local_sourcing_is_never_proposed() -> None:
    assert "local_sourcing_pct" not in found(investor_facts(), gap_facts(**WANTING))


def test_a_change_that_a_gate_would_stop_is_not_proposed() -> None:
    gap = gap_facts(link_id="biopharma.cgt")
    assert "products" not in found(investor_facts(products=("质粒",)), gap)
