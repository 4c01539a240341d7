"""`/v1/admin/partners`: who may hand in leads."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from models.page import Page
from models.partner import PartnerCreate, PartnerPublic, PartnerUpdate
from service.conditional import NO_CONDITIONS, render, render_created
from service.dependencies import AdminReads, AdminWrites, Conditions, TicketDep
from service.errors import AlreadyClosed, KeyReused, PartnerNotFound, StillRunning, VersionPassed
from service.pagination import PageParams
from service.problems import responses
from service.usecases import partners

router = APIRouter(prefix="/v1/admin/partners", tags=["partners"])


@router.post(
    "",
    status_code=201,
    response_model=PartnerPublic,
    summary="登记合伙人 · Register a partner",
    responses=responses(StillRunning, KeyReused),
)
def register_partner(work: AdminWrites, ticket: TicketDep, body: PartnerCreate) -> Response:
    """Register a partner; make it a key with `POST /v1/admin/keys` afterwards.

    Where `territories` are named, its leads must be for zones of these provinces.
    """
    made = partners.register(work, body, ticket)
    shape = partners.read(work, made.id)
    return render_created(shape, f"/v1/admin/partners/{made.id}", is_replay=made.is_replay)


@router.get("", summary="合伙人列表 · List partners")
def list_partners(work: AdminReads, page: Annotated[PageParams, Query()]) -> Page[PartnerPublic]:
    """All partners, oldest first, closed ones too."""
    return partners.list_page(work, page)


@router.get(
    "/{partner_id}",
    response_model=PartnerPublic,
    summary="合伙人详情 · Read a partner",
    responses=responses(PartnerNotFound),
)
def read_partner(work: AdminReads, conditions: Conditions, partner_id: str) -> Response:
    """One partner with what is agreed with it."""
    return render(partners.read(work, partner_id), conditions)


@router.patch(
    "/{partner_id}",
    response_model=PartnerPublic,
    summary="修改合伙人 · Change a partner",
    responses=responses(PartnerNotFound, AlreadyClosed, VersionPassed),
)
def change_partner(
    work: AdminWrites, conditions: Conditions, partner_id: str, body: PartnerUpdate
) -> Response:
    """Change the fields that are sent; null clears one. Leads handed in before keep their rules."""
    return render(partners.change(work, partner_id, body, conditions), NO_CONDITIONS)


@router.delete(
    "/{partner_id}",
    status_code=204,
    summary="关闭合伙人 · Close a partner",
    responses=responses(PartnerNotFound, VersionPassed),
)
def close_partner(work: AdminWrites, conditions: Conditions, partner_id: str) -> None:
    """Close a partner: its keys stop working at once, its leads stay. Again changes nothing."""
    partners.close(work, partner_id, conditions)
