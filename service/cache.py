"""Finished answers: found again in this process, then in Redis, or made once for all who ask."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Final

from service.cache_entries import CacheKey, Entry, cache_key
from service.process_store import ProcessStatistics, ProcessStore
from service.redis_store import RedisStore, StorePurge, StoreStatistics

__all__ = ["Cache", "CacheKey", "CacheStatistics", "Entry", "Hit", "Purge", "cache_key"]

PROCESS_BYTES: Final = 64 * 1024 * 1024
WAIT_SECONDS: Final = 10.0
"""Who waited this long for another's computation makes the answer itself."""

OTHERS_SECONDS: Final = 2.0
PAUSE_SECONDS: Final = 0.01
"""For the computation of another process, and between two looks for what it made."""


class Hit(StrEnum):
    """Whether the answer was there when it was asked for (RFC 9211: `hit`, `fwd=miss`)."""

    HIT = "hit"
    MISS = "miss"


@dataclass(frozen=True, slots=True)
class CacheStatistics:
    """Counts since the start of this process.

    Attributes:
        process_hits: answers found in this process.
        ready_hits: answers sent as they were, before anything else was run (the fast lane).
        store_hits: answers found in Redis.
        computed: answers made.
        shared: answers received from a computation that somebody else had begun.
        bypassed: answers made anew because their caller wanted it so.
        process: what this process holds.
        store: what is known of Redis; None where there is none.
    """

    process_hits: int
    ready_hits: int
    store_hits: int
    computed: int
    shared: int
    bypassed: int
    process: ProcessStatistics
    store: StoreStatistics | None


_COUNTED: Final = fields(CacheStatistics)[:6]


@dataclass(frozen=True, slots=True)
class Purge:
    """What a purge removed; other processes keep what they hold themselves."""

    process_entries: int
    store: StorePurge | None


class _Flight:
    """One computation under way and, at its end, what it gave: None where it failed."""

    __slots__ = ("entry", "landed")

    def __init__(self) -> None:
        self.landed = threading.Event()
        self.entry: Entry | None = None


class Cache:
    """The cache of one process; safe to share between threads.

    A key must name one state of everything its answer depends on (`cache_key`), so an entry is
    never stale and needs no expiry here.

    Args:
        process_bytes: upper bound of what this process holds.
        store: Redis, where there is one.
        wait_seconds: the longest wait for another's computation.
    """

    def __init__(
        self,
        process_bytes: int = PROCESS_BYTES,
        store: RedisStore | None = None,
        *,
        wait_seconds: float = WAIT_SECONDS,
    ) -> None:
        self._process: ProcessStore[Entry] = ProcessStore(process_bytes)
        self._store = store
        self._wait_seconds = wait_seconds
        self._lock = threading.Lock()
        self._flights: dict[CacheKey, _Flight] = {}
        self._counts: Counter[str] = Counter()

    @property
    def store(self) -> RedisStore | None:
        """Redis, where there is one."""
        return self._store

    def get(self, key: CacheKey) -> Entry | None:
        """The entry under `key`: from this process, else from Redis, else None."""
        entry = self._process.get(key)
        if entry is not None:
            self._count("process_hits")
            return entry
        return self._fetch(key)

    def put(self, key: CacheKey, body: bytes) -> Entry:
        """Keep `body` here and in Redis, as far as both take it; its entry."""
        entry = Entry.of(body)
        self._process.put(key, entry)
        if self._store is not None:
            self._store.put(key, body)
        return entry

    def compute(self, key: CacheKey, make: Callable[[], bytes]) -> tuple[Entry, Hit]:
        """The entry under `key`, made by `make` where there is none yet.

        One computation a key runs at a time, in all processes that share a Redis; the others wait
        for it and share its entry, those of this process as a miss. Where it fails they make the
        answer themselves, each at once: nobody waits twice. `make` must hold what it needs (a
        database connection) before, for the waiting hold theirs, and must not ask for the same key
        again.

        Raises:
            Exception: whatever `make` raises; nothing is stored then.
        """
        entry = self._process.get(key)
        if entry is not None:
            self._count("process_hits")
            return entry, Hit.HIT
        flight, leads = self._board(key)
        if leads:
            return self._lead(key, flight, make)
        flight.landed.wait(self._wait_seconds)
        if flight.entry is not None:
            self._count("shared")
            return flight.entry, Hit.MISS
        self._count("computed")
        return self.put(key, make()), Hit.MISS

    def note_found(self) -> None:
        """Count an answer that was found in this process beside what is kept by its state."""
        self._count("process_hits")

    def note_ready(self) -> None:
        """Count an answer that the fast lane had ready."""
        self._count("ready_hits")

    def note_bypass(self) -> None:
        """Count an answer that was made anew on its caller's wish."""
        self._count("bypassed")

    def forget(self) -> int:
        """Forget what this process holds; how many answers that were."""
        return self._process.clear()

    def purge(self) -> Purge:
        """Forget what this process holds and what the installation holds in Redis."""
        entries = self.forget()
        return Purge(entries, None if self._store is None else self._store.purge())

    def statistics(self) -> CacheStatistics:
        """The figures of this moment."""
        with self._lock:
            counts = {field.name: self._counts[field.name] for field in _COUNTED}
        store = None if self._store is None else self._store.statistics()
        return CacheStatistics(**counts, process=self._process.statistics(), store=store)

    def close(self) -> None:
        """Close the connections to Redis."""
        if self._store is not None:
            self._store.close()

    def _board(self, key: CacheKey) -> tuple[_Flight, bool]:
        """The computation of `key` that is under way, or a new one that the caller leads."""
        with self._lock:
            flight = self._flights.get(key)
            if flight is not None:
                return flight, False
            flight = self._flights[key] = _Flight()
            return flight, True

    def _lead(self, key: CacheKey, flight: _Flight, make: Callable[[], bytes]) -> tuple[Entry, Hit]:
        found: Entry | None = None
        try:
            # again: the one before may have landed in between
            found = self.get(key) or self._await_others(key)
            entry = flight.entry = found or self._make(key, make)
        finally:
            with self._lock:
                del self._flights[key]
            flight.landed.set()
            if found is None:  # after the landing: nobody here waits for Redis
                self._tell_others(key, flight.entry)
        return entry, Hit.MISS if found is None else Hit.HIT

    def _await_others(self, key: CacheKey) -> Entry | None:
        """The answer that another process is making; None where it is to be made here."""
        if self._store is None:
            return None
        until = time.monotonic() + OTHERS_SECONDS
        while not (is_mine := self._store.claim(key)) and time.monotonic() < until:
            time.sleep(PAUSE_SECONDS)
            if (entry := self._fetch(key)) is not None:
                return entry
        entry = self._fetch(key)  # it may have come between the look before and the claim
        if is_mine and entry is not None:
            self._store.release(key)
        return entry

    def _tell_others(self, key: CacheKey, entry: Entry | None) -> None:
        """Store what was made, and let others have their turn if it failed."""
        if self._store is not None:
            if entry is not None:
                self._store.put(key, entry.body)
            self._store.release(key)

    def _make(self, key: CacheKey, make: Callable[[], bytes]) -> Entry:
        self._count("computed")
        entry = Entry.of(make())
        self._process.put(key, entry)
        return entry

    def _fetch(self, key: CacheKey) -> Entry | None:
        body = None if self._store is None else self._store.get(key)
        if body is None:
            return None
        self._count("store_hits")
        entry = Entry.of(body)
        self._process.put(key, entry)
        return entry

    def _count(self, what: str) -> None:
        with self._lock:
            self._counts[what] += 1
