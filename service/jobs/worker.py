"""A worker: takes the oldest job that waits, works at it for a while, and looks again.

Every server has one in a thread; `bulian work` is one in a process of its own. What a portion
holds is checked before the transaction that stores it, which on SQLite holds up all other writers.
"""

import threading
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from matching.vocabulary import Scope
from models.ids import new_id
from models.job import Job, JobKind, JobPortion, JobStatus
from service import clock, database
from service.jobs import turns
from service.jobs.turns import Outcome
from service.repositories import jobs
from service.runtime import Runtime, Work
from service.security import Caller
from service.telemetry import tracing

TURN_SECONDS: Final = 5.0
"""After that a worker looks whether it should end; a server waits some seconds for it."""

HEARTBEAT_SECONDS: Final = turns.LEASE.total_seconds() / 3

log = structlog.stdlib.get_logger("service.jobs")


Store = Callable[[Work], Outcome]
"""Stores what was made ready, in the caller's transaction."""

Prepare = Callable[[Runtime, Job, JobPortion], Store]
"""Makes a portion ready to be stored, outside any transaction: the kind of a job."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A portion that has been made ready."""

    portion: JobPortion
    store: Store


class Worker:
    """Works at jobs, one at a time.

    Args:
        runtime: the parts of the service.
        kinds: what to do for each kind of job.
        turn_seconds: how long a turn may last.
    """

    def __init__(
        self,
        runtime: Runtime,
        kinds: Mapping[JobKind, Prepare],
        turn_seconds: float = TURN_SECONDS,
    ) -> None:
        self.name = new_id("wrk")
        self._runtime = runtime
        self._kinds = kinds
        self._turn_seconds = turn_seconds

    def tick(self, job_id: str | None = None) -> bool:
        """Have a turn at the oldest job that waits, or at the named one; whether there was one."""
        engine = self._runtime.engine
        with database.snapshot(engine) as session:
            if not jobs.is_any_due(session, clock.now()):
                return False
        with database.transaction(engine) as session:
            job = turns.begin(session, self.name, clock.now(), job_id)
        if job is None:
            return False
        told = {"bulian.job.kind": job.kind.value, "bulian.job.id": job.id}
        with beating(engine, job.id, self.name), tracing.span(f"job {job.kind}", told):
            self._have_turn(job)
        return True

    def _have_turn(self, job: Job) -> None:
        try:
            if self._work_at(job, time.monotonic() + self._turn_seconds):
                self._settle(job.id, lambda _, held: turns.leave(held))
        except Exception as error:
            log.exception("job broke off", job=job.id, position=job.position)
            cause = error.orig if isinstance(error, DBAPIError) else error
            told = type(cause).__name__
            tracing.tell(failed=told)
            self._settle(job.id, lambda session, held: turns.break_off(session, held, told))

    def _work_at(self, job: Job, until: float) -> bool:
        """Do portion after portion.

        Says whether the job goes on: it has not ended, and the turn is still ours to leave.
        """
        while self._store(job, self._make_ready(job, job.position + 1)):
            if time.monotonic() >= until:
                return True
        return False

    def _make_ready(self, job: Job, number: int) -> Ready:
        with database.snapshot(self._runtime.engine) as session:
            portion = jobs.portion_at(session, job.id, number)
        return Ready(portion, self._kinds[job.kind](self._runtime, job, portion))

    def _store(self, job: Job, ready: Ready) -> bool:
        """Store a portion of a job; whether there is another one to do."""
        with database.transaction(self._runtime.engine) as session:
            held = jobs.find_held(session, job.id, self.name)
            if held is None:
                log.warning("turn passed to another worker", job=job.id)
                return False
            if held.cancel_requested:
                turns.finish(session, held, JobStatus.CANCELLED)
                return False
            work = Work(session, Caller(job.created_by, Scope.ADMIN), self._runtime)
            turns.advance(session, held, ready.portion, ready.store(work))
            if held.position == held.portions:
                turns.finish(session, held, JobStatus.DONE)
        job.position = held.position
        return held.status is JobStatus.RUNNING

    def _settle(self, job_id: str, change: Callable[[Session, Job], None]) -> None:
        """Change a job as long as it is this worker's turn."""
        with database.transaction(self._runtime.engine) as session:
            held = jobs.find_held(session, job_id, self.name)
            if held is not None:
                change(session, held)


@contextmanager
def beating(engine: Engine, job_id: str, worker: str) -> Generator[None]:
    """Keep a worker's turn while a portion takes its time."""
    ends = threading.Event()

    def beat() -> None:
        while not ends.wait(HEARTBEAT_SECONDS):
            try:
                with database.transaction(engine) as session:
                    jobs.extend(session, job_id, worker, clock.now() + turns.LEASE)
            except DBAPIError:
                log.warning("no heartbeat", job=job_id, exc_info=True)

    thread = threading.Thread(target=beat, name=f"heartbeat of {job_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ends.set()
        thread.join()
