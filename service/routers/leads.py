"""`/v1/leads`: partners hand in leads and follow them; administrators decide."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from models.contact import LeadContacts
from models.lead import LeadCreate, MergeRequest, TransitionRequest
from models.lead_answers import (
    LeadBrief,
    LeadForAdmin,
    LeadMoveForAdmin,
    LeadMovePublic,
    LeadPublic,
)
from models.page import Page
from service.conditional import NO_CONDITIONS, render, render_created
from service.dependencies import (
    AdminWrites,
    Conditions,
    LeadReads,
    LeadWrites,
    PartnerWrites,
    TicketDep,
)
from service.errors import (
    GapNotFound,
    InvestorNotFound,
    KeyReused,
    LeadNotFound,
    StillRunning,
    VersionPassed,
)
from service.filters import LeadFilter
from service.lead_errors import (
    GapFull,
    GapNotOpen,
    LeadAhead,
    LeadExists,
    MoveRefused,
    NotMerged,
    PlaceHeld,
    PlacesCollide,
    SameCompany,
)
from service.pagination import PageParams
from service.problems import responses
from service.usecases import erasure, leads, merging, transitions

router = APIRouter(prefix="/v1/leads", tags=["leads"])


@router.post(
    "",
    status_code=201,
    response_model=LeadPublic,
    summary="提交线索 · Hand in a lead",
    responses=responses(LeadExists, GapNotFound, InvestorNotFound, StillRunning, KeyReused),
)
def submit_lead(work: PartnerWrites, ticket: TicketDep, body: LeadCreate) -> Response:
    """Hand in an investor for an open gap, or for a link with or without a zone.

    The answer says by when you hear of it (`clocks`), where the investor belongs (`placement`) and
    which open gaps it fits best (`matches`). Persons need a `consent`; they are shown to you and to
    administrators only. For a company of which you have a live lead at the same place the answer
    is 409 with its id as `lead_id`.
    """
    made = leads.submit(work, body, ticket)
    shape = leads.written(work, made.id)
    return render_created(shape, f"/v1/leads/{made.id}", is_replay=made.is_replay)


@router.get("", summary="线索列表 · List leads")
def list_leads(
    work: LeadReads,
    wanted: Annotated[LeadFilter, Query()],
    page: Annotated[PageParams, Query()],
) -> Page[LeadBrief]:
    """Your leads (for administrators: all), newest first; all filters given must hold."""
    return leads.list_page(work, wanted, page)


@router.get(
    "/{lead_id}",
    response_model=LeadForAdmin | LeadPublic,
    summary="线索详情 · Read a lead",
    responses=responses(LeadNotFound),
)
def read_lead(work: LeadReads, conditions: Conditions, lead_id: str) -> Response:
    """One lead in full. Administrators also see who holds the place and what may be the same."""
    return render(leads.read(work, lead_id), conditions)


@router.get(
    "/{lead_id}/events",
    summary="线索进程 · List the moves of a lead",
    responses=responses(LeadNotFound),
)
def list_lead_moves(
    work: LeadReads, lead_id: str, page: Annotated[PageParams, Query()]
) -> Page[LeadMoveForAdmin] | Page[LeadMovePublic]:
    """What has become of a lead: each move with when, by whom and why, oldest first."""
    return leads.list_moves(work, lead_id, page)


@router.post(
    "/{lead_id}/transitions",
    response_model=LeadForAdmin | LeadPublic,
    summary="线索流转 · Move a lead",
    responses=responses(LeadNotFound, MoveRefused, PlaceHeld, LeadAhead, GapNotOpen, GapFull),
)
def move_lead(work: LeadWrites, lead_id: str, body: TransitionRequest) -> Response:
    """Move a lead to another status; to the one it has, that is a report of its progress.

    Partners send a returned lead in again (`submitted`), report (`accepted`, `negotiating`) and
    withdraw; all else is for administrators. A move that is not open is a 409 that names those
    that are, in `allowed`. From `accepted` on the lead holds its company at its place, and the
    investor is in the pool; of several leads for it the first registered must be decided first.
    `signed` takes a place of the gap's capacity; with `landed` the firm becomes an enterprise of
    the zone, and the severity of the gap and of those next to it falls.
    """
    transitions.transition(work, lead_id, body)
    return render(leads.written(work, lead_id), NO_CONDITIONS)


@router.get(
    "/{lead_id}/contacts",
    summary="线索联系人 · Read the persons of a lead",
    responses=responses(LeadNotFound),
)
def read_lead_contacts(work: LeadReads, lead_id: str) -> LeadContacts:
    """All that is held on the persons named in a lead, with its purpose, the consent and its end.

    For the lead's partner and administrators; hand it to the persons when they ask.
    """
    return erasure.read(work, lead_id)


@router.delete(
    "/{lead_id}/contacts",
    status_code=204,
    summary="删除联系人 · Erase the persons of a lead",
    responses=responses(LeadNotFound, VersionPassed),
)
def erase_lead_contacts(work: LeadWrites, conditions: Conditions, lead_id: str) -> None:
    """Erase the persons named in a lead and their consent, for good; the lead stays.

    Without a call it happens when the time agreed is over (`retain_until`).
    """
    erasure.erase(work, lead_id, conditions)


@router.post(
    "/{lead_id}/merge",
    response_model=LeadForAdmin,
    summary="合并企业 · Merge the companies of two leads",
    responses=responses(LeadNotFound, SameCompany, PlacesCollide),
)
def merge_lead(work: AdminWrites, lead_id: str, body: MergeRequest) -> Response:
    """Take the company of a lead for that of another: all leads of both are then of one company.

    Nothing of the leads changes, and partners do not learn of it. Refused where both companies are
    held at one place. Related companies are not merged: `duplicates` links them.
    """
    merging.merge(work, lead_id, body.into)
    return render(leads.written(work, lead_id), NO_CONDITIONS)


@router.post(
    "/{lead_id}/unmerge",
    response_model=LeadForAdmin,
    summary="撤销合并 · Undo a merge",
    responses=responses(LeadNotFound, NotMerged),
)
def unmerge_lead(work: AdminWrites, lead_id: str) -> Response:
    """Undo the last merge by which the company of a lead became another; all is as before it.

    Also undoes what was joined by itself when the lead was handed in.
    """
    merging.unmerge(work, lead_id)
    return render(leads.written(work, lead_id), NO_CONDITIONS)
