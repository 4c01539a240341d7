"""What waits in the database, on both kinds."""

from datetime import timedelta

from sqlalchemy import Engine
from sqlmodel import Session, col, select, update
from starlette.testclient import TestClient

from matching.vocabulary import LeadStatus
from models.event import Event
from models.job import Job, JobKind, JobStatus
from models.lead import Lead
from models.webhook import DeliveryFault, DeliveryStatus, WebhookProgress, WebhookStatus
from service import clock, database
from service.repositories import backlog
from service.repositories.backlog import Backlog
from tests.factories import a_gap, a_lead, a_webhook, register
from tests.service.jobs.making import store_job
from tests.service.webhooks.logbook import log_delivery

HOUR = timedelta(hours=1)


def look(engine: Engine) -> Backlog:
    with database.snapshot(engine) as session:
        return backlog.read(session, clock.now())


def test_nothing_waits(client: TestClient, engine: Engine) -> None:
    found = look(engine)
    assert found.events > 0
    ages = (found.job_age, found.undelivered_age, found.due_age)
    assert (*ages, found.due_leads, found.failing_webhooks) == (0, 0, 0, 0, 0)
    assert set(found.jobs) == {(kind, status) for kind in JobKind for status in JobStatus}
    for counted in (found.jobs, found.webhooks, found.deliveries, found.leads):
        assert set(counted.values()) == {0}


def test_jobs_are_counted_and_the_oldest_is_known(client: TestClient, engine: Engine) -> None:
    first, second = store_job(engine), store_job(engine)
    with database.transaction(engine) as session:
        held = col(Job.id) == first
        session.exec(update(Job).where(held).values(created_at=clock.now() - HOUR))
    found = look(engine)
    assert found.jobs[JobKind.IMPORT, JobStatus.QUEUED] == 2
    assert 3600 <= found.job_age < 3700
    with database.transaction(engine) as session:
        later = {"next_attempt_at": clock.now() + HOUR}
        session.exec(update(Job).where(col(Job.id) == first).values(**later))
        session.exec(update(Job).where(col(Job.id) == second).values(status=JobStatus.DONE))
    found = look(engine)
    assert found.job_age == 0
    assert found.jobs[JobKind.IMPORT, JobStatus.DONE] == 1


def test_webhooks_that_were_not_told(portal: TestClient, engine: Engine) -> None:
    made, other = (register(portal, "webhooks", a_webhook())["id"] for _ in range(2))
    told = look(engine)
    assert told.webhooks == dict.fromkeys(WebhookStatus, 0) | {WebhookStatus.ACTIVE: 2}
    for fields in (
        {"status": DeliveryStatus.FAILED, "fault": DeliveryFault.TIMED_OUT},
        {"status": DeliveryStatus.WAITING},
        {},
    ):
        log_delivery(engine, made, **fields)
    gap = register(portal, "gaps", a_gap())["id"]
    with database.transaction(engine) as session:
        since = {"at": clock.now() - HOUR}
        session.exec(update(Event).where(col(Event.subject_id) == gap).values(**since))
        place = session.exec(
            update(WebhookProgress)
            .where(col(WebhookProgress.webhook_id) == made)
            .values(failures=3)
        )
        assert place.rowcount == 1
        before = look_number(session, gap) - 1
        session.exec(update(WebhookProgress).values(position=before))
    found = look(engine)
    assert found.failing_webhooks == 1
    assert found.deliveries == {DeliveryStatus.FAILED: 1, DeliveryStatus.WAITING: 1}
    assert 3600 <= found.undelivered_age < 3700
    for one in (made, other):
        portal.patch(f"/v1/webhooks/{one}", json={"status": "disabled"})
    found = look(engine)
    assert (found.failing_webhooks, found.undelivered_age) == (0, 0)


def look_number(session: Session, subject_id: str) -> int:
    return session.exec(select(Event.number).where(Event.subject_id == subject_id)).one()


def test_leads_that_wait_for_the_sweep(partner: TestClient, engine: Engine) -> None:
    lead = register(partner, "leads", a_lead())["id"]
    found = look(engine)
    assert found.leads[LeadStatus.SUBMITTED] == 1
    assert (found.due_leads, found.due_age) == (0, 0)
    with database.transaction(engine) as session:
        due = {"due_at": clock.now() - HOUR}
        session.exec(update(Lead).where(col(Lead.id) == lead).values(**due))
    found = look(engine)
    assert found.due_leads == 1
    assert 3600 <= found.due_age < 3700
