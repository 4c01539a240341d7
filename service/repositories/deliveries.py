"""The log of deliveries, and which webhooks wait for one."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlmodel import Session, col, delete, select, update
from sqlmodel.sql.expression import SelectOfScalar

from models.api_key import ApiKey
from models.event import Event
from models.partner import Partner
from models.webhook import (
    DeliveryStatus,
    Webhook,
    WebhookDelivery,
    WebhookProgress,
    WebhookStatus,
)


def list_before(
    session: Session, webhook_id: str, before: int | None, most: int
) -> Sequence[WebhookDelivery]:
    """Deliveries of a webhook, newest first, from the one before that number."""
    statement = select(WebhookDelivery).where(WebhookDelivery.webhook_id == webhook_id)
    if before is not None:
        statement = statement.where(WebhookDelivery.number < before)
    return session.exec(statement.order_by(col(WebhookDelivery.number).desc()).limit(most)).all()


def find(session: Session, webhook_id: str, number: int) -> WebhookDelivery | None:
    """The delivery with that number."""
    return session.exec(_numbered(webhook_id, number)).first()


def get(session: Session, webhook_id: str, number: int) -> WebhookDelivery:
    """The delivery with that number, which must be there."""
    return session.exec(_numbered(webhook_id, number)).one()


def find_waiting(
    session: Session, webhook_id: str, event_number: int | None = None
) -> WebhookDelivery | None:
    """The oldest delivery that was asked for and not yet tried, of one event or of any."""
    statement = select(WebhookDelivery).where(
        WebhookDelivery.webhook_id == webhook_id,
        WebhookDelivery.status == DeliveryStatus.WAITING,
    )
    if event_number is not None:
        statement = statement.where(WebhookDelivery.event_number == event_number)
    return session.exec(statement.order_by(col(WebhookDelivery.number)).limit(1)).first()


def event_at(session: Session, number: int) -> Event:
    """The event with that number, which must be there."""
    return session.exec(select(Event).where(Event.number == number)).one()


def events_after(
    session: Session, position: int, actions: Collection[str], most: int
) -> Sequence[Event]:
    """Events after a position that are one of these actions, in order."""
    statement = select(Event).where(Event.number > position, col(Event.action).in_(actions))
    return session.exec(statement.order_by(col(Event.number)).limit(most)).all()


def list_due(
    session: Session, moment: datetime, head: int
) -> Sequence[tuple[Webhook, WebhookProgress]]:
    """Each webhook that may have something to be told and is nobody's turn, with its progress.

    Args:
        session: what to read with.
        moment: now.
        head: the number of the last event.
    """
    statement = (
        select(Webhook, WebhookProgress)
        .join(WebhookProgress, col(WebhookProgress.webhook_id) == col(Webhook.id))
        .where(is_open(moment), _is_free(moment), _has_something(moment, head))
        .order_by(col(Webhook.id))
    )
    return session.exec(statement).all()


def claim(session: Session, webhook_id: str, moment: datetime) -> WebhookProgress | None:
    """The progress of a webhook that is nobody's turn, locked; None where it is somebody's."""
    statement = select(WebhookProgress).where(
        WebhookProgress.webhook_id == webhook_id, _is_free(moment)
    )
    return session.exec(statement.with_for_update(skip_locked=True)).first()


def find_open(session: Session, webhook_id: str, moment: datetime) -> Webhook | None:
    """A webhook, as long as it is active and its owner has a key in force."""
    statement = select(Webhook).where(Webhook.id == webhook_id, is_open(moment))
    return session.exec(statement).first()


def pass_over(session: Session, webhook_id: str, position: int, to: int) -> None:
    """Move a webhook past events that do not concern it, unless somebody has moved it already."""
    session.exec(
        update(WebhookProgress)
        .where(
            col(WebhookProgress.webhook_id) == webhook_id,
            col(WebhookProgress.position) == position,
        )
        .values(position=to)
    )


def purge(session: Session, before: datetime) -> None:
    """Delete deliveries from before a moment; those that wait stay."""
    session.exec(
        delete(WebhookDelivery).where(
            col(WebhookDelivery.at) < before, col(WebhookDelivery.status) != DeliveryStatus.WAITING
        )
    )


def _numbered(webhook_id: str, number: int) -> SelectOfScalar[WebhookDelivery]:
    return select(WebhookDelivery).where(
        WebhookDelivery.webhook_id == webhook_id, WebhookDelivery.number == number
    )


def is_open(moment: datetime) -> ColumnElement[bool]:
    """Active, of an owner who could still read what it is told of."""
    in_force = exists().where(
        or_(col(ApiKey.id) == col(Webhook.owner), col(ApiKey.partner_id) == col(Webhook.owner)),
        col(ApiKey.revoked_at).is_(None),
        or_(col(ApiKey.expires_at).is_(None), col(ApiKey.expires_at) > moment),
    )
    closed = exists().where(
        col(Partner.id) == col(Webhook.owner), col(Partner.closed_at).is_not(None)
    )
    return and_(col(Webhook.status) == WebhookStatus.ACTIVE, in_force, ~closed)


def _is_free(moment: datetime) -> ColumnElement[bool]:
    until = col(WebhookProgress.lease_until)
    return or_(until.is_(None), until <= moment)


def _has_something(moment: datetime, head: int) -> ColumnElement[bool]:
    waits = exists().where(
        col(WebhookDelivery.webhook_id) == col(WebhookProgress.webhook_id),
        col(WebhookDelivery.status) == DeliveryStatus.WAITING,
    )
    after = col(WebhookProgress.next_attempt_at)
    is_due = or_(after.is_(None), after <= moment)
    return or_(waits, and_(col(WebhookProgress.position) < head, is_due))
