"""Whose turn it is at a job, and every way a turn may end.

A turn is a lease: one worker of all processes at a time. Each portion is settled in one
transaction that first looks whether the turn is still this worker's, so a worker that was taken for
dead changes nothing any more, and a job that goes on elsewhere neither loses a row nor takes one
twice.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from models.job import ENDED, Job, JobCounts, JobPortion, JobStatus, RowRefusal
from service import clock
from service.repositories import events, jobs
from service.repositories.events import Change
from service.security import SYSTEM

LEASE: Final = timedelta(seconds=15)
"""Three heartbeats; so long a job rests when its worker is killed."""

MOST_ATTEMPTS: Final = 5
"""Turns that end without a portion done; then the job is given up."""

FIRST_DELAY: Final = timedelta(seconds=5)
DELAY_GROWS: Final = 4
"""5 s, 20 s, 80 s, 320 s: a database that restarts is back before the job is given up."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the rows of a portion."""

    counts: JobCounts
    refusals: list[RowRefusal]


def begin(session: Session, worker: str, moment: datetime, job_id: str | None = None) -> Job | None:
    """A job whose turn is this worker's from now on: the oldest that waits, or the named one.

    A job whose workers were killed again and again, without coming on, is given up here.
    """
    job = jobs.claim(session, moment, job_id)
    while job is not None and job.attempts >= MOST_ATTEMPTS:
        finish(session, job, JobStatus.FAILED, "Its workers ended without a word")
        session.flush()
        job = jobs.claim(session, moment, job_id)
    if job is None:
        return None
    job.status = JobStatus.RUNNING
    job.attempts += 1
    job.started_at = job.started_at or moment
    job.next_attempt_at = None
    job.leased_by, job.lease_until = worker, moment + LEASE
    _touch(job, moment)
    return job


def advance(session: Session, job: Job, portion: JobPortion, outcome: Outcome) -> None:
    """Move a job past a portion, in the transaction that holds what the portion changed."""
    moment = clock.now()
    if outcome.refusals:
        jobs.keep_refusals(session, portion, outcome.refusals)
    job.position = portion.number
    job.rows_done += portion.rows
    job.counts = job.counts.plus(outcome.counts)
    job.attempts, job.error = 1, None
    job.lease_until = moment + LEASE
    _touch(job, moment)


def leave(job: Job) -> None:
    """End a turn with the job under way: any worker may take it up at once."""
    job.leased_by = job.lease_until = None
    job.attempts = 0
    _touch(job, clock.now())


def break_off(session: Session, job: Job, error: str) -> None:
    """End a turn that failed: try again later, or give up."""
    if job.attempts >= MOST_ATTEMPTS:
        finish(session, job, JobStatus.FAILED, error)
        return
    moment = clock.now()
    job.status, job.error = JobStatus.QUEUED, error
    job.leased_by = job.lease_until = None
    job.next_attempt_at = moment + FIRST_DELAY * DELAY_GROWS ** (job.attempts - 1)
    _touch(job, moment)


def finish(session: Session, job: Job, status: JobStatus, error: str | None = None) -> None:
    """End a job, and tell of it."""
    job.status, job.error, job.finished_at = status, error, clock.now()
    job.leased_by = job.lease_until = job.next_attempt_at = None
    _touch(job, job.finished_at)
    tell(session, SYSTEM, status.value, job)


def cancel(session: Session, job: Job, actor: str) -> None:
    """Have a job end: at once where nobody works at it, else after the portion under way."""
    if job.status in ENDED or job.cancel_requested:
        return
    job.cancel_requested = True
    _touch(job, clock.now())
    tell(session, actor, "cancel_requested", job)
    if job.leased_by is None:
        finish(session, job, JobStatus.CANCELLED)


def retry(session: Session, job: Job, actor: str) -> None:
    """Have a job that was given up go on where it stopped."""
    job.status, job.error, job.attempts = JobStatus.QUEUED, None, 0
    job.finished_at = job.next_attempt_at = None
    _touch(job, clock.now())
    tell(session, actor, "retried", job)


def tell(session: Session, actor: str, verb: str, job: Job) -> None:
    """Leave an event of a job: what it is and where it stands, nothing of its rows."""
    session.flush()
    told = {"kind": job.kind.value, "status": job.status.value, "rows_done": job.rows_done}
    told_of = {"kind", "dry_run", "format", "file_digest", "method", "investors", "gaps"}
    about = job.task.model_dump(mode="json", include=told_of)
    change = Change(
        actor=actor,
        action=f"job.{verb}",
        subject_type="job",
        subject_id=job.id,
        subject_version=job.version,
        after={**told, "counts": job.counts.model_dump(mode="json"), "task": about},
    )
    events.append(session, change, events.reserve(session))


def _touch(job: Job, moment: datetime) -> None:
    job.version += 1
    job.updated_at = moment
