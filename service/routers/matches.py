"""Rankings: whom a gap should ask, what an investor could mend, and one pair in full."""

import time
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query, Request, Response

from models.ranking import GapRanking, InvestorRanking, Pair
from models.ranking_query import PolicyQuery, RankingQuery
from service.cache import Hit
from service.conditional import JSON, REVALIDATE
from service.dependencies import Conditions, PortalReads
from service.errors import GapNotFound, InvestorNotFound
from service.problems import responses
from service.usecases import ranking
from service.usecases.ranking import Answer

router = APIRouter(prefix="/v1", tags=["matching"])

STATUS: Final = {Hit.HIT: "bulian; hit", Hit.MISS: "bulian; fwd=miss", None: "bulian; fwd=bypass"}
"""`Cache-Status` (RFC 9211)."""

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
    conditions: Conditions,
    request: Request,
) -> Response:
    """Rank the open gaps for one investor, best first, with the reason for every point."""
    started = time.perf_counter()
    answer = ranking.gaps_for(work, investor_id, query, bypass=_wants_fresh(request))
    return _render(answer, conditions, started)


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
    conditions: Conditions,
    request: Request,
) -> Response:
    """Rank the registered investors for one gap, best first, with the reason for every point."""
    started = time.perf_counter()
    answer = ranking.investors_for(work, gap_id, query, bypass=_wants_fresh(request))
    return _render(answer, conditions, started)


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
    conditions: Conditions,
    request: Request,
) -> Response:
    """Hold one investor against one gap: gates, points, reasons and what would add points."""
    started = time.perf_counter()
    answer = ranking.one_pair(work, investor_id, gap_id, query, bypass=_wants_fresh(request))
    return _render(answer, conditions, started)


def _wants_fresh(request: Request) -> bool:
    """Whether the caller asks for an answer made anew (RFC 9111, no-cache or no-store)."""
    wish = request.headers.get("cache-control", "").lower()
    return "no-cache" in wish or "no-store" in wish


def _render(answer: Answer, conditions: Conditions, started: float) -> Response:
    milliseconds = (time.perf_counter() - started) * 1000
    headers = {
        "ETag": answer.entry.etag,
        "Cache-Control": REVALIDATE,
        "Cache-Status": STATUS[answer.hit],
        "Server-Timing": f"ranking;dur={milliseconds:.1f}",
        "Vary": "Authorization",
    }
    if conditions.has(answer.entry.etag):
        return Response(status_code=304, headers=headers)
    return Response(answer.entry.body, headers=headers, media_type=JSON)
