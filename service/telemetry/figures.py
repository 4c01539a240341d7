"""What one process counts of its own work: plain numbers, so that counting costs next to nothing.

An SDK's histogram takes 18 µs a value, a third of a request that finds its answer ready. Here a
value is two additions under a lock, and what is shown is made when somebody asks (`exposition`).
"""

import time
from bisect import bisect_left
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import accumulate
from threading import Lock
from typing import Final

REQUEST_BOUNDS: Final = (
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
)  # fmt: skip
"""Seconds. A ready answer takes some tenths of a millisecond; after ten seconds people give up."""

RANKING_BOUNDS: Final = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)
"""Seconds. From a few records to a million of them without the compiled loop."""

METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER: Final = "other"
"""Whatever else was sent as a method: a caller must not be able to make series."""

Labels = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """The durations with the same labels.

    Attributes:
        labels: their values, in the order of the metric's names.
        up_to: how many took at most each bound, then how many there are.
        seconds: all of them together.
    """

    labels: Labels
    up_to: tuple[int, ...]
    seconds: float

    @property
    def count(self) -> int:
        """How many there are."""
        return self.up_to[-1]


class Durations:
    """How long something took, by labels; safe to share between threads.

    Args:
        bounds: upper bounds of the classes, in seconds, ascending; above the last one is one more.
    """

    def __init__(self, bounds: Sequence[float]) -> None:
        self.bounds = tuple(bounds)
        self._lock = Lock()
        self._counts: dict[Labels, list[int]] = {}
        self._seconds: dict[Labels, float] = {}

    def note(self, labels: Labels, seconds: float) -> None:
        """Count one."""
        at = bisect_left(self.bounds, seconds)
        with self._lock:
            counts = self._counts.get(labels)
            if counts is None:
                counts = self._counts[labels] = [0] * (len(self.bounds) + 1)
                self._seconds[labels] = 0.0
            counts[at] += 1
            self._seconds[labels] += seconds

    @contextmanager
    def timed(self, *labels: str) -> Generator[None]:
        """Count what is done inside, unless it fails."""
        started = time.perf_counter()
        yield
        self.note(labels, time.perf_counter() - started)

    def read(self) -> list[Series]:
        """All that was counted, by labels."""
        with self._lock:
            kept = [(labels, tuple(counts)) for labels, counts in sorted(self._counts.items())]
            seconds = dict(self._seconds)
        return [
            Series(labels, tuple(accumulate(counts)), seconds[labels]) for labels, counts in kept
        ]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a process has counted since its start."""

    requests: Durations = field(default_factory=lambda: Durations(REQUEST_BOUNDS))
    """By method, template of the path and class of the status, such as `2xx`."""
    rankings: Durations = field(default_factory=lambda: Durations(RANKING_BOUNDS))
    """By what is ranked: gaps or investors."""
    started_at: float = field(default_factory=time.time)
    """Seconds since 1970."""

    def note_request(self, method: str, path: str, status: int, seconds: float) -> None:
        """Count an answer to a request.

        Args:
            method: as it was sent.
            path: with the names of its parameters instead of their values.
            status: of the answer.
            seconds: from the request's first byte to the answer's last.
        """
        known = method if method in METHODS else OTHER
        self.requests.note((known, path, f"{status // 100}xx"), seconds)
