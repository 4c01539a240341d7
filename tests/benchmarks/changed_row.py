"""One changed row against a kept ranking made anew: whether the page still holds, and the page."""

import random
from dataclasses import replace
from datetime import date
from functools import partial

from matching.pools import GapPool
from matching.roster import Change
from models.ranking_query import RankingQuery
from service import answers
from service.index import Changes, State
from service.indexed import IndexedGap, IndexedInvestor
from service.listing import page_of
from service.repositories.feed import BEGINNING
from service.usecases import holding
from service.usecases.ranking import Basis, ranked_gaps
from tests.benchmarks.bench import SEED, Bench, medians
from tests.benchmarks.figures import Bar, Measured, Row, same
from tests.matching.making import REFERENCE, RULES, gap_facts, investor_facts
from tests.service.drawn_states import gap_of, investor_of

QUERY = RankingQuery()
CHANGED = 100
"""Rows that change, one at a time."""


def measure(bench: Bench) -> Measured:
    """Hold what is said to hold against the page made anew, then time both."""
    count = bench.either(100_000, 500)
    state = pool_of(count)
    who = state.investors.records["inv_0"]
    body, holds = made(bench, state, who)
    changes = [changed(state, number) for number in range(CHANGED)]
    held = [one for one in changes if holds(one)]
    for one in held[:3]:
        gaps = state.gaps.changed([change.after for change in one.gaps])
        same(body, made(bench, replace(state, gaps=gaps), who)[0], "the page made anew")
    turns = iter(held * (CHANGED // len(held) + 1))
    works = {"anew": partial(made, bench, state, who), "ours": lambda: holds(next(turns))}
    taken = medians(works, bench.either(25, 5))
    note = f"{len(held)} of {CHANGED} changes left the page as it was; the others make it anew"
    return Measured({"anew": taken["anew"] / taken["ours"]}, {"anew": note})


def made(bench: Bench, state: State, who: IndexedInvestor) -> tuple[bytes, "Holds"]:
    """The first page of the gaps for an investor, and when it holds."""
    ranking = ranked_gaps(Basis(state, RULES, bench.loop), who, QUERY)
    page = page_of(ranking, QUERY, None)
    extent = holding.extent_of(ranking, page, QUERY)
    body = answers.investor_ranking(who, state, ranking, page)
    return body, partial(holding.of_gaps, who, QUERY, extent, RULES)


def pool_of(count: int) -> State:
    """So many gaps at the links of one chain, and a maker of several of its products."""
    draw = random.Random(SEED)  # noqa: S311 - figures of a benchmark
    links = sorted(link for link in REFERENCE.links if link.startswith("ic."))
    gaps = [
        gap_of(
            number * 6,
            gap_facts(
                severity=draw.randrange(101),
                link_id=draw.choice(links),
                investment_min_cny=draw.randrange(10**8, 10**10),
            ),
        )
        for number in range(count)
    ]
    who = investor_of(0, investor_facts(products=("光刻胶", "硅片", "EDA软件", "封装")))
    pool = State(BEGINNING, date(2026, 4, 1), GapPool[IndexedGap]().changed(gaps))
    return replace(pool, investors=pool.investors.changed([who]))


def changed(state: State, number: int) -> Changes:
    """A gap of the middle of the pool with another severity."""
    records = state.gaps.records
    position = (number * 7919 + len(records) // 2) % len(records)
    before = records.at(position)
    facts = replace(before.profile.facts, severity=number)
    profile = replace(before.profile, facts=facts, row=before.profile.row._replace(severity=number))
    return Changes(gaps=(Change(position, before, replace(before, profile=profile)),))


Holds = partial[bool]

ROW = Row(
    key="changed",
    what="one changed row of 100,000 gaps",
    peers=(),
    bars=(Bar("anew", "against the ranking made anew", "×", least=200),),
    measure=measure,
)
