"""When keys were last used: noted in memory, written now and then, never by the request itself."""

import time
from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import Final

from sqlalchemy import Engine

from service import clock, database
from service.repositories import api_keys

WRITE_SECONDS: Final = 60.0
"""A key that is used all the time is written once in this time, by each process."""


class KeyUses:
    """The uses of keys that this process has seen; safe to share between threads.

    Args:
        ticks: seconds that only grow; given by tests.
    """

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ticks = ticks
        self._lock = Lock()
        self._seen: dict[str, datetime] = {}
        self._written: dict[str, float] = {}

    def note(self, key_id: str) -> None:
        """A key has admitted a call just now."""
        self._seen[key_id] = clock.now()  # one step of the interpreter: no lock is needed

    def latest(self, key_id: str, stored: datetime | None) -> datetime | None:
        """The later of what is stored and what this process has seen; None where neither is."""
        known = [moment for moment in (stored, self._seen.get(key_id)) if moment is not None]
        return max(known, default=None)

    def write(self, engine: Engine, *, all_of_them: bool = False) -> int:
        """Store what is due, or all that is not stored yet; of how many keys."""
        with self._lock:
            due = {
                key_id: moment
                for key_id, moment in self._seen.copy().items()
                if all_of_them or self._is_due(key_id)
            }
            if due:
                with database.transaction(engine) as session:
                    api_keys.note_uses(session, due)
            for key_id, moment in due.items():
                self._written[key_id] = self._ticks()
                if self._seen.get(key_id) is moment:
                    del self._seen[key_id]
        return len(due)

    def _is_due(self, key_id: str) -> bool:
        last = self._written.get(key_id)
        return last is None or self._ticks() - last >= WRITE_SECONDS
