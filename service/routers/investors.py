"""`/v1/investors`: investors register, and are read, changed and closed."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from models.investor import InvestorCreate, InvestorPublic, InvestorUpdate
from models.page import Page
from service.conditional import NO_CONDITIONS, render, render_created
from service.dependencies import Conditions, PortalReads, PortalWrites, TicketDep
from service.errors import (
    AlreadyClosed,
    AlreadyRegistered,
    InvestorNotFound,
    KeyReused,
    NotYours,
    StillRunning,
    VersionPassed,
)
from service.filters import InvestorFilter
from service.pagination import PageParams
from service.problems import responses
from service.usecases import investors

router = APIRouter(prefix="/v1/investors", tags=["investors"])


@router.post(
    "",
    status_code=201,
    response_model=InvestorPublic,
    summary="登记投资者 · Register an investor",
    responses=responses(AlreadyRegistered, StillRunning, KeyReused),
)
def register_investor(work: PortalWrites, ticket: TicketDep, body: InvestorCreate) -> Response:
    """Register an investor with its plan, and learn where in the chains it belongs.

    Only a name, a country and products or industry codes are needed; every further field raises
    `completeness`. A record that may be the same investor is named, never merged.
    """
    made = investors.register(work, body, ticket)
    shape = investors.read(work, made.id)
    return render_created(shape, f"/v1/investors/{made.id}", is_replay=made.is_replay)


@router.get("", summary="投资者列表 · List investors")
def list_investors(
    work: PortalReads,
    wanted: Annotated[InvestorFilter, Query()],
    page: Annotated[PageParams, Query()],
) -> Page[InvestorPublic]:
    """Active investors of the pool, newest first; all filters given must hold."""
    return investors.list_page(work, wanted, page)


@router.get(
    "/{investor_id}",
    response_model=InvestorPublic,
    summary="投资者详情 · Read an investor",
    responses=responses(InvestorNotFound),
)
def read_investor(work: PortalReads, conditions: Conditions, investor_id: str) -> Response:
    """One investor, closed ones too, with its placement and what it may duplicate."""
    return render(investors.read(work, investor_id), conditions)


@router.patch(
    "/{investor_id}",
    response_model=InvestorPublic,
    summary="修改投资者 · Change an investor",
    responses=responses(
        InvestorNotFound, NotYours, AlreadyClosed, AlreadyRegistered, VersionPassed
    ),
)
def change_investor(
    work: PortalWrites, conditions: Conditions, investor_id: str, body: InvestorUpdate
) -> Response:
    """Change the fields that are sent; null clears one. The whole record must stay valid.

    With `If-Match` the change is made only if the record still has the version that was read.
    """
    return render(investors.change(work, investor_id, body, conditions), NO_CONDITIONS)


@router.delete(
    "/{investor_id}",
    status_code=204,
    summary="关闭投资者 · Close an investor",
    responses=responses(InvestorNotFound, NotYours, VersionPassed),
)
def close_investor(work: PortalWrites, conditions: Conditions, investor_id: str) -> None:
    """Take an investor out of the pool; it stays readable. A second call changes nothing."""
    investors.close(work, investor_id, conditions)
