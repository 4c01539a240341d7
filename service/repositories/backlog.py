"""What waits in the database: jobs, messages to webhooks, leads whose clocks ask for something."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, func, select

from matching.vocabulary import LeadStatus
from models.event import Event
from models.job import Job, JobKind, JobStatus
from models.lead import Lead
from models.webhook import (
    DeliveryStatus,
    Webhook,
    WebhookDelivery,
    WebhookProgress,
    WebhookStatus,
)
from service.repositories import deliveries, feed, standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """How much waits at one moment, and how long; ages in seconds, 0 where nothing waits.

    Attributes:
        events: the number of the last event.
        jobs: how many there are of each kind and status.
        job_age: since when the job that waits longest for a worker could have been begun.
        webhooks: how many have each status.
        failing_webhooks: active ones whose last attempt failed.
        deliveries: attempts of the last thirty days that failed, and those asked for again.
        undelivered_age: how old the oldest event is that a webhook has not been told of.
        leads: how many have each status.
        due_leads: those for which no process has done yet what their clocks ask for.
        due_age: since when the first of them has been due.
    """

    events: int = 0
    jobs: dict[tuple[JobKind, JobStatus], int] = field(
        default_factory=dict[tuple[JobKind, JobStatus], int]
    )
    job_age: float = 0
    webhooks: dict[WebhookStatus, int] = field(default_factory=dict[WebhookStatus, int])
    failing_webhooks: int = 0
    deliveries: dict[DeliveryStatus, int] = field(default_factory=dict[DeliveryStatus, int])
    undelivered_age: float = 0
    leads: dict[LeadStatus, int] = field(default_factory=dict[LeadStatus, int])
    due_leads: int = 0
    due_age: float = 0


def read(session: Session, moment: datetime) -> Backlog:
    """What waits in the session's snapshot, by statements that have an index or a small table.

    Args:
        session: one snapshot.
        moment: now, UTC.
    """
    due_leads, due_since = _due_leads(session, moment)
    return Backlog(
        events=feed.last_mark(session).number,
        jobs=_jobs(session),
        job_age=_age(_job_waits_since(session), moment),
        webhooks=_webhooks(session),
        failing_webhooks=_failing(session, moment),
        deliveries=_deliveries(session),
        undelivered_age=_age(_undelivered_since(session, moment), moment),
        leads=standing.leads_by_status(session),
        due_leads=due_leads,
        due_age=_age(due_since, moment),
    )


def _age(since: datetime | None, moment: datetime) -> float:
    return 0 if since is None else max(0.0, (moment - since).total_seconds())


def _jobs(session: Session) -> dict[tuple[JobKind, JobStatus], int]:
    statement = select(Job.kind, Job.status, func.count(col(Job.id)))
    found = session.exec(statement.group_by(col(Job.kind), col(Job.status))).all()
    counted = {(kind, status): count for kind, status, count in found}
    return {(k, s): counted.get((k, s), 0) for k in JobKind for s in JobStatus}


def _job_waits_since(session: Session) -> datetime | None:
    """Of a job that failed, since it may be tried again; in days to come where that is later."""
    since = func.coalesce(col(Job.next_attempt_at), col(Job.created_at))
    return session.exec(select(func.min(since)).where(Job.status == JobStatus.QUEUED)).one()


def _webhooks(session: Session) -> dict[WebhookStatus, int]:
    statement = select(Webhook.status, func.count(col(Webhook.id))).group_by(col(Webhook.status))
    counted = dict(session.exec(statement).all())
    return {status: counted.get(status, 0) for status in WebhookStatus}


def _failing(session: Session, moment: datetime) -> int:
    statement = (
        select(func.count(col(Webhook.id)))
        .join(WebhookProgress, col(WebhookProgress.webhook_id) == col(Webhook.id))
        .where(col(WebhookProgress.failures) > 0, deliveries.is_open(moment))
    )
    return session.exec(statement).one()


def _deliveries(session: Session) -> dict[DeliveryStatus, int]:
    """By webhook, as the index is; those that were delivered, the most, are left out."""
    wanted = (DeliveryStatus.WAITING, DeliveryStatus.FAILED)
    statement = (
        select(WebhookDelivery.status, func.count(col(WebhookDelivery.number)))
        .join(Webhook, col(Webhook.id) == col(WebhookDelivery.webhook_id))
        .where(col(WebhookDelivery.status).in_(wanted))
        .group_by(col(WebhookDelivery.status))
    )
    counted = dict(session.exec(statement).all())
    return {status: counted.get(status, 0) for status in wanted}


def _undelivered_since(session: Session, moment: datetime) -> datetime | None:
    """When the first event happened that an open webhook has not been told of or passed over."""
    statement = (
        select(func.min(col(Event.at)))
        .join(WebhookProgress, col(WebhookProgress.position) + 1 == col(Event.number))
        .join(Webhook, col(Webhook.id) == col(WebhookProgress.webhook_id))
        .where(deliveries.is_open(moment))
    )
    return session.exec(statement).one()


def _due_leads(session: Session, moment: datetime) -> tuple[int, datetime | None]:
    statement = select(func.count(col(Lead.id)), func.min(col(Lead.due_at)))
    return session.exec(statement.where(col(Lead.due_at) <= moment)).one()
