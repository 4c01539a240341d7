"""Looks at the database for those who scrape: seldom, and never longer than they can wait."""

import threading
import time
from collections.abc import Callable
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from service import clock, database
from service.repositories import backlog
from service.repositories.backlog import Backlog

SECONDS_KEPT: Final = 5.0
"""Several scrapers, and the processes of one server, cost one look."""

PATIENCE_SECONDS: Final = 2.0
"""A database that hangs must not cost the scrape, whose scraper waits ten seconds by default."""


class Watch:
    """What the database said last; safe to share between threads.

    Args:
        patience_seconds: the longest wait for a look.
        ticks: seconds that only grow; given by tests.
    """

    def __init__(
        self,
        patience_seconds: float = PATIENCE_SECONDS,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._patience_seconds = patience_seconds
        self._ticks = ticks
        self._lock = threading.Lock()
        self._look: threading.Thread | None = None
        self._seen: tuple[float, Backlog] | None = None

    def backlog(self, engine: Engine) -> Backlog | None:
        """What waits, as it was at most some seconds ago; None where the database does not say."""
        with self._lock:
            if (known := self._fresh()) is not None:
                return known
            look = self._look
            if look is None or not look.is_alive():
                look = threading.Thread(
                    target=self._read, args=(engine,), name="backlog", daemon=True
                )
                self._look = look
                look.start()
        look.join(self._patience_seconds)
        return self._fresh()

    def _fresh(self) -> Backlog | None:
        seen = self._seen
        is_fresh = seen is not None and self._ticks() - seen[0] <= SECONDS_KEPT
        return seen[1] if seen is not None and is_fresh else None

    def _read(self, engine: Engine) -> None:
        try:
            with database.snapshot(engine) as session:
                found = backlog.read(session, clock.now())
        except SQLAlchemyError:  # away: that is what the figures then say
            return
        self._seen = (self._ticks(), found)
