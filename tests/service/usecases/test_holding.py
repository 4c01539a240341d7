"""A kept page that is said to hold is, to the byte, the page made anew."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.facts import GapFacts
from matching.loop import Loop
from matching.vocabulary import GapKind, Origin
from models.ranking_query import Diversify, RankingQuery
from service import answers
from service.index import Changes, State
from service.indexed import IndexedGap, IndexedInvestor
from service.listing import Key, page_of
from service.repositories.feed import BEGINNING
from service.usecases import holding
from service.usecases.ranking import Basis, ranked_gaps, ranked_investors
from tests.matching.drawn_facts import GAPS, INVESTORS
from tests.matching.making import RULES, gap_facts, investor_facts
from tests.service.drawn_states import CURSORS, QUERIES, RULESETS, gap_of, investor_of, states

Holds = Callable[[Changes], bool]


@pytest.fixture(scope="module")
def compiled(machine_code: Loop) -> Loop:
    return machine_code


@st.composite
def steps(draw: st.DrawFn) -> tuple[State, State, Changes]:
    """A state, a later one, and what was written between them."""
    state = draw(states())
    count, others = len(state.gaps.records), len(state.investors.records)
    moved = draw(st.dictionaries(st.integers(0, count), GAPS, max_size=3))
    met = draw(st.dictionaries(st.integers(0, others), INVESTORS, max_size=2))
    gaps = [gap_of(n, facts) for n, facts in sorted(moved.items())]
    investors = [investor_of(n, facts) for n, facts in sorted(met.items())]
    changes = Changes(
        tuple(state.gaps.records.changes(gaps)), tuple(state.investors.records.changes(investors))
    )
    later = replace(
        state, gaps=state.gaps.changed(gaps), investors=state.investors.changed(investors)
    )
    return state, later, changes


def gaps_page(
    basis: Basis, who: IndexedInvestor, query: RankingQuery, after: Key | None
) -> tuple[bytes, Holds]:
    ranked = ranked_gaps(basis, who, query)
    page = page_of(ranked, query, after)
    extent = holding.extent_of(ranked, page, query)
    body = answers.investor_ranking(who, basis.state, ranked, page)
    return body, lambda changes: holding.of_gaps(who, query, extent, basis.rules, changes)


def investors_page(
    basis: Basis, gap: IndexedGap, query: RankingQuery, after: Key | None
) -> tuple[bytes, Holds]:
    ranked = ranked_investors(basis, gap, query)
    page = page_of(ranked, query, after)
    extent = holding.extent_of(ranked, page, query)
    body = answers.gap_ranking(gap, basis.state, ranked, page)
    return body, lambda changes: holding.of_investors(gap, query, extent, basis.rules, changes)


@given(steps(), QUERIES, CURSORS, st.sampled_from(RULESETS))
@settings(max_examples=150, deadline=None)
def test_a_page_that_holds_is_the_page_made_anew(
    compiled: Loop, step: tuple[State, State, Changes], query: RankingQuery, after: Any, rules: Any
) -> None:
    before, later, changes = step
    then, now = Basis(before, rules, compiled), Basis(later, rules, compiled)
    for id_, who in before.investors.records.items():
        body, holds = gaps_page(then, who, query, after)
        if holds(changes):
            assert body == gaps_page(now, later.investors.records[id_], query, after)[0]
    for id_, gap in before.gaps.records.items():
        body, holds = investors_page(then, gap, query, after)
        if holds(changes):
            assert body == investors_page(now, later.gaps.records[id_], query, after)[0]


def pool_of(severities: list[int]) -> State:
    """One investor in photoresist, and a gap at its link for each severity: the highest first."""
    gaps = [gap_of(n * 6, gap_facts(severity=severity)) for n, severity in enumerate(severities)]
    pool = State(BEGINNING, date(2026, 4, 1))
    return replace(
        pool,
        gaps=pool.gaps.changed(gaps),
        investors=pool.investors.changed([investor_of(0, investor_facts())]),
    )


STATE = pool_of([90, 80, 70, 60, 50])
TWO = RankingQuery(limit=2)


@pytest.mark.parametrize(
    ("n", "facts", "query", "is_held"),
    [
        (4, gap_facts(severity=40), TWO, True),
        (4, gap_facts(severity=69), TWO, True),
        (4, gap_facts(severity=85), TWO, False),
        (4, gap_facts(severity=85), RankingQuery(limit=2, diversify=Diversify.ZONE), False),
        (4, gap_facts(severity=85), RankingQuery(limit=2, min_score=10_000), True),
        (4, gap_facts(severity=85), RankingQuery(limit=2, kind=GapKind.WEAK), True),
        (4, gap_facts(link_id="battery.anode"), TWO, False),
        (1, gap_facts(severity=10), TWO, False),
        (0, gap_facts(severity=90), TWO, False),
        (5, gap_facts(link_id="battery.anode"), TWO, True),
        (5, gap_facts(severity=1), TWO, False),
    ],
)
def test_what_stays_off_the_page_leaves_it_as_it_is(
    n: int, facts: GapFacts, query: RankingQuery, is_held: bool
) -> None:
    who = STATE.investors.records["inv_0"]
    _, holds = gaps_page(Basis(STATE, RULES, None), who, query, None)
    moved = STATE.gaps.records.changes([gap_of(n * 6, facts)])
    assert holds(Changes(tuple(moved))) is is_held


def test_a_page_of_a_record_that_changed_is_made_anew() -> None:
    who, gap = STATE.investors.records["inv_0"], STATE.gaps.records["gap_0"]
    basis = Basis(STATE, RULES, None)
    met = Changes(investors=tuple(STATE.investors.records.changes([who])))
    filled = Changes(gaps=tuple(STATE.gaps.records.changes([gap])))
    nobody = RankingQuery(origin=Origin.DOMESTIC)
    for query in (TWO, nobody):
        assert not gaps_page(basis, who, query, None)[1](met)
    no_gap = RankingQuery(kind=GapKind.WEAK)
    for query in (TWO, no_gap):
        assert not investors_page(basis, gap, query, None)[1](filled)
    assert gaps_page(basis, who, nobody, None)[1](filled)
    assert investors_page(basis, gap, no_gap, None)[1](met)
    assert holding.of_pair("inv_0", "gap_6", filled)
    assert not holding.of_pair("inv_0", "gap_0", filled)
    assert not holding.of_pair("inv_0", "gap_6", met)
