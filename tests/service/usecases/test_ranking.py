"""What is served, to the byte, against rankings made pair by pair; whatever is asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import ranking as matching_ranking
from matching.loop import Loop
from matching.pools import GapPool, InvestorPool
from matching.preparing import prepare_gap, prepare_investor
from matching.reweighting import reweighted
from matching.ruleset import ruleset
from matching.vocabulary import GapKind, Origin, Region
from models.ranking_query import Diversify, RankingQuery
from service import answers
from service.index import IndexedGap, IndexedInvestor, State
from service.listing import Key, page_of, read_cursor
from service.repositories.feed import BEGINNING
from service.usecases.ranking import Basis, ranked_gaps, ranked_investors
from tests.matching.drawn_facts import GAPS, INVESTORS
from tests.matching.making import PLACER, REFERENCE, RULES
from tests.service import plain_rankings

WEIGHTS: tuple[dict[str, int], ...] = (
    {},
    {"link_fit": 0},
    {"ecology": 4000, "scale_fit": 1},
    {"regional_orientation": 9000},
)
RULESETS = [ruleset(reweighted(RULES.policy, weights), REFERENCE) for weights in WEIGHTS]


@pytest.fixture(scope="module", params=["plain", "compiled"])
def compiled(request: pytest.FixtureRequest) -> Iterator[Loop | None]:
    """None, or the compiled loop for any number of candidates."""
    if request.param == "plain":
        yield None
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching_ranking, "COMPILED_FROM", 1)
        yield request.getfixturevalue("machine_code")


def maybe(values: Sequence[Any]) -> st.SearchStrategy[Any]:
    return st.none() | st.sampled_from(values)


QUERIES = st.builds(
    RankingQuery,
    kind=maybe([*GapKind]),
    chain_id=maybe(["ic", "battery"]),
    region=maybe([*Region]),
    province_code=maybe(["32", "42"]),
    origin=maybe([*Origin]),
    min_score=maybe([0, 4000, 5200, 10_000]),
    diversify=st.sampled_from(Diversify),
    limit=st.sampled_from([1, 3, 100]),
)
PLAIN_QUERIES = st.builds(
    RankingQuery,
    min_score=maybe([4500]),
    diversify=st.sampled_from(Diversify),
    limit=st.sampled_from([1, 2, 5]),
)
CURSORS = st.none() | st.tuples(
    st.integers(0, 2), st.integers(-7000, 0), *[st.integers(-50, 20)] * 4
)


@st.composite
def states(draw: st.DrawFn) -> State:
    """Two pools as the index makes them."""
    wanted = draw(st.lists(GAPS, max_size=14))
    who = draw(st.lists(INVESTORS, max_size=8))
    gaps = [
        IndexedGap(
            prepare_gap(
                replace(
                    facts, id=f"gap_{n}", number=2 * n + 1, zone=replace(facts.zone, id=f"z{n % 4}")
                ),
                REFERENCE,
                is_open=n % 6 != 5,
            ),
            f"高新区 {n}",
            None,
            None,
            f"Gap {n}",
        )
        for n, facts in enumerate(wanted)
    ]
    investors = [
        IndexedInvestor(
            prepare_investor(replace(facts, id=f"inv_{n}", number=3 * n), REFERENCE, PLACER),
            f"Company {n}",
        )
        for n, facts in enumerate(who)
    ]
    return State(
        BEGINNING,
        date(2026, 4, 1),
        GapPool[IndexedGap]().changed(gaps),
        InvestorPool[IndexedInvestor]().changed(investors),
    )


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
