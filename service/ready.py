"""Finished answers by the very request that gets them, and keys that were looked at lately.

The ordinary way of a request fills both tables; the fast lane reads them.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from threading import Lock
from typing import Final

from matching.vocabulary import Scope
from service import clock
from service.cache_entries import CacheKey, Entry
from service.process_store import ProcessStore
from service.pulse import Beat
from service.repositories.feed import Mark
from service.security import Caller

READY_BYTES: Final = 32 * 1024 * 1024
MOST_ADMITTED: Final = 10_000
KEY_SECONDS: Final = 1.0
"""Where the log cannot be looked at, a key is believed so long: only by who accepts old answers."""

Header = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Ready(Entry):
    """An answer with all that is known of it before it is asked for again."""

    mark: Mark
    day: date
    seen_at: float
    """When it was known to be right, in seconds that only grow."""
    scope: Scope
    """Whoever may do this may have it."""
    template: str
    """The path with the names of its parameters."""
    headers: tuple[Header, ...]
    """Those that do not change from one time to the next."""


@dataclass(frozen=True, slots=True)
class _Admitted:
    caller: Caller
    number: int
    """Of the last event when the key was looked at."""
    seen_at: float


class ReadyAnswers:
    """The two tables of one process; safe to share between threads.

    Args:
        max_bytes: upper bound of the answers.
        ticks: seconds that only grow; given by tests.
    """

    def __init__(
        self, max_bytes: int = READY_BYTES, ticks: Callable[[], float] = time.monotonic
    ) -> None:
        self._answers: ProcessStore[Ready] = ProcessStore(max_bytes)
        self._admitted: dict[bytes, _Admitted] = {}
        self._lock = Lock()
        self._ticks = ticks

    def keep(self, path: str, query: bytes, answer: Ready) -> None:
        """Keep an answer to a path and its query as it came."""
        self._answers.put(_name(path, query), answer)

    def find(self, path: str, query: bytes, beat: Beat | None, max_stale: int) -> Ready | None:
        """The answer to a path and its query that is right, or was at most so many seconds ago."""
        found = self._answers.get(_name(path, query))
        if found is None or found.day != clock.china_day():
            return None
        if beat is not None and beat.mark == found.mark:
            return found
        return found if self._ticks() - found.seen_at <= max_stale else None

    def admit(self, authorization: bytes, caller: Caller, number: int) -> None:
        """Keep who is behind a header, as it was when an event of that number was the last."""
        with self._lock:
            if len(self._admitted) >= MOST_ADMITTED:
                self._admitted.clear()
            digest = sha256(authorization).digest()
            self._admitted[digest] = _Admitted(caller, number, self._ticks())

    def caller(self, authorization: bytes, beat: Beat | None) -> Caller | None:
        """Who is behind a header, where that was looked at and nothing can have changed."""
        known = self._admitted.get(sha256(authorization).digest())
        if known is None or (known.caller.until is not None and known.caller.until <= clock.now()):
            return None
        if beat is None:
            is_recent = self._ticks() - known.seen_at <= KEY_SECONDS
        else:
            is_recent = beat.keys <= known.number and beat.since <= known.seen_at
        return known.caller if is_recent else None

    def now(self) -> float:
        """Seconds that only grow."""
        return self._ticks()

    def forget(self) -> None:
        """Keep no answer any more."""
        self._answers.clear()


def _name(path: str, query: bytes) -> CacheKey:
    return CacheKey(f"{path}?{query.decode('latin-1')}")
