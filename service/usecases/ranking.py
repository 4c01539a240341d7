"""Rankings in both directions, and one pair in full; the cache keeps their bytes."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from matching.loop import Candidates, Loop
from matching.ranking import Ranking, rank_gaps, rank_investors
from matching.ruleset import Ruleset
from models.ranking_query import PolicyQuery, PoolFilter, RankingQuery
from service import answers, clock
from service.cache import Entry, Hit, cache_key
from service.errors import GapNotFound, InvestorNotFound, invalid
from service.index import State
from service.indexed import IndexedGap, IndexedInvestor
from service.library import Bench
from service.listing import page_of, read_cursor
from service.rechecking import Made
from service.runtime import Work
from service.telemetry import tracing
from service.telemetry.figures import Figures
from service.usecases import holding
from service.usecases.filtering import narrows, wanted_investors, wants_gap, wants_investor

ANSWER_FORM = "4"
"""Goes up when the same inputs are rendered to other bytes."""


NOBODY = Candidates(np.zeros(0, np.int64), np.zeros(0))


@dataclass(frozen=True, slots=True)
class Basis:
    """What rankings rest on, the same for all of one call."""

    state: State
    rules: Ruleset
    compiled: Loop | None
    """The loop as machine code, where there is one: it changes no answer."""
    figures: Figures = field(default_factory=Figures)
    """Where it is counted how long a ranking takes."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes of an answer, and whether they were there already."""

    entry: Entry
    hit: Hit | None
    """None: the cache was passed by on the caller's wish."""
    state: State
    """What it was made of, or is still right for."""


def gaps_for(work: Work, investor_id: str, query: RankingQuery, *, bypass: bool) -> Answer:
    """The gaps an investor could mend, best first.

    Raises:
        InvestorNotFound: no such investor.
        NotValid: the cursor, the policy or a filter is not known.
    """
    check_filter(work, query, "query")
    basis = basis_of(work, query)
    investor, after = find_investor(basis.state, investor_id), read_cursor(query.cursor)

    def make() -> Made:
        ranking = ranked_gaps(basis, investor, query)
        page = page_of(ranking, query, after)
        body = answers.investor_ranking(investor, basis.state, ranking, page)
        extent = holding.extent_of(ranking, page, query)
        return Made(body, partial(holding.of_gaps, investor, query, extent, basis.rules))

    return answer(work, basis, ["gaps_for", investor_id, *query.parts()], make, bypass=bypass)


def investors_for(work: Work, gap_id: str, query: RankingQuery, *, bypass: bool) -> Answer:
    """The investors that could mend a gap, best first.

    Raises:
        GapNotFound: no such gap.
        NotValid: the cursor, the policy or a filter is not known.
    """
    check_filter(work, query, "query")
    basis = basis_of(work, query)
    gap, after = find_gap(basis.state, gap_id), read_cursor(query.cursor)

    def make() -> Made:
        ranking = ranked_investors(basis, gap, query)
        page = page_of(ranking, query, after)
        body = answers.gap_ranking(gap, basis.state, ranking, page)
        extent = holding.extent_of(ranking, page, query)
        return Made(body, partial(holding.of_investors, gap, query, extent, basis.rules))

    return answer(work, basis, ["investors_for", gap_id, *query.parts()], make, bypass=bypass)


def one_pair(
    work: Work, investor_id: str, gap_id: str, query: PolicyQuery, *, bypass: bool
) -> Answer:
    """One investor held against one gap, in full, blocked or not.

    Raises:
        InvestorNotFound: no such investor.
        GapNotFound: no such gap.
        NotValid: the policy is not known.
    """
    basis = basis_of(work, query)
    investor, gap = find_investor(basis.state, investor_id), find_gap(basis.state, gap_id)
    placer = bench_of(work, basis.rules).scorer.placer

    def make() -> Made:
        body = answers.one_pair(investor, gap, basis.rules, placer)
        return Made(body, partial(holding.of_pair, investor_id, gap_id))

    return answer(work, basis, ["pair", investor_id, gap_id, *query.parts()], make, bypass=bypass)


def ranked_gaps(
    basis: Basis, investor: IndexedInvestor, query: PoolFilter, excluded: Collection[str] = ()
) -> Ranking:
    """The gaps the filter lets into the pool, less some by id, held against an investor."""
    with tracing.span("rank gaps"), basis.figures.rankings.timed("gaps"):
        near = near_gaps(basis.state, investor, query, excluded)
        return rank_gaps(investor.profile, basis.state.gaps, near, basis.rules, basis.compiled)


def near_gaps(
    state: State, investor: IndexedInvestor, query: PoolFilter, excluded: Collection[str] = ()
) -> Candidates:
    """The gaps the filter lets into the pool, less some by id, that may suit an investor."""
    pool = state.gaps
    near = pool.near(investor.profile) if wants_investor(investor, query) else NOBODY
    if excluded or narrows(query):
        gaps = map(pool.records.at, near.positions.tolist())
        near = _only(near, (wants_gap(g, query) and g.id not in excluded for g in gaps))
    return near


