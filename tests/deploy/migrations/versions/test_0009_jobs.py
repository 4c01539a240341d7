"""Jobs and the portions of their files come back as they were stored, on both databases."""

from datetime import UTC, datetime
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, delete, select

from models.job import Job, JobCounts, JobKind, JobPortion, JobStatus, RowFault, RowRefusal
from tests.deploy.migrations.configs import a_config
from tests.service.jobs.making import TASK

MOMENT = datetime(2030, 1, 1, 8, 30, 15, 123456, tzinfo=UTC)
TABLES = {"job", "job_portion"}


def a_job(**fields: Any) -> Job:
    return Job(kind=JobKind.IMPORT, created_by="key_1", task=TASK, rows=2, portions=1, **fields)


def a_portion(job: Job, number: int = 1) -> JobPortion:
    refusal = RowRefusal(line=2, faults=[RowFault(column="环节", field="link_id", msg="不在")])
    return JobPortion(
        job_id=job.id,
        number=number,
        last_line=3,
        rows=2,
        content=bytes(range(256)),
        refused=1,
        refusals=[refusal],
    )


@pytest.fixture
def migrated(engine: Engine) -> Engine:
    command.upgrade(a_config(engine), "head")
    return engine


def test_rows_come_back_as_they_were(migrated: Engine) -> None:
    job = a_job(
        status=JobStatus.FAILED,
        counts=JobCounts(created=1, refused=1),
        error="OperationalError",
        leased_by="wrk_1",
        lease_until=MOMENT,
        next_attempt_at=MOMENT,
        started_at=MOMENT,
        finished_at=MOMENT,
    )
    portion = a_portion(job)
    sent = [job.model_dump(), portion.model_dump()]
    with Session(migrated) as session:
        session.add(job)
        session.flush()
        session.add(portion)
        session.commit()
    with Session(migrated) as session:
        read = [session.exec(select(Job)).one(), session.exec(select(JobPortion)).one()]
        assert [row.model_dump() for row in read] == sent


def test_a_file_goes_with_its_job(migrated: Engine) -> None:
    one, other = a_job(), a_job()
    with Session(migrated) as session:
        if migrated.dialect.name == "sqlite":
            session.connection().exec_driver_sql("PRAGMA foreign_keys=ON")
        session.add_all([one, other])
        session.flush()
        session.add_all([a_portion(one), a_portion(one, 2), a_portion(other)])
        session.commit()
        kept = other.id
        session.exec(delete(Job).where(Job.id == one.id))  # type: ignore[arg-type]
        session.commit()
        assert [row.job_id for row in session.exec(select(JobPortion))] == [kept]
        session.add(a_portion(other))
        with pytest.raises(IntegrityError):
            session.flush()


def test_the_way_back_drops_these_tables_only(migrated: Engine) -> None:
    command.downgrade(a_config(migrated), "0009")
    before = set(inspect(migrated).get_table_names())
    command.downgrade(a_config(migrated), "-1")
    assert before - set(inspect(migrated).get_table_names()) == TABLES
    command.upgrade(a_config(migrated), "0009")
    assert set(inspect(migrated).get_table_names()) == before
