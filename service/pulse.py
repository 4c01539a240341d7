"""Where the log stands now, told without a session where the database can say so cheaply."""

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from sqlalchemy import Engine

from service.repositories.feed import BEGINNING, Mark

NEWEST: Final = "SELECT number, id FROM event ORDER BY number DESC LIMIT 1"
ID_AT: Final = "SELECT id FROM event WHERE number = ?"
NEWEST_OF_KEYS: Final = (
    "SELECT max(number) FROM event WHERE number > ? AND subject_type IN ('key', 'partner')"
)


@dataclass(frozen=True, slots=True)
class Beat:
    """One look at the log.

    Attributes:
        mark: the last event.
        keys: a number; no event above it is about a key or a partner.
        since: when this log was met, in seconds that only grow; a restored backup is another one.
    """

    mark: Mark
    keys: int
    since: float


class Pulse:
    """Asks an SQLite database whether anything was committed: some microseconds, never a wait.

    Every commit, of this process or of another, is seen by the next look. Of a database on a server
    nothing is known here: asking it takes as long as a session. Safe to share between threads.

    Args:
        engine: of the database.
        ticks: seconds that only grow; given by tests.
    """

    def __init__(self, engine: Engine, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ticks = ticks
        self._path = engine.url.database if engine.dialect.name == "sqlite" else None
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._version: int | None = None
        self._beat = Beat(BEGINNING, 0, ticks())

    def beat(self) -> Beat | None:
        """The state of the log, or None where it cannot be told at once."""
        if self._path is None:
            return None
        with self._lock:
            try:
                return self._look(self._connection or self._connect(self._path))
            except sqlite3.Error:
                return None

    def close(self) -> None:
        """Give back the connection."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def _connect(self, path: str) -> sqlite3.Connection:
        self._connection = sqlite3.connect(
            path, timeout=0, isolation_level=None, check_same_thread=False
        )
        self._version = None
        return self._connection

    def _look(self, connection: sqlite3.Connection) -> Beat:
        """The version is read first: what is committed after it shows in the next one."""
        version = _one(connection, "PRAGMA data_version")[0]
        if version != self._version:
            newest = _one(connection, NEWEST)
            mark = Mark(*newest) if newest else BEGINNING
            self._beat, self._version = self._follow(connection, mark), version
        return self._beat

    def _follow(self, connection: sqlite3.Connection, mark: Mark) -> Beat:
        """The beat at a mark, which goes on from the last one if the log does."""
        last = self._beat
        known = _one(connection, ID_AT, last.mark.number)
        is_same_log = known == (last.mark.id,) and last.mark.number <= mark.number
        keys, since = (last.keys, last.since) if is_same_log else (0, self._ticks())
        return Beat(mark, _one(connection, NEWEST_OF_KEYS, keys)[0] or keys, since)


def _one(connection: sqlite3.Connection, statement: str, *values: int) -> tuple[Any, ...]:
    """The first row, () where there is none; all are read, so that no statement stays open."""
    return (connection.execute(statement, values).fetchall() or [()])[0]
