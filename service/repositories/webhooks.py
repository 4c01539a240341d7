"""Webhooks by id and owner. Ownership stands in every query: what is another's is not found."""

from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from models.webhook import Webhook, WebhookProgress, WebhookStatus


def find(session: Session, owner: str, webhook_id: str) -> Webhook | None:
    """The owner's webhook with that id, closed or not."""
    return session.exec(
        select(Webhook).where(Webhook.id == webhook_id, Webhook.owner == owner)
    ).first()


def find_for_change(session: Session, owner: str, webhook_id: str) -> Webhook | None:
    """The owner's webhook with that id, locked until the transaction ends."""
    statement = select(Webhook).where(Webhook.id == webhook_id, Webhook.owner == owner)
    return session.exec(statement.with_for_update()).first()


def lock(session: Session, webhook_id: str) -> Webhook:
    """Any webhook, locked until the transaction ends; for the worker, which serves all owners."""
    return session.exec(select(Webhook).where(Webhook.id == webhook_id).with_for_update()).one()


def lock_progress(session: Session, webhook_id: str) -> WebhookProgress:
    """How far a webhook has been told, locked until the transaction ends.

    Lock the webhook first where both are needed, or two transactions wait for each other.
    """
    statement = select(WebhookProgress).where(WebhookProgress.webhook_id == webhook_id)
    return session.exec(statement.with_for_update()).one()


def progress_of(session: Session, ids: Sequence[str]) -> dict[str, WebhookProgress]:
    """How far each of these webhooks has been told, by its id."""
    found = session.exec(
        select(WebhookProgress).where(col(WebhookProgress.webhook_id).in_(ids))
    ).all()
    return {row.webhook_id: row for row in found}


def list_after(session: Session, owner: str, after: str | None, most: int) -> Sequence[Webhook]:
    """The owner's webhooks that are not closed, oldest first, from the one after that id."""
    statement = select(Webhook).where(
        Webhook.owner == owner, Webhook.status != WebhookStatus.CLOSED
    )
    if after is not None:
        statement = statement.where(col(Webhook.id) > after)
    return session.exec(statement.order_by(col(Webhook.id)).limit(most)).all()


def count_of(session: Session, owner: str) -> int:
    """How many webhooks of the owner are not closed."""
    statement = select(func.count(col(Webhook.id))).where(
        Webhook.owner == owner, Webhook.status != WebhookStatus.CLOSED
    )
    return session.exec(statement).one()
