"""What is served, to the byte, against rankings made pair by pair; whatever is asked for."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import ranking as matching_ranking
from matching.loop import Loop
from models.ranking_query import RankingQuery
from service import answers
from service.index import State
from service.indexed import IndexedGap, IndexedInvestor
from service.listing import Key, page_of, read_cursor
from service.usecases.ranking import Basis, ranked_gaps, ranked_investors
from tests.matching.making import RULES
from tests.service import plain_rankings
from tests.service.drawn_states import CURSORS, PLAIN_QUERIES, QUERIES, RULESETS, states


@pytest.fixture(scope="module", params=["plain", "compiled"])
def compiled(request: pytest.FixtureRequest) -> Iterator[Loop | None]:
    """None, or the compiled loop for any number of candidates."""
    if request.param == "plain":
        yield None
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching_ranking, "COMPILED_FROM", 1)
        yield request.getfixturevalue("machine_code")


def served_gaps(
    basis: Basis, investor: IndexedInvestor, query: RankingQuery, after: Key | None, *but: str
) -> bytes:
    ranked = ranked_gaps(basis, investor, query, set(but))
    page = page_of(ranked, query, after)
    return answers.investor_ranking(investor, basis.state, ranked, page)


def served_investors(
    basis: Basis, gap: IndexedGap, query: RankingQuery, after: Key | None, *but: str
) -> bytes:
    ranked = ranked_investors(basis, gap, query, set(but))
    return answers.gap_ranking(gap, basis.state, ranked, page_of(ranked, query, after))


@given(states(), QUERIES, CURSORS, st.sampled_from(RULESETS))
@settings(max_examples=60, deadline=None)
def test_any_page_is_the_one_made_pair_by_pair(
    compiled: Loop | None, state: State, query: RankingQuery, after: Key | None, rules: Any
) -> None:
    basis = Basis(state, rules, compiled)
    gaps, investors = state.gaps.records.values(), state.investors.records.values()
    for who in investors:
        plain = plain_rankings.gaps_for(who, gaps, query, after, rules)
        assert served_gaps(basis, who, query, after) == plain
    for gap in gaps:
        plain = plain_rankings.investors_for(gap, investors, query, after, rules)
        assert served_investors(basis, gap, query, after) == plain


@given(states(), PLAIN_QUERIES)
@settings(max_examples=40, deadline=None)
def test_pages_cut_one_order_to_its_end(
    compiled: Loop | None, state: State, query: RankingQuery
) -> None:
    basis = Basis(state, RULES, compiled)
    for who in state.investors.records.values():
        ranked = ranked_gaps(basis, who, query)
        whole = page_of(ranked, query.model_copy(update={"limit": 100}), None)
        assert whole.next_cursor is None
        cut = page_of(ranked, query, None)
        matches = [*cut.matches]
        while cut.next_cursor is not None:
            cut = page_of(ranked, query, read_cursor(cut.next_cursor))
            matches += cut.matches
        assert matches == whole.matches


@given(states(), PLAIN_QUERIES, st.data())
@settings(max_examples=40, deadline=None)
def test_a_page_without_some_candidates_is_that_of_a_pool_without_them(
    compiled: Loop | None, state: State, query: RankingQuery, data: st.DataObject
) -> None:
    basis = Basis(state, RULES, compiled)
    gaps, investors = state.gaps.records, state.investors.records
    some_gaps = data.draw(st.sets(st.sampled_from(["none", *gaps])))
    some_investors = data.draw(st.sets(st.sampled_from(["none", *investors])))
    for who in investors.values():
        left = [gap for gap in gaps.values() if gap.id not in some_gaps]
        plain = plain_rankings.gaps_for(who, left, query, None, RULES)
        assert served_gaps(basis, who, query, None, *some_gaps) == plain
    for gap in gaps.values():
        others = [who for who in investors.values() if who.id not in some_investors]
        plain = plain_rankings.investors_for(gap, others, query, None, RULES)
        assert served_investors(basis, gap, query, None, *some_investors) == plain
