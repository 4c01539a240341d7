"""What a server does by itself: chores at intervals, each in a thread of its own, until it stops.

Every process of every machine does them all. Each chore is safe to be done by several at once, and
at any time; what must be done by one at a time says so in the database.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import Engine
from sqlmodel import Session

from service import clock, database
from service.jobs.kinds import JOBS
from service.jobs.worker import Worker
from service.repositories import deliveries, idempotency, jobs, sessions
from service.runtime import Runtime
from service.telemetry.neighbours import EVERY_SECONDS, Neighbours
from service.usecases import clocks, erasure
from service.usecases.sessions import IDLE
from service.webhooks.courier import Courier

WEBHOOK_SECONDS: Final = 1.0
JOB_SECONDS: Final = 0.5
CLOCK_SECONDS: Final = 60.0
RETENTION_SECONDS: Final = 3600.0
KEY_USE_SECONDS: Final = 1.0
"""How soon a first use is stored; later ones are stored once a minute."""

LOOK_AHEAD_SECONDS: Final = 600.0
KEPT_DELIVERIES: Final = timedelta(days=30)
KEPT_JOBS: Final = timedelta(days=30)

log = structlog.stdlib.get_logger("service.background")


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to be done again and again."""

    name: str
    run: Callable[[], object]
    every_seconds: float
    close: Callable[[], object] | None = None
    """Called after the last run; waits for what it has left under way."""


class Background:
    """Chores while they run. A run that fails is logged, and the next one comes in its time."""

    def __init__(self, chores: Sequence[Chore]) -> None:
        self._chores = tuple(chores)
        self._ends = threading.Event()
        self._threads = [
            threading.Thread(target=self._repeat, args=(chore,), name=chore.name, daemon=True)
            for chore in self._chores
        ]

    @property
    def names(self) -> tuple[str, ...]:
        """Of its chores."""
        return tuple(chore.name for chore in self._chores)

    def start(self) -> None:
        """Begin with every chore."""
        for thread in self._threads:
            thread.start()

    def stop(self, grace_seconds: float) -> None:
        """Begin nothing more; what is under way may end in that time, then it is left alone."""
        until = time.monotonic() + grace_seconds
        self._ends.set()
        enders = [
            threading.Thread(target=_end, args=pair, name=pair[0].name, daemon=True)
            for pair in zip(self._chores, self._threads, strict=True)
        ]
        for ender in enders:
            ender.start()
        for ender in enders:
            ender.join(max(0.0, until - time.monotonic()))
            if ender.is_alive():
                log.warning("did not end in time", chore=ender.name)

    def _repeat(self, chore: Chore) -> None:
        while not self._ends.is_set():
            try:
                chore.run()
            except Exception:
                log.exception("chore failed", chore=chore.name)
            self._ends.wait(chore.every_seconds)


def _end(chore: Chore, thread: threading.Thread) -> None:
    thread.join()
    if chore.close is not None:
        chore.close()


def own_chores(runtime: Runtime) -> tuple[Chore, ...]:
    """What every process does, whoever does the rest: telling what only it knows."""
    uses, engine = runtime.key_uses, runtime.engine
    shown = [] if runtime.neighbours is None else [_showing(runtime, runtime.neighbours)]
    return (
        *shown,
        Chore(
            "key uses",
            lambda: uses.write(engine),
            KEY_USE_SECONDS,
            lambda: uses.write(engine, all_of_them=True),
        ),
    )


def _showing(runtime: Runtime, neighbours: Neighbours) -> Chore:
    """Shows the other processes of this server what this one counts."""
    return Chore(
        "figures",
        lambda: neighbours.show(runtime.exposition.of_process(runtime)),
        EVERY_SECONDS,
        neighbours.leave,
    )


def chores_of(runtime: Runtime) -> tuple[Chore, ...]:
    """All that a server of this service does by itself."""
    courier = Courier(runtime.engine, runtime.gate)
    worker = Worker(runtime, JOBS)
    return (
        Chore("webhooks", courier.tick, WEBHOOK_SECONDS, courier.close),
        Chore("jobs", worker.tick, JOB_SECONDS),
        Chore("clocks", lambda: wind(runtime.engine), CLOCK_SECONDS),
        Chore("retention", lambda: forget(runtime.engine), RETENTION_SECONDS),
        *own_chores(runtime),
        Chore("tomorrow", lambda: look_ahead(runtime), LOOK_AHEAD_SECONDS),
    )


def wind(engine: Engine) -> None:
    """Do what the clocks of leads ask for by now, some leads a transaction."""
    _until_done(engine, clocks.run_due, clocks.MOST)


def forget(engine: Engine) -> None:
    """Delete what is kept for some time only."""
    with database.transaction(engine) as session:
        deliveries.purge(session, clock.now() - KEPT_DELIVERIES)
        jobs.purge(session, clock.now() - KEPT_JOBS)
        sessions.purge(session, clock.now(), IDLE)
    _until_done(engine, idempotency.purge, idempotency.PURGED_A_CALL)
    _until_done(engine, erasure.run_retention, erasure.MOST)


def look_ahead(runtime: Runtime) -> None:
    """Where another reference rules tomorrow, place the pools by it already: nobody waits then."""
    today = clock.china_day()
    with database.snapshot(runtime.engine) as session:
        shelf = runtime.rulebook.at(session).shelf
        coming = shelf.reference(today + timedelta(days=1))
        if coming is not shelf.reference(today):
            runtime.library.bench(coming).index.at(session, today)


def _until_done(engine: Engine, sweep: Callable[[Session, datetime], int], most: int) -> None:
    """Sweep again while there may be more than one transaction should do."""
    swept = most
    while swept == most:
        with database.transaction(engine) as session:
            swept = sweep(session, clock.now())
