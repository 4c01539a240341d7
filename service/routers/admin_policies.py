"""`/v1/admin/policies`: administrators draft policies, let them rule, and roll them back."""

import time
from typing import Annotated, Final

from fastapi import APIRouter, Body, Query, Response

from models.page import Page
from models.policy_draft import PolicyActivation, PolicyCreate, PolicyForAdmin, PolicyUpdate
from models.policy_preview import PolicyPreview, PreviewRequest
from service.conditional import JSON, NO_CONDITIONS, render, render_created
from service.dependencies import AdminReads, AdminWrites, Conditions, TicketDep
from service.errors import (
    KeyReused,
    OwnRequest,
    PolicyNotDraft,
    PolicyNotFound,
    PolicyNotRuling,
    PolicyPending,
    StillRunning,
    VersionPassed,
)
from service.pagination import PageParams
from service.problems import responses
from service.usecases import policy_life, previews

router = APIRouter(prefix="/v1/admin/policies", tags=["administration"])

AS_USUAL: Final = PreviewRequest()


@router.post(
    "",
    status_code=201,
    response_model=PolicyForAdmin,
    summary="起草政策 · Draft a policy",
    responses=responses(StillRunning, KeyReused),
)
def draft_policy(work: AdminWrites, ticket: TicketDep, body: PolicyCreate) -> Response:
    """Draft a policy from the one in force, or from another one, with some figures changed.

    A draft moves no ranking until it is activated.
    """
    made = policy_life.draft(work, body, ticket)
    shape = policy_life.read(work, made.id)
    return render_created(shape, f"/v1/admin/policies/{made.id}", is_replay=made.is_replay)


@router.get("", summary="政策草案列表 · List administrators' policies")
def list_drafted_policies(
    work: AdminReads, page: Annotated[PageParams, Query()]
) -> Page[PolicyForAdmin]:
    """Administrators' policies, drafts too, the newest first; the built-in ones are not here."""
    return policy_life.list_page(work, page)


@router.get(
    "/{policy_id}",
    response_model=PolicyForAdmin,
    summary="政策草案详情 · Read an administrator's policy",
    responses=responses(PolicyNotFound),
)
def read_drafted_policy(work: AdminReads, conditions: Conditions, policy_id: str) -> Response:
    """One policy of an administrator's with its figures, a draft or not."""
    return render(policy_life.read(work, policy_id), conditions)


@router.patch(
    "/{policy_id}",
    response_model=PolicyForAdmin,
    summary="修改政策草案 · Change a draft",
    responses=responses(PolicyNotFound, PolicyNotDraft, PolicyPending, VersionPassed),
)
def change_drafted_policy(
    work: AdminWrites, conditions: Conditions, policy_id: str, body: PolicyUpdate
) -> Response:
    """Lay the figures that are sent over the draft's. What has been activated stays as it was."""
    return render(policy_life.change(work, policy_id, body, conditions), NO_CONDITIONS)


@router.delete(
    "/{policy_id}",
    status_code=204,
    summary="放弃政策草案 · Give a draft up",
    responses=responses(PolicyNotFound, PolicyNotDraft, PolicyPending, VersionPassed),
)
def close_drafted_policy(work: AdminWrites, conditions: Conditions, policy_id: str) -> None:
    """Give a draft up: it stays readable, is listed no more and never rules."""
    policy_life.close(work, policy_id, conditions)


@router.post(
    "/{policy_id}/preview",
    response_model=PolicyPreview,
    summary="试算政策影响 · Preview a policy",
    responses=responses(PolicyNotFound),
)
def preview_policy(
    work: AdminReads, policy_id: str, body: Annotated[PreviewRequest, Body()] = AS_USUAL
) -> Response:
    """Who would enter, leave or move at the top of rankings, by which points; nothing is stored.

    The rankings are made as those that are served, over today's pools: after activation they are
    exactly the previewed ones. Where not all subjects can be compared, `scope` says how many were.
    """
    started = time.perf_counter()
    answer = previews.preview(work, policy_id, body)
    took = (time.perf_counter() - started) * 1000
    headers = {"Cache-Control": "no-store", "Server-Timing": f"preview;dur={took:.1f}"}
    return Response(answer, headers=headers, media_type=JSON)


@router.post(
    "/{policy_id}/activate",
    response_model=PolicyForAdmin,
    summary="启用政策 · Activate a policy",
    responses=responses(PolicyNotFound, PolicyNotDraft, OwnRequest),
)
def activate_policy(work: AdminWrites, policy_id: str, body: PolicyActivation) -> Response:
    """Let a draft rule from a day on. Rankings asked `as_of` an earlier day keep their policy.

    Where two administrators are needed (`BULIAN_TWO_ADMINISTRATORS`), the first call asks for it:
    the answer is still a draft, with `pending`. The same call by another administrator confirms.
    """
    return render(policy_life.activate(work, policy_id, body), NO_CONDITIONS)


@router.post(
    "/{policy_id}/rollback",
    response_model=PolicyForAdmin,
    summary="回退政策 · Roll a policy back",
    responses=responses(PolicyNotFound, PolicyNotRuling, OwnRequest),
)
def roll_policy_back(work: AdminWrites, policy_id: str) -> Response:
    """Let a policy rule no more from today on: the one before it rules again, byte for byte.

    Where two administrators are needed, the first call asks for it and another one's confirms.
    """
    return render(policy_life.roll_back(work, policy_id), NO_CONDITIONS)


@router.delete(
    "/{policy_id}/pending",
    status_code=204,
    summary="撤回待确认的请求 · Withdraw what awaits a second administrator",
    responses=responses(PolicyNotFound),
)
def withdraw_policy_request(work: AdminWrites, policy_id: str) -> None:
    """Forget an activation or a rollback that awaits a second administrator, whoever asked."""
    policy_life.withdraw(work, policy_id)
