"""Rankings in both directions, and one pair in full; the cache keeps their bytes."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from matching.engine import Ranking, Scored, rank_gaps, rank_investors
from matching.ruleset import Ruleset
from models.ranking_query import PolicyQuery, RankingQuery
from service import answers, clock
from service.cache import Entry, Hit, cache_key
from service.errors import GapNotFound, InvestorNotFound, invalid
from service.index import IndexedGap, IndexedInvestor, State
from service.runtime import Work

ANSWER_FORM = "1"
"""Goes up when the same inputs are rendered to other bytes."""

Key = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes of an answer, and whether they were there already."""

    entry: Entry
    hit: Hit | None
    """None: the cache was passed by on the caller's wish."""


def gaps_for(work: Work, investor_id: str, query: RankingQuery, *, bypass: bool) -> Answer:
    """The gaps an investor could mend, best first.

    Raises:
        InvestorNotFound: no such investor.
        NotValid: the cursor, the policy or a filter is not known.
    """
    _check_filters(work, query)
    state, rules = _state_and_rules(work, query)
    investor = state.investors.get(investor_id)
    if investor is None:
        raise InvestorNotFound(f"There is no investor {investor_id}")
    after = _read_cursor(query.cursor)

    def make() -> bytes:
        gaps = (g.profile for g in state.gaps_near(investor.profile) if _wants_gap(g, query))
        ranking = rank_gaps(investor.profile, gaps if _wants(investor, query) else (), rules)
        page = _page(ranking, query, after)
        return answers.investor_ranking(investor, state, ranking, page, rules)

    return _answer(work, ["gaps_for", investor_id, *_key(state, rules, query)], make, bypass=bypass)


def investors_for(work: Work, gap_id: str, query: RankingQuery, *, bypass: bool) -> Answer:
    """The investors that could mend a gap, best first.

    Raises:
        GapNotFound: no such gap.
        NotValid: the cursor, the policy or a filter is not known.
    """
    _check_filters(work, query)
    state, rules = _state_and_rules(work, query)
    gap = state.gaps.get(gap_id)
    if gap is None:
        raise GapNotFound(f"There is no gap {gap_id}")
    after = _read_cursor(query.cursor)

    def make() -> bytes:
        pool = (i.profile for i in state.investors.values() if _wants(i, query))
        ranking = rank_investors(gap.profile, pool if _wants_gap(gap, query) else (), rules)
        page = _page(ranking, query, after)
        return answers.gap_ranking(gap, state, ranking, page, rules)

    return _answer(work, ["investors_for", gap_id, *_key(state, rules, query)], make, bypass=bypass)


def one_pair(
    work: Work, investor_id: str, gap_id: str, query: PolicyQuery, *, bypass: bool
) -> Answer:
    """One investor held against one gap, in full, blocked or not.

    Raises:
        InvestorNotFound: no such investor.
        GapNotFound: no such gap.
        NotValid: the policy is not known.
    """
    state, rules = _state_and_rules(work, query)
    investor, gap = state.investors.get(investor_id), state.gaps.get(gap_id)
    if investor is None:
        raise InvestorNotFound(f"There is no investor {investor_id}")
    if gap is None:
        raise GapNotFound(f"There is no gap {gap_id}")
    placer = work.runtime.scorer.placer

    def make() -> bytes:
        return answers.one_pair(investor, gap, rules, placer)

    parts = ["pair", investor_id, gap_id, *_key(state, rules, query)]
    return _answer(work, parts, make, bypass=bypass)


def _state_and_rules(work: Work, query: PolicyQuery) -> tuple[State, Ruleset]:
    today = clock.china_day()
    rules = _rules(work, query, query.as_of or today)
    return work.runtime.index.at(work.session, today), rules


def _check_filters(work: Work, query: RankingQuery) -> None:
    reference = work.runtime.scorer.reference
    if query.chain_id is not None and query.chain_id not in reference.chains:
        raise invalid(f"There is no chain {query.chain_id}", "query", "chain_id")
    if query.province_code is not None and query.province_code not in reference.provinces:
        raise invalid(f"There is no province {query.province_code}", "query", "province_code")


def _rules(work: Work, query: PolicyQuery, day: date) -> Ruleset:
    rules = work.runtime.scorer.rules_on(day, query.policy_id)
    if rules is not None:
        return rules
    if query.policy_id is None:
        raise invalid(f"No policy is in force on {day}", "query", "as_of")
    known = ", ".join(policy.id for policy in work.runtime.scorer.policies)
    message = f"No policy {query.policy_id} is in force on {day}; known: {known}"
    raise invalid(message, "query", "policy_id")


def _key(state: State, rules: Ruleset, query: PolicyQuery) -> list[str]:
    """What names the answer: the state of the database, the day, the ruleset and the query."""
    return [ANSWER_FORM, state.mark.id, state.day.isoformat(), rules.digest, *query.parts()]


def _answer(work: Work, parts: list[str], make: Callable[[], bytes], *, bypass: bool) -> Answer:
    if bypass:
        return Answer(Entry.of(make()), None)
    entry, hit = work.runtime.cache.compute(cache_key(parts), make)
    return Answer(entry, hit)


def _wants(investor: IndexedInvestor, query: RankingQuery) -> bool:
    return query.origin in {None, investor.profile.facts.origin}


def _wants_gap(gap: IndexedGap, query: RankingQuery) -> bool:
    facts = gap.profile.facts
    return (
        query.kind in {None, facts.kind}
        and query.chain_id in {None, gap.profile.link.chain_id}
        and query.region in {None, facts.zone.region}
        and query.province_code in {None, facts.zone.province_code}
    )


def _page(ranking: Ranking, query: RankingQuery, after: Key | None) -> answers.Page:
    """The matches after a key, with their ranks in the whole order."""
    listed = [s for s in ranking.eligible if s.score.score >= (query.min_score or 0)]
    start = 0 if after is None else bisect_right(listed, after, key=lambda scored: scored.key)
    end = start + query.limit
    more = end < len(listed)
    return answers.Page(
        listed[start:end], start + 1, write_cursor(listed[end - 1]) if more else None
    )


def write_cursor(scored: Scored) -> str:
    """Where the next page begins: after the key of this match."""
    return urlsafe_b64encode(",".join(map(str, scored.key)).encode()).decode().rstrip("=")


def _read_cursor(cursor: str | None) -> Key | None:
    if cursor is None:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        one, two, three, four, five = map(int, urlsafe_b64decode(padded).decode("ascii").split(","))
    except ValueError as error:
        raise invalid("is not a cursor of this list", "query", "cursor") from error
    return one, two, three, four, five
