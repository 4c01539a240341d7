"""What `bulian import` and `bulian work` do: jobs, worked at by this process."""

import signal
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from models.job import ENDED, Job, JobDetail, JobStatus
from service import database, security
from service.background import Background, chores_of
from service.imports.arriving import Packed, Said, packed
from service.jobs import turns
from service.jobs.kinds import JOBS
from service.jobs.worker import Worker
from service.repositories import jobs
from service.runtime import Runtime, Visit
from service.usecases import imports
from service.usecases.jobs import read

IDLE_SECONDS: Final = 1.0
LOOK_SECONDS: Final = 0.2
"""While another worker has the job's turn."""

SHOWN_SECONDS: Final = 0.5
"""Of a turn, so that the bar moves."""

STOP_SECONDS: Final = 15.0
"""Longer than a message to a webhook may take."""


def import_file(runtime: Runtime, path: Path, said: Said, console: Console) -> JobDetail:
    """Import a file and show how far it is; one that was broken off goes on where it stopped.

    Raises:
        NotValid: the file is in none of the forms, hostile, empty, or has unknown headers.
    """
    with path.open("rb") as file, packed(file, path.name, said) as found:
        job_id = _started(runtime, found)
    _work_until_ended(runtime, job_id, console)
    with database.snapshot(runtime.engine) as session:
        return read(Visit(session, security.OPERATOR), job_id)


def _started(runtime: Runtime, found: Packed) -> str:
    """The id of the job of a file: one that was broken off, or a new one."""
    with database.transaction(runtime.engine) as session:
        visit = Visit(session, security.OPERATOR)
        job = jobs.find_unended(session, visit.caller.key_id, found.task)
        if job is None:
            return imports.start(visit, found, None).id
        if job.status is JobStatus.FAILED:
            turns.retry(session, job, visit.caller.key_id)
        return job.id


def _work_until_ended(runtime: Runtime, job_id: str, console: Console) -> None:
    worker = Worker(runtime, JOBS, SHOWN_SECONDS)
    bar = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*bar, TimeRemainingColumn(), console=console) as progress:
        shown = progress.add_task("import")
        while True:
            job = _found(runtime, job_id)
            progress.update(shown, completed=job.rows_done, total=job.rows)
            if job.status in ENDED:
                return
            if not worker.tick(job_id):
                time.sleep(LOOK_SECONDS)


def _found(runtime: Runtime, job_id: str) -> Job:
    with database.snapshot(runtime.engine) as session:
        return jobs.get(session, job_id)


def work(runtime: Runtime, *, until_idle: bool = False) -> None:
    """Work at jobs until told to stop by SIGTERM or SIGINT; the portion under way is finished.

    Args:
        runtime: the parts of the service.
        until_idle: stop when no job waits.
    """
    worker = Worker(runtime, JOBS)
    with _stopping() as ends:
        while not ends.is_set():
            if not worker.tick():
                if until_idle:
                    return
                ends.wait(IDLE_SECONDS)


def work_in_background(runtime: Runtime) -> None:
    """Do all that a server does beside answering, until told to stop by SIGTERM or SIGINT.

    Jobs, webhooks, clocks and what is kept for a time: with it, servers may leave all of that.
    """
    running = Background(chores_of(runtime))
    with _stopping() as ends:
        running.start()
        ends.wait()
        running.stop(STOP_SECONDS)


@contextmanager
def _stopping() -> Generator[threading.Event]:
    """Set when the process is asked to stop."""
    ends = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        ends.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield ends
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
