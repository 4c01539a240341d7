"""A webhook's turn in the database: what is next for it, and what is kept of what became of it.

A turn is a lease: one worker of all processes at a time, so that messages go out in order. What a
worker has sent is settled in one transaction; where it dies in between the lease runs out, another
worker sends the same event again, under the same `webhook-id`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from matching.vocabulary import Scope
from models.event import Event
from models.webhook import (
    DeliveryFault,
    DeliveryStatus,
    DisabledBecause,
    Webhook,
    WebhookDelivery,
    WebhookProgress,
    WebhookStatus,
)
from service.repositories import deliveries, webhooks
from service.repositories.lead_partners import partners_of_leads
from service.security import SYSTEM
from service.usecases import history
from service.webhooks import audience
from service.webhooks.backoff import delay_after
from service.webhooks.line import Outcome

LEASE: Final = timedelta(seconds=60)
"""Six times what a message may take, so that clocks may differ between machines."""

EVENTS_A_LOOK: Final = 500
"""Of a partner's webhook, whose owner is only known event by event."""


@dataclass(frozen=True, slots=True)
class Due:
    """What a webhook is to be told next."""

    event: Event
    redelivery: int | None = None
    """The number of the delivery that was asked for again; None = the event is new to it."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is nothing to tell a webhook up to the event with this number."""

    up_to: int


def look_ahead(
    session: Session, webhook: Webhook, progress: WebhookProgress, moment: datetime, head: int
) -> Due | Nothing:
    """What to tell a webhook next: what was asked for again, else the next event of the log.

    Args:
        session: one snapshot.
        webhook: an active one.
        progress: its own.
        moment: now; before `next_attempt_at` no new event is told.
        head: the number of the last event in the snapshot.
    """
    waiting = deliveries.find_waiting(session, webhook.id)
    if waiting is not None:
        event = deliveries.event_at(session, waiting.event_number)
        return Due(event, waiting.number)
    after = progress.next_attempt_at
    if after is not None and after > moment:
        return Nothing(progress.position)
    return _next_event(session, webhook, progress.position, head)


def _next_event(session: Session, webhook: Webhook, position: int, head: int) -> Due | Nothing:
    most = EVENTS_A_LOOK if webhook.scope is Scope.PARTNER else 1
    actions = audience.wanted(webhook.scope, webhook.actions)
    found = deliveries.events_after(session, position, actions, most)
    leads = {event.subject_id for event in found if event.subject_type == audience.LEAD}
    partners = partners_of_leads(session, leads) if webhook.scope is Scope.PARTNER else {}
    for event in found:
        if audience.concerns(event, webhook.scope, webhook.owner, partners):
            return Due(event)
    return Nothing(found[-1].number if len(found) == most else head)


def begin(session: Session, webhook_id: str, worker: str, moment: datetime) -> bool:
    """Whether it is this worker's turn from now on; False where it is another's."""
    progress = deliveries.claim(session, webhook_id, moment)
    if progress is None:
        return False
    progress.leased_by, progress.lease_until = worker, moment + LEASE
    session.add(progress)
    return True


def end(session: Session, webhook_id: str, worker: str) -> None:
    """Leave the turn to others, if it is still this worker's."""
    progress = webhooks.lock_progress(session, webhook_id)
    if progress.leased_by == worker:
        progress.leased_by = progress.lease_until = None
        session.add(progress)


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that went out, and what became of it."""

    webhook_id: str
    due: Due
    outcome: Outcome


def settle(session: Session, worker: str, sent: Sent, moment: datetime) -> bool:
    """Keep what became of a message; says whether the turn goes on.

    A worker whose turn has passed to another keeps nothing: the other one sends the event again.
    """
    webhook = webhooks.lock(session, sent.webhook_id)
    progress = webhooks.lock_progress(session, sent.webhook_id)
    if progress.leased_by != worker:
        return False
    progress.lease_until = moment + LEASE
    if sent.due.redelivery is None:
        _log(session, progress, sent, moment)
        goes_on = _move(session, webhook, progress, sent, moment)
    else:
        row = deliveries.get(session, sent.webhook_id, sent.due.redelivery)
        _fill(row, sent.outcome, moment)
        session.add(row)
        goes_on = True
    if sent.outcome.fault is DeliveryFault.GONE:
        disable(session, webhook, DisabledBecause.GONE)
    session.add(progress)
    return goes_on and webhook.status is WebhookStatus.ACTIVE


def _move(
    session: Session, webhook: Webhook, progress: WebhookProgress, sent: Sent, moment: datetime
) -> bool:
    """Past an event that was delivered; else back off, and give up after three days."""
    if sent.outcome.fault is None:
        progress.position = sent.due.event.number
        resume(progress)
        return True
    progress.failures += 1
    progress.failing_since = progress.failing_since or moment
    delay = delay_after(progress.failures)
    progress.next_attempt_at = None if delay is None else moment + delay
    if delay is None:
        disable(session, webhook, DisabledBecause.EXHAUSTED)
    return False


def resume(progress: WebhookProgress) -> None:
    """Forget failures: the next attempt is made at once."""
    progress.failures = 0
    progress.failing_since = progress.next_attempt_at = None


def disable(session: Session, webhook: Webhook, because: DisabledBecause) -> None:
    """Tell a webhook nothing more until its owner makes it active again; nothing is lost."""
    if webhook.status is not WebhookStatus.ACTIVE:
        return
    before = history.snapshot_of(webhook)
    webhook.status, webhook.disabled_because = WebhookStatus.DISABLED, because
    history.changed(session, SYSTEM, "disabled", webhook, before)


def _log(session: Session, progress: WebhookProgress, sent: Sent, moment: datetime) -> None:
    progress.deliveries += 1
    row = WebhookDelivery(
        webhook_id=sent.webhook_id,
        number=progress.deliveries,
        event_number=sent.due.event.number,
        event_id=sent.due.event.id,
        action=sent.due.event.action,
        status=DeliveryStatus.WAITING,
        attempt=progress.failures + 1,
    )
    _fill(row, sent.outcome, moment)
    session.add(row)


def _fill(row: WebhookDelivery, outcome: Outcome, moment: datetime) -> None:
    is_delivered = outcome.fault is None
    row.status = DeliveryStatus.DELIVERED if is_delivered else DeliveryStatus.FAILED
    row.at, row.duration_ms = moment, outcome.duration_ms
    row.status_code, row.fault = outcome.status_code, outcome.fault
