"""Pools, queries and rulesets by chance, as the index and the routers make them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from matching.facts import GapFacts, InvestorFacts
from matching.pools import GapPool, InvestorPool
from matching.preparing import prepare_gap, prepare_investor
from matching.reweighting import reweighted
from matching.ruleset import ruleset
from matching.vocabulary import GapKind, Origin, Region
from models.ranking_query import Diversify, RankingQuery
from service.index import State
from service.indexed import IndexedGap, IndexedInvestor
from service.repositories.feed import BEGINNING
from tests.matching.drawn_facts import GAPS, INVESTORS
from tests.matching.making import PLACER, REFERENCE, RULES

WEIGHTS: tuple[dict[str, int], ...] = (
    {},
    {"link_fit": 0},
    {"ecology": 4000, "scale_fit": 1},
    {"regional_orientation": 9000},
)
RULESETS = [ruleset(reweighted(RULES.policy, weights), REFERENCE) for weights in WEIGHTS]


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


def gap_of(n: int, facts: GapFacts) -> IndexedGap:
    """The n-th gap; every sixth is closed, every fourth of one zone."""
    zone = replace(facts.zone, id=f"z{n % 4}")
    own = replace(facts, id=f"gap_{n}", number=2 * n + 1, zone=zone)
    profile = prepare_gap(own, REFERENCE, is_open=n % 6 != 5)
    return IndexedGap(profile, f"高新区 {n}", None, None, f"Gap {n}")


def investor_of(n: int, facts: InvestorFacts) -> IndexedInvestor:
    """The n-th investor."""
    own = replace(facts, id=f"inv_{n}", number=3 * n)
    return IndexedInvestor(prepare_investor(own, REFERENCE, PLACER), f"Company {n}")


@st.composite
def states(draw: st.DrawFn) -> State:
    """Two pools as the index makes them."""
    gaps = [gap_of(n, facts) for n, facts in enumerate(draw(st.lists(GAPS, max_size=14)))]
    met = [investor_of(n, facts) for n, facts in enumerate(draw(st.lists(INVESTORS, max_size=8)))]
    return State(
        BEGINNING,
        date(2026, 4, 1),
        GapPool[IndexedGap]().changed(gaps),
        InvestorPool[IndexedInvestor]().changed(met),
    )
