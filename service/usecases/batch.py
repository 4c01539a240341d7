"""Many rankings in one call: stored records, unsaved profiles, weights of the caller's own."""

import json
from dataclasses import dataclass

from matching.engine import Ranking
from matching.reweighting import reweighted
from matching.ruleset import Ruleset, ruleset
from models.investor import Investor, InvestorCreate
from models.match_batch import MatchQuery, MatchRequest
from models.ranking_query import PolicyQuery, RankingQuery
from service import answers
from service.errors import invalid
from service.index import IndexedInvestor, State
from service.listing import page_of
from service.runtime import Work
from service.usecases import ranking
from service.usecases.reference_checks import check_codes

UNSAVED = "unsaved"
LAST = 2**62
"""An unsaved profile comes after every registered one."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What all rankings of one call have in common."""

    work: Work
    state: State
    rules: Ruleset
    limit: int
    excluded: frozenset[tuple[str, str]]
    """(investor, gap) that must not come up."""


def match(work: Work, request: MatchRequest) -> bytes:
    """The answer of `POST /v1/match`: `{"results": {name: ranking}}`; nothing is stored.

    Raises:
        NotValid: a weight, policy, filter or code is not known.
        InvestorNotFound: no such investor.
        GapNotFound: no such gap.
    """
    batch = Batch(
        work,
        ranking.current_state(work),
        _rules(work, request),
        request.limit,
        frozenset((pair.investor_id, pair.gap_id) for pair in request.exclude_pairs),
    )
    parts = [
        json.dumps(name).encode() + b":" + _one(batch, name, query)
        for name, query in request.queries.items()
    ]
    return b'{"results":{' + b",".join(parts) + b"}}"


def _rules(work: Work, request: MatchRequest) -> Ruleset:
    chosen = PolicyQuery(policy_id=request.policy_id, as_of=request.as_of)
    rules = ranking.rules_for(work, chosen, "body")
    if not request.weights:
        return rules
    try:
        return ruleset(reweighted(rules.policy, request.weights), rules.reference)
    except ValueError as error:
        raise invalid(str(error), "body", "weights") from error


def _one(batch: Batch, name: str, query: MatchQuery) -> bytes:
    ranking.check_filter(batch.work, query, "body", "queries", name)
    page = RankingQuery(limit=batch.limit, min_score=query.min_score, diversify=query.diversify)
    if query.gap_id is not None:
        gap = ranking.find_gap(batch.state, query.gap_id)
        ranked = ranking.ranked_investors(gap, batch.state, batch.rules, query)
        left = _without(ranked, batch)
        return answers.gap_ranking(gap, batch.state, left, page_of(left, page, None), batch.rules)
    investor = _investor(batch, name, query)
    left = _without(ranking.ranked_gaps(investor, batch.state, batch.rules, query), batch)
    return answers.investor_ranking(
        investor, batch.state, left, page_of(left, page, None), batch.rules
    )


def _investor(batch: Batch, name: str, query: MatchQuery) -> IndexedInvestor:
    if query.investor is not None:
        return _unsaved(batch, name, query.investor)
    return ranking.find_investor(batch.state, query.investor_id or "")


def _unsaved(batch: Batch, name: str, body: InvestorCreate) -> IndexedInvestor:
    """A profile made ready as if it were registered."""
    runtime = batch.work.runtime
    where = ("body", "queries", name, "investor")
    check_codes(runtime.scorer.reference, dict(body), where)
    made_up = {"id": UNSAVED, "number": LAST, "created_by": UNSAVED}
    return runtime.index.indexed_investor(Investor.model_validate(body, update=made_up))


def _without(ranked: Ranking, batch: Batch) -> Ranking:
    """The ranking without the excluded pairs."""
    if not batch.excluded:
        return ranked
    return Ranking(
        [s for s in ranked.eligible if s.pair.ids not in batch.excluded],
        [b for b in ranked.blocked if b.pair.ids not in batch.excluded],
    )
