"""Jobs of the tests: stored as an import stores them, worked at by kinds that only count."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from models.import_task import FileFormat, ImportTask, RecordKind
from models.job import Job, JobCounts, JobKind, JobPortion
from service import database
from service.jobs import turns
from service.jobs.turns import Outcome
from service.jobs.worker import Prepare, Store, Worker
from service.repositories import jobs
from service.runtime import Runtime, Work

TASK = ImportTask(
    kind=RecordKind.GAPS,
    dry_run=False,
    format=FileFormat.CSV,
    file_name="gaps.csv",
    file_digest="0" * 64,
    file_bytes=1,
    headers=["a"],
    fields=[None],
)


def store_job(engine: Engine, portions: int = 3, rows: int = 2) -> str:
    """The id of a queued job with that many portions of that many rows."""
    job = Job(
        kind=JobKind.IMPORT,
        created_by="key_1",
        task=TASK,
        rows=portions * rows,
        portions=portions,
    )
    parts = [
        JobPortion(
            job_id=job.id, number=number, last_line=number * rows + 1, rows=rows, content=b""
        )
        for number in range(1, portions + 1)
    ]
    with database.transaction(engine) as session:
        jobs.add(session, job, parts)
        turns.tell(session, "key_1", "created", job)
    return job.id


def stored(engine: Engine, job_id: str) -> Job:
    """The job as it stands."""
    with Session(engine) as session:
        found = jobs.find(session, job_id)
    assert found is not None
    return found


def a_worker(
    runtime: Runtime, act: Callable[[JobPortion], Any] = lambda _: None, **options: Any
) -> Worker:
    """A worker for whom every row becomes a record, after `act` was called on the portion."""

    def prepare(runtime: Runtime, job: Job, portion: JobPortion) -> Store:
        def store(work: Work) -> Outcome:
            act(portion)
            return Outcome(JobCounts(created=portion.rows), [])

        return store

    kinds: dict[JobKind, Prepare] = {JobKind.IMPORT: prepare}
    return Worker(runtime, kinds, **options)
