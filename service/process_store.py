"""Answers kept in this process: the least recently used leave when the room is used up."""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Generic, TypeVar

from service.cache_entries import CacheKey, Entry

Held = TypeVar("Held", bound=Entry)

ENTRY_OVERHEAD_BYTES = 512
"""Counted for an entry beside its body: key, ETag, objects and the table's slots, rounded up."""


@dataclass(frozen=True, slots=True)
class ProcessStatistics:
    """What one process holds now, in entries and bytes, and how many had to leave so far."""

    entries: int
    bytes: int
    max_bytes: int
    evictions: int


class ProcessStore(Generic[Held]):
    """A bounded table of entries, safe to share between threads.

    Args:
        max_bytes: upper bound of all bodies and their overhead; 0 keeps nothing.

    Raises:
        ValueError: the bound is negative.
    """

    def __init__(self, max_bytes: int) -> None:
        if max_bytes < 0:
            raise ValueError(f"the cache's size cannot be negative: {max_bytes}")
        self._max_bytes = max_bytes
        self._bytes = 0
        self._evictions = 0
        self._entries: OrderedDict[CacheKey, Held] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: CacheKey) -> Held | None:
        """The entry under `key`, which becomes the most recently used one."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
            return entry

    def put(self, key: CacheKey, entry: Held) -> None:
        """Keep `entry`; one that alone exceeds the bound is not kept and displaces nothing."""
        with self._lock:
            self._drop(key)
            if _size(entry) > self._max_bytes:
                return
            self._entries[key] = entry
            self._bytes += _size(entry)
            while self._bytes > self._max_bytes:
                self._drop(next(iter(self._entries)))
                self._evictions += 1

    def clear(self) -> int:
        """Forget everything; how many entries that were."""
        with self._lock:
            count = len(self._entries)
            self._entries.clear()
            self._bytes = 0
            return count

    def statistics(self) -> ProcessStatistics:
        """The figures of this moment."""
        with self._lock:
            return ProcessStatistics(
                len(self._entries), self._bytes, self._max_bytes, self._evictions
            )

    def _drop(self, key: CacheKey) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._bytes -= _size(entry)


def _size(entry: Entry) -> int:
    return len(entry.body) + ENTRY_OVERHEAD_BYTES
