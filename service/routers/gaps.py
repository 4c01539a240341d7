"""`/v1/gaps`: weak and missing links of zones, as they are registered."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from models.gap import GapCreate, GapPublic, GapUpdate
from models.page import Page
from service.conditional import NO_CONDITIONS, render, render_created
from service.dependencies import AnyoneReads, Conditions, PortalWrites, TicketDep
from service.errors import (
    AlreadyRegistered,
    GapNotFound,
    KeyReused,
    NotYours,
    StillRunning,
    VersionPassed,
)
from service.filters import GapFilter
from service.pagination import PageParams
from service.problems import responses
from service.usecases import gaps

router = APIRouter(prefix="/v1/gaps", tags=["gaps"])


@router.post(
    "",
    status_code=201,
    response_model=GapPublic,
    summary="登记弱链或缺链 · Register a gap",
    responses=responses(AlreadyRegistered, StillRunning, KeyReused),
)
def register_gap(work: PortalWrites, ticket: TicketDep, body: GapCreate) -> Response:
    """Register a zone's weak or missing link.

    Without `link_id` the link is found from `products`; when none or several fit, the answer is
    422 and names them, so that one can be chosen.
    """
    made = gaps.register(work, body, ticket)
    shape = gaps.read(work, made.id)
    return render_created(shape, f"/v1/gaps/{made.id}", is_replay=made.is_replay)


@router.get("", summary="弱链缺链列表 · List gaps")
def list_gaps(
    work: AnyoneReads,
    wanted: Annotated[GapFilter, Query()],
    page: Annotated[PageParams, Query()],
) -> Page[GapPublic]:
    """Gaps, newest first; all filters given must hold. Partners see those that are open today."""
    return gaps.list_page(work, wanted, page)


@router.get(
    "/{gap_id}",
    response_model=GapPublic,
    summary="弱链或缺链详情 · Read a gap",
    responses=responses(GapNotFound),
)
def read_gap(work: AnyoneReads, conditions: Conditions, gap_id: str) -> Response:
    """One gap with its zone. Partners see it while it is open, without owner and external_id."""
    return render(gaps.read(work, gap_id), conditions)


@router.patch(
    "/{gap_id}",
    response_model=GapPublic,
    summary="修改弱链或缺链 · Change a gap",
    responses=responses(GapNotFound, NotYours, AlreadyRegistered, VersionPassed),
)
def change_gap(
    work: PortalWrites, conditions: Conditions, gap_id: str, body: GapUpdate
) -> Response:
    """Change the fields that are sent; null clears one. `status` opens, fills or closes the gap."""
    return render(gaps.change(work, gap_id, body, conditions), NO_CONDITIONS)


@router.delete(
    "/{gap_id}",
    status_code=204,
    summary="关闭弱链或缺链 · Close a gap",
    responses=responses(GapNotFound, NotYours, VersionPassed),
)
def close_gap(work: PortalWrites, conditions: Conditions, gap_id: str) -> None:
    """Close a gap: no investor is ranked for it any more. A second call changes nothing."""
    gaps.close(work, gap_id, conditions)
