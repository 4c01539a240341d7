"""`/v1/webhooks`: partners and portals are told of what concerns them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from models.page import Page
from models.webhook import (
    DeliveryPublic,
    WebhookCreate,
    WebhookPublic,
    WebhookUpdate,
    WebhookWithSecret,
)
from service import database, security
from service.conditional import NO_CONDITIONS, render, render_created
from service.dependencies import (
    ANYONE,
    AnyoneReads,
    AnyoneWrites,
    Conditions,
    Credential,
    RuntimeDep,
    TicketDep,
)
from service.errors import (
    AlreadyClosed,
    KeyReused,
    StillRunning,
    VersionPassed,
    invalid,
)
from service.pagination import SMALL, PageParams
from service.people.person import Person
from service.problems import responses
from service.runtime import Runtime
from service.usecases import webhooks
from service.webhook_errors import (
    DeliveryNotFound,
    TooManyWebhooks,
    WebhookNotActive,
    WebhookNotFound,
)
from service.webhooks.addresses import AddressRefused

LOOK_UPS = 4
"""Names that are looked up at once, in one process: a resolver may be slow."""

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])


def check_address(runtime: Runtime, given: str | Person, url: str | None) -> None:
    """Nothing when the address may be called. Strangers have nothing looked up for them."""
    with database.snapshot(runtime.engine) as session:
        security.admit(session, given, ANYONE)
    if url is None:
        return
    try:
        runtime.gate.check(url)
    except AddressRefused as refusal:
        raise invalid(str(refusal), "body", "url") from refusal


def checked_create(runtime: RuntimeDep, given: Credential, body: WebhookCreate) -> WebhookCreate:
    """The body, its address looked at."""
    check_address(runtime, given, body.url)
    return body


def checked_update(runtime: RuntimeDep, given: Credential, body: WebhookUpdate) -> WebhookUpdate:
    """The body, its address looked at where it has one."""
    check_address(runtime, given, body.changes().get("url"))
    return body


# A body comes first in a signature: names are looked up before the transaction begins, which on
# SQLite holds up every other writer.
Create = Annotated[WebhookCreate, Depends(checked_create, max_concurrency=LOOK_UPS)]
Update = Annotated[WebhookUpdate, Depends(checked_update, max_concurrency=LOOK_UPS)]
Number = Annotated[int, Path(ge=1, le=SMALL)]


@router.post(
    "",
    status_code=201,
    response_model=WebhookWithSecret | WebhookPublic,
    summary="新建回调 · Create a webhook",
    responses=responses(TooManyWebhooks, StillRunning, KeyReused),
)
def create_webhook(body: Create, work: AnyoneWrites, ticket: TicketDep) -> Response:
    """Have events sent to an address from now on, in order, each at least once, signed.

    Signatures are those of Standard Webhooks. The `secret` is in this answer and nowhere else.
    A partner is told of its own leads, a portal of gaps, investors and zones.
    """
    shape = webhooks.create(work, body, ticket)
    is_replay = not isinstance(shape, WebhookWithSecret)
    return render_created(shape, f"/v1/webhooks/{shape.id}", is_replay=is_replay)


@router.get("", summary="回调列表 · List webhooks")
def list_webhooks(work: AnyoneReads, page: Annotated[PageParams, Query()]) -> Page[WebhookPublic]:
    """Your own webhooks that are not closed, oldest first, without their secrets."""
    return webhooks.list_page(work, page)


@router.get(
    "/{webhook_id}",
    response_model=WebhookPublic,
    summary="回调详情 · Read a webhook",
    responses=responses(WebhookNotFound),
)
def read_webhook(work: AnyoneReads, conditions: Conditions, webhook_id: str) -> Response:
    """One of your webhooks, closed ones too, with how its deliveries go."""
    return render(webhooks.read(work, webhook_id), conditions)


@router.patch(
    "/{webhook_id}",
    response_model=WebhookPublic,
    summary="修改回调 · Change a webhook",
    responses=responses(WebhookNotFound, AlreadyClosed, VersionPassed),
)
def change_webhook(
    body: Update, work: AnyoneWrites, conditions: Conditions, webhook_id: str
) -> Response:
    """Change the fields that are sent; `"status": "active"` goes on where deliveries stopped.

    It also makes the next attempt at once, for a receiver that is back before its time.
    """
    return render(webhooks.change(work, webhook_id, body, conditions), NO_CONDITIONS)


@router.delete(
    "/{webhook_id}",
    status_code=204,
    summary="关闭回调 · Close a webhook",
    responses=responses(WebhookNotFound, VersionPassed),
)
def close_webhook(work: AnyoneWrites, conditions: Conditions, webhook_id: str) -> None:
    """Send nothing more, for good; its log stays readable. A second call changes nothing."""
    webhooks.close(work, webhook_id, conditions)


@router.post(
    "/{webhook_id}/rotate",
    summary="更换回调密钥 · Rotate a webhook's secret",
    responses=responses(WebhookNotFound, AlreadyClosed),
)
def rotate_webhook(work: AnyoneWrites, webhook_id: str) -> WebhookWithSecret:
    """Give a webhook a new secret. For 24 hours the one before signs too, older ones no more."""
    return webhooks.rotate(work, webhook_id)


@router.get(
    "/{webhook_id}/deliveries",
    summary="送达记录 · List deliveries",
    responses=responses(WebhookNotFound),
)
def list_deliveries(
    work: AnyoneReads, webhook_id: str, page: Annotated[PageParams, Query()]
) -> Page[DeliveryPublic]:
    """Every attempt of the last 30 days, newest first, with what the receiver answered."""
    return webhooks.list_deliveries(work, webhook_id, page)


@router.post(
    "/{webhook_id}/deliveries/{number}/redeliver",
    status_code=202,
    summary="重新送达 · Deliver again",
    responses=responses(WebhookNotFound, DeliveryNotFound, WebhookNotActive),
)
def redeliver(work: AnyoneWrites, webhook_id: str, number: Number) -> DeliveryPublic:
    """Have an event sent once more, out of its order, under the same `webhook-id`.

    The answer is the line of the log that will tell what became of it.
    """
    return webhooks.redeliver(work, webhook_id, number)
