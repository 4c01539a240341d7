"""Webhooks: making, changing, rotating, closing, and asking for a delivery again."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from models.page import Page
from models.problem import ProblemError
from models.webhook import (
    DeliveryPublic,
    DeliveryStatus,
    DisabledBecause,
    Webhook,
    WebhookCreate,
    WebhookDelivery,
    WebhookProgress,
    WebhookPublic,
    WebhookStatus,
    WebhookUpdate,
    WebhookWithSecret,
)
from service import clock
from service.conditional import Preconditions
from service.errors import (
    AlreadyClosed,
    NotValid,
)
from service.pagination import SMALL, PageParams, cut, fingerprint, read_cursor
from service.repositories import deliveries, events, installation, webhooks
from service.runtime import Visit
from service.usecases import history, replays
from service.usecases.replays import Ticket
from service.webhook_errors import (
    DeliveryNotFound,
    TooManyWebhooks,
    WebhookNotActive,
    WebhookNotFound,
)
from service.webhooks import audience, signing, turns

MOST: Final = 20
"""Webhooks an owner may have: each is told of every event that concerns it."""


def owner_of(visit: Visit) -> str:
    """Whose webhooks a caller sees: its partner's, or those of its own key."""
    return visit.caller.partner_id or visit.caller.key_id


def create(
    visit: Visit, body: WebhookCreate, ticket: Ticket | None
) -> WebhookWithSecret | WebhookPublic:
    """Make a webhook; when this ticket made one before, that one, without its secret.

    Raises:
        TooManyWebhooks: the owner has twenty.
        NotValid: an event is chosen that never concerns the owner.
    """
    made = replays.once(visit, ticket, "webhook", partial(_create, visit, body))
    row = _find(visit, made.id)
    return _shown(visit, [row])[0] if made.is_replay else _with_secret(visit, row)


def _create(visit: Visit, body: WebhookCreate) -> str:
    caller, owner = visit.caller, owner_of(visit)
    _check_actions(body.actions or (), audience.ACTIONS[caller.scope])
    if webhooks.count_of(visit.session, owner) >= MOST:
        raise TooManyWebhooks
    known = {"owner": owner, "scope": caller.scope, "created_by": caller.key_id}
    row = Webhook.model_validate(body, update=known)
    number = events.reserve(visit.session)
    history.created(visit.session, caller.key_id, row, number)
    visit.session.add(WebhookProgress(webhook_id=row.id, position=number))
    visit.session.flush()
    return row.id


def read(visit: Visit, webhook_id: str) -> WebhookPublic:
    """A webhook without its secret, closed or not.

    Raises:
        WebhookNotFound: the caller has no such webhook.
    """
    return _shown(visit, [_find(visit, webhook_id)])[0]


def list_page(visit: Visit, page: PageParams) -> Page[WebhookPublic]:
    """The caller's webhooks that are not closed, oldest first."""
    mark = fingerprint("webhooks", None)
    after = read_cursor(mark, page.cursor, str)
    rows = webhooks.list_after(visit.session, owner_of(visit), after, page.limit + 1)
    kept, following = cut(rows, page.limit, mark, lambda row: row.id)
    return Page[WebhookPublic](items=_shown(visit, kept), next_cursor=following)


def change(
    visit: Visit, webhook_id: str, body: WebhookUpdate, conditions: Preconditions
) -> WebhookPublic:
    """Apply what was sent; made active, a webhook goes on where it stopped, at once.

    Raises:
        WebhookNotFound: the caller has no such webhook.
        AlreadyClosed: it is closed.
        VersionPassed: it has changed since the caller read it.
        NotValid: an event is chosen that never concerns the owner.
    """
    row = _get_open(visit, webhook_id)
    conditions.check_version(row.version)
    changes = body.changes()
    _check_actions(changes.get("actions", []), audience.ACTIONS[row.scope])
    before = history.snapshot_of(row)
    for name, value in changes.items():
        setattr(row, name, value)
    if "status" in changes:
        _switch(visit, row, was=before["status"])
    history.changed(visit.session, visit.caller.key_id, "updated", row, before)
    return _shown(visit, [row])[0]


def _switch(visit: Visit, row: Webhook, *, was: Any) -> None:
    if row.status is WebhookStatus.ACTIVE:
        row.disabled_because = None
        progress = webhooks.lock_progress(visit.session, row.id)
        turns.resume(progress)
        visit.session.add(progress)
    elif was == WebhookStatus.ACTIVE:
        row.disabled_because = DisabledBecause.OWNER


def close(visit: Visit, webhook_id: str, conditions: Preconditions) -> None:
    """Tell a webhook nothing more, for good; it stays readable. Again it changes nothing.

    Raises:
        WebhookNotFound: the caller has no such webhook.
        VersionPassed: it has changed since the caller read it.
    """
    row = _get_own(visit, webhook_id)
    if row.status is WebhookStatus.CLOSED:
        return
    conditions.check_version(row.version)
    before = history.snapshot_of(row)
    row.status = WebhookStatus.CLOSED
    history.changed(visit.session, visit.caller.key_id, "closed", row, before)


