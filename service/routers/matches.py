"""Rankings: whom a gap should ask, what an investor could mend, and one pair in full."""

import time
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from models.match_batch import MatchRequest, MatchResults
from models.ranking import GapRanking, InvestorRanking, Pair
from models.ranking_query import PolicyQuery, RankingQuery
from models.receipt import ReceiptRequest, Replayed
from models.stability import StabilityPublic
from service import finished
from service.conditional import JSON
from service.dependencies import PortalReads
from service.errors import GapNotFound, InvestorNotFound, ReceiptOutdated
from service.finished import Asked
from service.problems import responses
from service.usecases import batch, ranking, receipts, steadiness

router = APIRouter(prefix="/v1", tags=["matching"])

InvestorId = Annotated[str, Path(description="The investor, `inv_…`")]
GapId = Annotated[str, Path(description="The gap, `gap_…`")]


@router.get(
    "/investors/{investor_id}/matches",
    summary="投资者匹配的需求 · Gaps for an investor",
    response_model=InvestorRanking,
    responses=responses(InvestorNotFound),
)
def list_gap_matches(
    work: PortalReads,
    investor_id: InvestorId,
    query: Annotated[RankingQuery, Query()],
    asked: Asked,
) -> Response:
    """Rank the open gaps for one investor, best first, with the reason for every point."""
    return finished.answer(work, asked, partial(ranking.gaps_for, work, investor_id, query))


@router.get(
    "/gaps/{gap_id}/matches",
    summary="需求匹配的投资者 · Investors for a gap",
    response_model=GapRanking,
    responses=responses(GapNotFound),
)
def list_investor_matches(
    work: PortalReads,
    gap_id: GapId,
    query: Annotated[RankingQuery, Query()],
    asked: Asked,
) -> Response:
    """Rank the registered investors for one gap, best first, with the reason for every point."""
    return finished.answer(work, asked, partial(ranking.investors_for, work, gap_id, query))


@router.get(
    "/investors/{investor_id}/matches/{gap_id}",
    summary="一对匹配详情 · One pair in full",
    response_model=Pair,
    responses=responses(InvestorNotFound, GapNotFound),
)
def get_match(
    work: PortalReads,
    investor_id: InvestorId,
    gap_id: GapId,
    query: Annotated[PolicyQuery, Query()],
    asked: Asked,
) -> Response:
    """Hold one investor against one gap: gates, points, reasons and what would add points."""
    return finished.answer(work, asked, partial(ranking.one_pair, work, investor_id, gap_id, query))


@router.post(
    "/match",
    summary="批量匹配与试算 · Match in batch or on trial",
    response_model=MatchResults,
    responses=responses(InvestorNotFound, GapNotFound),
)
def match_batch(work: PortalReads, body: MatchRequest) -> Response:
    """Up to 100 rankings in one call, also of unsaved profiles and under weights of your own.

    Nothing is stored.
    """
    started = time.perf_counter()
    answer = batch.match(work, body)
    headers = {"Cache-Control": "no-store", "Server-Timing": finished.timing(started)}
    return Response(answer, headers=headers, media_type=JSON)


@router.get(
    "/investors/{investor_id}/stability",
    summary="投资者排名稳定性 · Stability of an investor's ranking",
    response_model=StabilityPublic,
    responses=responses(InvestorNotFound),
)
def read_investor_stability(
    work: PortalReads,
    investor_id: InvestorId,
    query: Annotated[PolicyQuery, Query()],
    asked: Asked,
) -> Response:
    """How much of the top 3 survives small changes of weight and other methods."""
    return finished.answer(work, asked, partial(steadiness.of_investor, work, investor_id, query))


@router.get(
    "/gaps/{gap_id}/stability",
    summary="需求排名稳定性 · Stability of a gap's ranking",
    response_model=StabilityPublic,
    responses=responses(GapNotFound),
)
def read_gap_stability(
    work: PortalReads,
    gap_id: GapId,
    query: Annotated[PolicyQuery, Query()],
    asked: Asked,
) -> Response:
    """How much of the top 3 survives small changes of weight and other methods."""
    return finished.answer(work, asked, partial(steadiness.of_gap, work, gap_id, query))


@router.post(
    "/receipts/replay",
    summary="凭据复算 · Replay a receipt",
    response_model=Replayed,
    responses=responses(ReceiptOutdated),
)
def replay_receipt(work: PortalReads, body: ReceiptRequest) -> Response:
    """The match of a receipt once more, byte for byte, while what it rests on is unchanged."""
    answer = receipts.replay(work, body.receipt)
    return Response(answer, headers={"Cache-Control": "no-store"}, media_type=JSON)