def ranked_investors(
    basis: Basis, gap: IndexedGap, query: PoolFilter, excluded: Collection[str] = ()
) -> Ranking:
    """The investors the filter lets into the pool, less some by id, held against a gap."""
    with tracing.span("rank investors"), basis.figures.rankings.timed("investors"):
        near = near_investors(basis.state, gap, query, excluded)
        pool = basis.state.investors
        return rank_investors(gap.profile, pool, near, basis.rules, basis.compiled)


def near_investors(
    state: State, gap: IndexedGap, query: PoolFilter, excluded: Collection[str] = ()
) -> Candidates:
    """The investors the filter lets into the pool, less some by id, that may suit a gap."""
    pool = state.investors
    near = pool.near(gap.profile) if wants_gap(gap, query) else NOBODY
    if query.origin is not None:
        near = near.only(wanted_investors(pool.sheet, near.positions, query))
    if excluded:
        at = (pool.records.position(id_) for id_ in excluded)
        near = near.only(~np.isin(near.positions, [one for one in at if one is not None]))
    return near


def basis_of(work: Work, query: PolicyQuery, where: str = "query") -> Basis:
    """Today's pools under the rules asked for; `where` is the part of the request that asks.

    Raises:
        NotValid: the policy is not known.
    """
    rules = rules_for(work, query, where)
    runtime = work.runtime
    return Basis(state_under(work, rules), rules, runtime.scorer.compiled, runtime.figures)


def bench_of(work: Work, rules: Ruleset) -> Bench:
    """The placer and the pools of the reference that a ruleset rests on."""
    return work.runtime.library.bench(rules.reference)


def state_under(work: Work, rules: Ruleset) -> State:
    """Both pools by the reference of a ruleset, level with what the session sees, today."""
    return bench_of(work, rules).index.at(work.session, clock.china_day())


def rules_for(work: Work, query: PolicyQuery, where: str = "query") -> Ruleset:
    """The ruleset asked for, else the one in force today; `where` is the part of the request.

    Raises:
        NotValid: there is none, or none of that name, on that day.
    """
    day = query.as_of or clock.china_day()
    known = work.rules
    rules = known.on(day, query.policy_id)
    if rules is not None:
        return rules
    if query.policy_id is None:
        raise invalid(f"No policy is in force on {day}", where, "as_of")
    ids = ", ".join(dict.fromkeys(term.rules.policy.id for term in known.terms))
    message = f"No policy {query.policy_id} is in force on {day}; known: {ids}"
    raise invalid(message, where, "policy_id")


def find_investor(state: State, investor_id: str) -> IndexedInvestor:
    """The investor of that id.

    Raises:
        InvestorNotFound: there is none.
    """
    investor = state.investors.records.get(investor_id)
    if investor is None:
        raise InvestorNotFound(f"There is no investor {investor_id}")
    return investor


def find_gap(state: State, gap_id: str) -> IndexedGap:
    """The gap of that id.

    Raises:
        GapNotFound: there is none.
    """
    gap = state.gaps.records.get(gap_id)
    if gap is None:
        raise GapNotFound(f"There is no gap {gap_id}")
    return gap


def check_filter(work: Work, query: PoolFilter, *where: str) -> None:
    """Nothing when chain and province are known; `where` is the place in the request.

    Raises:
        NotValid: one of them is not.
    """
    reference = work.reference
    if query.chain_id is not None and query.chain_id not in reference.chains:
        raise invalid(f"There is no chain {query.chain_id}", *where, "chain_id")
    if query.province_code is not None and query.province_code not in reference.provinces:
        raise invalid(f"There is no province {query.province_code}", *where, "province_code")


def answer(
    work: Work, basis: Basis, question: list[str], make: Callable[[], Made], *, bypass: bool
) -> Answer:
    """The bytes of an answer, made where none is kept that is right, or where none is wanted.

    Args:
        work: the request.
        basis: what the answer rests on; its ruleset and day belong to the question.
        question: what is asked, whatever the records are.
        make: makes the answer.
        bypass: leaves out all that is kept.
    """
    if bypass:
        work.runtime.cache.note_bypass()
        return Answer(Entry.of(make().body), None, basis.state)
    state, runtime = basis.state, work.runtime
    named = [ANSWER_FORM, state.day.isoformat(), basis.rules.digest, *question]
    asked = cache_key(named)
    known = runtime.rechecking.recall(asked, state.mark, bench_of(work, basis.rules).index.changes)
    if known is not None:
        runtime.cache.note_found()
        return Answer(known, Hit.HIT, state)
    made: list[Made] = []

    def make_here() -> bytes:
        made.append(make())
        return made[0].body

    entry, hit = runtime.cache.compute(cache_key([state.mark.id, *named]), make_here)
    for one in made:
        runtime.rechecking.keep(asked, state.mark, entry, one.holds)
    return Answer(entry, hit, state)


def _only(near: Candidates, wanted: Iterable[bool]) -> Candidates:
    return near.only(np.fromiter(wanted, np.bool_, len(near.positions)))
