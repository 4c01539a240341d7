"""Many rankings in one call: stored records, unsaved profiles, weights of the caller's own."""

import json
from dataclasses import dataclass, replace

from matching.drafting import amended
from matching.policy import Policy
from matching.reweighting import reweighted
from matching.ruleset import ruleset
from models.investor import Investor, InvestorCreate
from models.match_batch import MatchQuery, MatchRequest
from models.ranking_query import PolicyQuery, RankingQuery
from service import answers
from service.errors import invalid
from service.indexed import IndexedInvestor
from service.listing import page_of
from service.runtime import Work
from service.usecases import ranking
from service.usecases.ranking import Basis
from service.usecases.reference_checks import check_codes

UNSAVED = "unsaved"
LAST = 2**62
"""An unsaved profile comes after every registered one."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What all rankings of one call have in common."""

    work: Work
    basis: Basis
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
        _basis(work, request),
        request.limit,
        frozenset((pair.investor_id, pair.gap_id) for pair in request.exclude_pairs),
    )
    parts = [
        json.dumps(name).encode() + b":" + _one(batch, name, query)
        for name, query in request.queries.items()
    ]
    return b'{"results":{' + b",".join(parts) + b"}}"


def _basis(work: Work, request: MatchRequest) -> Basis:
    chosen = PolicyQuery(policy_id=request.policy_id, as_of=request.as_of)
    basis = ranking.basis_of(work, chosen, "body")
    if not request.weights and not request.orientation:
        return basis
    policy = _changed(basis.rules.policy, request)
    return replace(basis, rules=ruleset(policy, basis.rules.reference))


def _changed(policy: Policy, request: MatchRequest) -> Policy:
    try:
        policy = reweighted(policy, request.weights or {})
    except ValueError as error:
        raise invalid(str(error), "body", "weights") from error
    try:
        return amended(policy, {"orientation": request.orientation or {}})
    except ValueError as error:
        raise invalid(str(error), "body", "orientation") from error


def _one(batch: Batch, name: str, query: MatchQuery) -> bytes:
    ranking.check_filter(batch.work, query, "body", "queries", name)
    basis = batch.basis
    page = RankingQuery(limit=batch.limit, min_score=query.min_score, diversify=query.diversify)
    if query.gap_id is not None:
        gap = ranking.find_gap(basis.state, query.gap_id)
        excluded = {investor for investor, gap_id in batch.excluded if gap_id == gap.id}
        ranked = ranking.ranked_investors(basis, gap, query, excluded)
        return answers.gap_ranking(gap, basis.state, ranked, page_of(ranked, page, None))
    investor = _investor(batch, name, query)
    excluded = {gap for investor_id, gap in batch.excluded if investor_id == investor.id}
    ranked = ranking.ranked_gaps(basis, investor, query, excluded)
    return answers.investor_ranking(investor, basis.state, ranked, page_of(ranked, page, None))


def _investor(batch: Batch, name: str, query: MatchQuery) -> IndexedInvestor:
    if query.investor is not None:
        return _unsaved(batch, name, query.investor)
    return ranking.find_investor(batch.basis.state, query.investor_id or "")


def _unsaved(batch: Batch, name: str, body: InvestorCreate) -> IndexedInvestor:
    """A profile made ready as if it were registered."""
    bench = ranking.bench_of(batch.work, batch.basis.rules)
    where = ("body", "queries", name, "investor")
    check_codes(bench.scorer.reference, dict(body), where)
    return bench.index.indexed_investor(as_if_registered(body))


def as_if_registered(body: InvestorCreate) -> Investor:
    """The row that a profile would be; it is in no session."""
    made_up = {"id": UNSAVED, "number": LAST, "created_by": UNSAVED}
    return Investor.model_validate(body, update=made_up)