def rotate(visit: Visit, webhook_id: str) -> WebhookWithSecret:
    """Give a webhook a new secret; the one before signs too for 24 hours, older ones no more.

    Raises:
        WebhookNotFound: the caller has no such webhook.
        AlreadyClosed: it is closed.
    """
    row = _get_open(visit, webhook_id)
    before = history.snapshot_of(row)
    row.secret_number += 1
    row.secret_rotated_at = clock.now()
    history.changed(visit.session, visit.caller.key_id, "rotated", row, before)
    return _with_secret(visit, row)


def list_deliveries(visit: Visit, webhook_id: str, page: PageParams) -> Page[DeliveryPublic]:
    """The log of a webhook, newest first.

    Raises:
        WebhookNotFound: the caller has no such webhook.
    """
    row = _find(visit, webhook_id)
    mark = fingerprint(f"deliveries {row.id}", None)
    before = read_cursor(mark, page.cursor, int, SMALL)
    rows = deliveries.list_before(visit.session, row.id, before, page.limit + 1)
    kept, following = cut(rows, page.limit, mark, lambda delivery: delivery.number)
    items = [DeliveryPublic.model_validate(delivery) for delivery in kept]
    return Page[DeliveryPublic](items=items, next_cursor=following)


def redeliver(visit: Visit, webhook_id: str, number: int) -> DeliveryPublic:
    """Have an event sent again; while it waits to be, asking again gives the same delivery.

    Raises:
        WebhookNotFound: the caller has no such webhook.
        DeliveryNotFound: it has no such delivery.
        WebhookNotActive: it is disabled or closed.
    """
    row = _get_own(visit, webhook_id)
    asked = deliveries.find(visit.session, row.id, number)
    if asked is None:
        raise DeliveryNotFound
    if row.status is not WebhookStatus.ACTIVE:
        raise WebhookNotActive
    waiting = deliveries.find_waiting(visit.session, row.id, asked.event_number)
    return DeliveryPublic.model_validate(waiting or _ask_again(visit, asked))


def _ask_again(visit: Visit, asked: WebhookDelivery) -> WebhookDelivery:
    progress = webhooks.lock_progress(visit.session, asked.webhook_id)
    progress.deliveries += 1
    again = WebhookDelivery(
        webhook_id=asked.webhook_id,
        number=progress.deliveries,
        event_number=asked.event_number,
        event_id=asked.event_id,
        action=asked.action,
        status=DeliveryStatus.WAITING,
        attempt=asked.attempt + 1,
        is_redelivery=True,
        at=clock.now(),
    )
    visit.session.add_all([progress, again])
    visit.session.flush()
    return again


def _check_actions(chosen: Sequence[str], possible: Sequence[str]) -> None:
    msg = f"is none of the events that may concern you: {', '.join(possible)}"
    wrong = [number for number, action in enumerate(chosen) if action not in possible]
    if wrong:
        raise NotValid([ProblemError(loc=["body", "actions", n], msg=msg) for n in wrong])


def _find(visit: Visit, webhook_id: str) -> Webhook:
    row = webhooks.find(visit.session, owner_of(visit), webhook_id)
    if row is None:
        raise WebhookNotFound
    return row


def _get_own(visit: Visit, webhook_id: str) -> Webhook:
    row = webhooks.find_for_change(visit.session, owner_of(visit), webhook_id)
    if row is None:
        raise WebhookNotFound
    return row


def _get_open(visit: Visit, webhook_id: str) -> Webhook:
    row = _get_own(visit, webhook_id)
    if row.status is WebhookStatus.CLOSED:
        raise AlreadyClosed
    return row


def _shown(visit: Visit, rows: Sequence[Webhook]) -> list[WebhookPublic]:
    progress = webhooks.progress_of(visit.session, [row.id for row in rows])
    moment = clock.now()
    shown: list[WebhookPublic] = []
    for row in rows:
        until = signing.previous_until(row)
        derived = {
            "failures": progress[row.id].failures,
            "failing_since": progress[row.id].failing_since,
            "next_attempt_at": progress[row.id].next_attempt_at,
            "previous_secret_until": until if until is not None and until > moment else None,
        }
        shown.append(WebhookPublic.model_validate(row, update=derived))
    return shown


def _with_secret(visit: Visit, row: Webhook) -> WebhookWithSecret:
    installed = installation.get(visit.session)
    secret = signing.secret_of(installed.secret, row.id, row.secret_number)
    shown = _shown(visit, [row])[0]
    return WebhookWithSecret.model_validate(shown.model_dump() | {"secret": secret})
