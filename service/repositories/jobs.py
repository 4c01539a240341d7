"""Jobs, the portions of their files, and whose turn it is."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, delete, select, update
from sqlmodel.sql.expression import SelectOfScalar

from models.import_task import ImportTask
from models.job import Job, JobPortion, JobStatus, RowRefusal
from service.filters import JobFilter

UNDER_WAY = (JobStatus.QUEUED, JobStatus.RUNNING)


def add(session: Session, job: Job, portions: Iterable[JobPortion]) -> None:
    """Store a job and its file, one portion after the other, so that memory holds one at a time."""
    session.add(job)
    session.flush()
    for portion in portions:
        session.add(portion)
        session.flush()
        session.expunge(portion)


def find(session: Session, job_id: str) -> Job | None:
    """The job with that id."""
    return session.exec(select(Job).where(Job.id == job_id)).first()


def get(session: Session, job_id: str) -> Job:
    """The job with that id, which must be there."""
    return session.exec(select(Job).where(Job.id == job_id)).one()


def find_unended(session: Session, owner: str, task: ImportTask) -> Job | None:
    """The newest job of an owner for the same file that was given up or is under way, locked."""
    statement = select(Job).where(
        Job.created_by == owner, col(Job.status).in_([*UNDER_WAY, JobStatus.FAILED])
    )
    newest_first = _locked(statement.order_by(col(Job.id).desc()))
    return next((job for job in session.exec(newest_first) if job.task == task), None)


def find_for_change(session: Session, job_id: str) -> Job | None:
    """The job with that id, locked until the transaction ends; its portions may still be read."""
    return session.exec(_locked(select(Job).where(Job.id == job_id))).first()


def list_before(
    session: Session, wanted: JobFilter, before: str | None, most: int
) -> Sequence[Job]:
    """Jobs, newest first, from the one before that id; filters combine with AND."""
    statement = select(Job)
    if wanted.kind is not None:
        statement = statement.where(Job.kind == wanted.kind)
    if wanted.status is not None:
        statement = statement.where(Job.status == wanted.status)
    if before is not None:
        statement = statement.where(col(Job.id) < before)
    return session.exec(statement.order_by(col(Job.id).desc()).limit(most)).all()


def is_any_due(session: Session, moment: datetime) -> bool:
    """Whether a job waits for a worker."""
    return session.exec(select(Job.id).where(_is_due(moment)).limit(1)).first() is not None


def claim(session: Session, moment: datetime, job_id: str | None = None) -> Job | None:
    """The oldest job that waits for a worker, or the named one if it does, locked.

    On PostgreSQL workers pass over what another one is just claiming; SQLite has one writer.
    """
    statement = select(Job).where(_is_due(moment))
    if job_id is not None:
        statement = statement.where(Job.id == job_id)
    statement = statement.order_by(col(Job.id)).limit(1)
    return session.exec(statement.with_for_update(skip_locked=True, key_share=True)).first()


def find_held(session: Session, job_id: str, worker: str) -> Job | None:
    """The job, locked, as long as it is that worker's turn; None where it has passed on."""
    statement = select(Job).where(Job.id == job_id, Job.leased_by == worker)
    return session.exec(_locked(statement)).first()


def extend(session: Session, job_id: str, worker: str, until: datetime) -> None:
    """Let a worker's turn last until then, if it is still its turn."""
    session.exec(
        update(Job)
        .where(col(Job.id) == job_id, col(Job.leased_by) == worker)
        .values(lease_until=until)
    )


def portion_at(session: Session, job_id: str, number: int) -> JobPortion:
    """A portion of a job, which must be there."""
    return session.exec(
        select(JobPortion).where(JobPortion.job_id == job_id, JobPortion.number == number)
    ).one()


def keep_refusals(session: Session, portion: JobPortion, refusals: list[RowRefusal]) -> None:
    """Keep which rows of a portion were refused, without writing its content again."""
    session.exec(
        update(JobPortion)
        .where(col(JobPortion.job_id) == portion.job_id, col(JobPortion.number) == portion.number)
        .values(refused=len(refusals), refusals=refusals)
    )


def keep_answer(session: Session, portion: JobPortion, answer: bytes) -> None:
    """Keep what a portion was answered with, in place of what it asked for."""
    session.exec(
        update(JobPortion)
        .where(col(JobPortion.job_id) == portion.job_id, col(JobPortion.number) == portion.number)
        .values(content=answer)
    )


def portions_refused(
    session: Session, job_id: str, after_line: int, most: int
) -> Sequence[JobPortion]:
    """Portions with rows that were refused, from the one with the line that follows on."""
    statement = select(JobPortion).where(
        JobPortion.job_id == job_id,
        col(JobPortion.refused) > 0,
        col(JobPortion.last_line) > after_line,
    )
    return session.exec(statement.order_by(col(JobPortion.number)).limit(most)).all()


def purge(session: Session, before: datetime) -> None:
    """Delete jobs that ended before a moment, with their files."""
    session.exec(delete(Job).where(col(Job.finished_at) < before))


def _locked(statement: SelectOfScalar[Job]) -> SelectOfScalar[Job]:
    """Locked against other writers, but not against rows that refer to it."""
    return statement.with_for_update(key_share=True)


def _is_due(moment: datetime) -> ColumnElement[bool]:
    free = or_(col(Job.lease_until).is_(None), col(Job.lease_until) <= moment)
    ripe = or_(col(Job.next_attempt_at).is_(None), col(Job.next_attempt_at) <= moment)
    return and_(col(Job.status).in_(UNDER_WAY), free, ripe)
