"""A job's stream of events: looked at again and again, no view of the database held in between."""

import time
from collections.abc import AsyncGenerator
from typing import Final

import anyio
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import ServerSentEvent
from sqlalchemy.exc import DBAPIError

from models.job import ENDED, JobProgress
from service import database, security
from service.dependencies import ADMIN
from service.errors import Refused
from service.runtime import Runtime
from service.usecases import jobs

LOOK_SECONDS: Final = 0.5
LIFE_SECONDS: Final = 600.0
"""Of one stream; a browser connects again by itself."""


def look(runtime: Runtime, secret: str, job_id: str) -> JobProgress:
    """How far a job is now, for a key that is in force now.

    Raises:
        KeyNotAccepted: the key is no longer in force.
        ScopeTooNarrow: it is no administrator's.
        JobNotFound: no such job.
    """
    with database.snapshot(runtime.engine) as session:
        security.admit(session, secret, ADMIN)
        return jobs.progress(session, job_id)


async def follow(
    first: JobProgress, runtime: Runtime, secret: str, job_id: str
) -> AsyncGenerator[ServerSentEvent]:
    """A message at once, whenever the job has come on, and at its end.

    The stream ends early after its time, when the key is revoked, and when the database goes away.
    """
    until = time.monotonic() + LIFE_SECONDS
    seen = first
    yield message_of(seen)
    while seen.status not in ENDED and time.monotonic() < until:
        await anyio.sleep(LOOK_SECONDS)
        try:
            now = await run_in_threadpool(look, runtime, secret, job_id)
        except (Refused, DBAPIError):
            return
        if now != seen:
            seen = now
            yield message_of(seen)


def message_of(progress: JobProgress) -> ServerSentEvent:
    """A message: `end` when the job has ended, else `progress`."""
    name = "end" if progress.status in ENDED else "progress"
    return ServerSentEvent(data=progress, event=name)
