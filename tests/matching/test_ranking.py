"""Rankings of pools against the same pair by pair, whole, in both directions, loop by loop."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import ordering, ranking
from matching.criteria import CRITERIA
from matching.facts import GapFacts, InvestorFacts
from matching.loop import Loop
from matching.points import WHOLE
from matching.preparing import prepare_gap, prepare_investor
from matching.profiles import GapProfile, InvestorProfile
from matching.ranking import Ranking, rank_gaps, rank_investors
from matching.reweighting import shared_out
from matching.ruleset import Ruleset, ruleset
from tests.matching import oracle
from tests.matching.drawn_facts import GAPS, INVESTORS
from tests.matching.making import PLACER, REFERENCE, RULES, gap_facts, investor_facts
from tests.matching.pooled import gap_pool, investor_pool

Shown = tuple[list[tuple[oracle.Key, Any]], list[tuple[str, str]]]


@pytest.fixture(scope="module", params=["plain", "compiled"])
def compiled(request: pytest.FixtureRequest) -> Iterator[Loop | None]:
    """None, or the compiled loop for any number of candidates."""
    if request.param == "plain":
        yield None
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranking, "COMPILED_FROM", 1)
        yield request.getfixturevalue("machine_code")


def prepared_gap(facts: GapFacts) -> GapProfile:
    return prepare_gap(facts, REFERENCE, is_open=facts.number % 7 != 0)


def prepared_investor(facts: InvestorFacts) -> InvestorProfile:
    return prepare_investor(facts, REFERENCE, PLACER)


def registered(drawn: Sequence[Any], kind: str) -> list[Any]:
    """The drawn facts with ids, in the order of numbers that are not their positions."""
    return [replace(facts, id=f"{kind}_{n}", number=3 * n + 1) for n, facts in enumerate(drawn)]


def shown(found: Ranking) -> Shown:
    """Everything that a ranking says: orders with scores and values, and who is blocked."""
    eligible = [
        (found.order_of(key), found.scored_at(ordering.parts(key).position).score)
        for key in found.keys.tolist()
    ]
    for order, score in eligible:
        assert order[:2] == (-score.score, -score.coverage)
    return eligible, [found.pair_at(position).ids for position in found.blocked.tolist()]


def expected(found: oracle.Ranked) -> Shown:
    eligible = [(oracle.key(scored), scored.score) for scored in found.eligible]
    return eligible, [stopped.pair.ids for stopped in found.blocked]


def same(one: Shown, other: Shown) -> bool:
    return repr(one) == repr(other)  # NaN is not itself


@st.composite
def rulesets(draw: st.DrawFn) -> Ruleset:
    """Weights, floor and neutral value at random."""
    parts = st.lists(st.integers(0, 50), min_size=len(CRITERIA), max_size=len(CRITERIA))
    cases = [draw(parts.filter(any)) for _ in RULES.policy.weights]
    policy = replace(
        RULES.policy,
        weights=tuple(tuple(shared_out(WHOLE, case)) for case in cases),
        relevance_floor=draw(st.integers(1, 600)),
        neutral=draw(st.integers(0, 1000)),
    )
    return ruleset(policy, REFERENCE)


MANY_GAPS = st.lists(GAPS, min_size=1, max_size=12)
MANY_INVESTORS = st.lists(INVESTORS, min_size=1, max_size=8)


@given(MANY_INVESTORS, MANY_GAPS, rulesets())
@settings(max_examples=40, deadline=None)
def test_a_ranking_is_the_one_made_pair_by_pair(
    compiled: Loop | None, who: list[InvestorFacts], wanted: list[GapFacts], rules: Ruleset
) -> None:
    investors = [prepared_investor(facts) for facts in registered(who, "inv")]
    gaps = [prepared_gap(facts) for facts in registered(wanted, "gap")]
    by_gap, by_investor = gap_pool(gaps), investor_pool(investors)
    for investor in investors:
        found = rank_gaps(investor, by_gap, by_gap.near(investor), rules, compiled)
        assert same(shown(found), expected(oracle.rank_gaps(investor, gaps, rules)))
    for gap in gaps:
        found = rank_investors(gap, by_investor, by_investor.near(gap), rules, compiled)
        assert same(shown(found), expected(oracle.rank_investors(gap, investors, rules)))


@given(INVESTORS, MANY_GAPS, st.sets(st.integers(0, 11)))
@settings(max_examples=40, deadline=None)
def test_dropping_candidates_reorders_nobody(
    compiled: Loop | None, who: InvestorFacts, wanted: list[GapFacts], dropped: set[int]
) -> None:
    investor = prepared_investor(who)
    pool = gap_pool(prepared_gap(facts) for facts in registered(wanted, "gap"))
    near = pool.near(investor)
    whole = rank_gaps(investor, pool, near, RULES, compiled)
    stays = np.isin(near.positions, list(dropped), invert=True)
    fewer = rank_gaps(investor, pool, near.only(stays), RULES, compiled)
    kept = [key for key in whole.keys.tolist() if ordering.parts(key).position not in dropped]
    assert fewer.keys.tolist() == kept
    assert fewer.blocked.tolist() == [p for p in whole.blocked.tolist() if p not in dropped]


@given(INVESTORS, MANY_GAPS, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_in_which_records_come_does_not_matter_but_for_equals(
    compiled: Loop | None, who: InvestorFacts, wanted: list[GapFacts], chance: random.Random
) -> None:
    investor = prepared_investor(who)
    gaps = [prepared_gap(facts) for facts in registered(wanted, "gap")]
    mixed = gaps[:]
    chance.shuffle(mixed)
    one, other = (
        shown(rank_gaps(investor, pool, pool.near(investor), RULES, compiled))
        for pool in (gap_pool(gaps), gap_pool(mixed))
    )
    assert same(
        (sorted(one[0], key=repr), sorted(one[1])), (sorted(other[0], key=repr), sorted(other[1]))
    )


@given(INVESTORS, GAPS)
@settings(max_examples=60, deadline=None)
def test_both_directions_give_a_pair_the_same_score(who: InvestorFacts, wanted: GapFacts) -> None:
    investor, gap = prepared_investor(who), prepared_gap(wanted)
    by_gap, by_investor = gap_pool([gap]), investor_pool([investor])
    one = rank_gaps(investor, by_gap, by_gap.near(investor), RULES)
    other = rank_investors(gap, by_investor, by_investor.near(gap), RULES)
    assert one.keys.tolist() == other.keys.tolist()
    assert one.blocked.tolist() == other.blocked.tolist()


def test_equal_scores_go_by_severity_then_registration() -> None:
    investor = prepared_investor(investor_facts())
    pool = gap_pool(
        prepared_gap(gap_facts(id=name, severity=severity, number=number))
        for name, severity, number in (
            ("unknown", None, 1),
            ("early", 50, 2),
            ("severe", 90, 8),
            ("late", 50, 9),
        )
    )
    found = rank_gaps(investor, pool, pool.near(investor), RULES)
    order = [found.gap_at(p).facts.id for p in ordering.positions(found.keys).tolist()]
    assert order == ["severe", "early", "late", "unknown"]


def test_few_candidates_are_judged_in_python(
    machine_code: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def counted(*arguments: Any) -> None:
        calls.append(len(arguments[1]))
        machine_code(*arguments)

    monkeypatch.setattr(ranking, "COMPILED_FROM", 5)
    investor = prepared_investor(investor_facts())
    for size in (4, 5):
        facts = registered([gap_facts()] * size, "gap")
        pool = gap_pool(prepared_gap(one) for one in facts)
        rank_gaps(investor, pool, pool.near(investor), RULES, counted)
    assert calls == [5]
