"""The answers of rankings made pair by pair, in plain Python: slow, and what is served must be it.

Filters, rounds, pages and cursors are written anew here, over whole lists of scored pairs.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, NamedTuple

from matching.explanation import explain
from matching.gates import standing
from matching.ruleset import Ruleset
from matching.vocabulary import Verdict
from models.ranking import GapRanking, InvestorRanking
from models.ranking_query import Diversify, RankingQuery
from service import answers
from service.indexed import IndexedGap, IndexedInvestor
from service.listing import Key, write_cursor
from tests.matching import oracle
from tests.matching.oracle import Blocked, Ranked, Scored


class Placed(NamedTuple):
    round: int
    rank: int
    scored: Scored

    @property
    def key(self) -> Key:
        return self.round, *oracle.key(self.scored)


def gaps_for(
    investor: IndexedInvestor,
    gaps: Iterable[IndexedGap],
    query: RankingQuery,
    after: Key | None,
    rules: Ruleset,
) -> bytes:
    pool = [gap for gap in gaps if wants_gap(gap, query)] if wants(investor, query) else []
    by_id = {gap.id: gap for gap in pool}
    ranked = oracle.rank_gaps(investor.profile, (gap.profile for gap in pool), rules)
    matches, rest = page(ranked, query, after)
    facts = investor.profile.facts
    body: dict[str, Any] = {
        **answers.head("investor", facts.id, facts.version, rules),
        "kept_out": [asdict(one) for one in standing.of_investor(investor.profile.row)],
        **rest,
        "blocked": [
            {"gap_id": stopped.pair.gap.facts.id, **reason(stopped)}
            for stopped in ranked.blocked[: answers.MOST_BLOCKED]
        ],
        "matches": [
            {
                "rank": match.rank,
                "gap": answers.shown_gap(by_id[match.scored.pair.gap.facts.id]),
                **asdict(explain(match.scored, rules)),
            }
            for match in matches
        ],
    }
    return answers.written(InvestorRanking, body)


def investors_for(
    gap: IndexedGap,
    investors: Iterable[IndexedInvestor],
    query: RankingQuery,
    after: Key | None,
    rules: Ruleset,
) -> bytes:
    pool = [who for who in investors if wants(who, query)] if wants_gap(gap, query) else []
    by_id = {who.id: who for who in pool}
    ranked = oracle.rank_investors(gap.profile, (who.profile for who in pool), rules)
    matches, rest = page(ranked, query, after)
    facts = gap.profile.facts
    body: dict[str, Any] = {
        **answers.head("gap", facts.id, facts.version, rules),
        "kept_out": [asdict(one) for one in standing.of_gap(gap.profile.row)],
        **rest,
        "blocked": [
            {"investor_id": stopped.pair.investor.facts.id, **reason(stopped)}
            for stopped in ranked.blocked[: answers.MOST_BLOCKED]
        ],
        "matches": [
            {
                "rank": match.rank,
                "investor": answers.shown_investor(by_id[match.scored.pair.investor.facts.id]),
                **asdict(explain(match.scored, rules)),
            }
            for match in matches
        ],
    }
    return answers.written(GapRanking, body)


def page(
    ranked: Ranked, query: RankingQuery, after: Key | None
) -> tuple[list[Placed], dict[str, Any]]:
    """The matches of a page, and the counts and the cursor beside them."""
    seen: Counter[str] = Counter()
    placed: list[Placed] = []
    for rank, scored in enumerate(ranked.eligible, 1):
        group = group_of(scored, query.diversify)
        placed.append(Placed(seen[group], rank, scored))
        if query.diversify is not Diversify.NONE:
            seen[group] += 1
    placed.sort(key=lambda match: match.key)
    reached = [match for match in placed if match.scored.score.score >= (query.min_score or 0)]
    following = [match for match in reached if after is None or match.key > after]
    matches = following[: query.limit]
    cursor = write_cursor(matches[-1].key) if len(following) > query.limit else None
    counts = {"eligible": len(ranked.eligible), "blocked_total": len(ranked.blocked)}
    return matches, {**counts, "next_cursor": cursor}


def group_of(scored: Scored, diversify: Diversify) -> str:
    gap = scored.pair.gap
    return gap.link.chain_id if diversify is Diversify.CHAIN else gap.facts.zone.id


def reason(stopped: Blocked) -> dict[str, Any]:
    found = stopped.gate.findings(stopped.pair)
    first = next(finding for finding in found if finding.verdict is Verdict.BLOCKED)
    return {name: getattr(first, name) for name in ("gate", "zh", "en", "source")}


def wants(investor: IndexedInvestor, query: RankingQuery) -> bool:
    return query.origin in {None, investor.profile.facts.origin}


def wants_gap(gap: IndexedGap, query: RankingQuery) -> bool:
    facts = gap.profile.facts
    return (
        query.kind in {None, facts.kind}
        and query.chain_id in {None, gap.profile.link.chain_id}
        and query.region in {None, facts.zone.region}
        and query.province_code in {None, facts.zone.province_code}
    )
