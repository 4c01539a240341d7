"""A breaker: after trouble nobody asks for a while, then one probe finds out for everybody."""

import threading
import time
from collections.abc import Callable
from enum import StrEnum, auto


class BreakerState(StrEnum):
    """What the breaker knows of the thing behind it."""

    CLOSED = auto()
    OPEN = auto()
    PROBING = auto()


class Admission(StrEnum):
    """What one caller may do now: ask, go without, or go without and start the probe."""

    ASK = auto()
    SKIP = auto()
    PROBE = auto()


class Breaker:
    """Keeps callers away from a thing that fails or dawdles; safe to share between threads.

    One failure opens it, and so do two slow answers in a row: either way a caller has lost at
    most two waits before everybody goes without. Only the probe's result closes it again.

    Args:
        pause_seconds: how long it stays open before a probe may start.
        slow_seconds: an answer that took longer than this is a slow one.
        clock: seconds that only grow; given by tests.
    """

    SLOW_IN_A_ROW = 2

    def __init__(
        self,
        pause_seconds: float = 2.0,
        slow_seconds: float = 0.05,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pause_seconds = pause_seconds
        self._slow_seconds = slow_seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._state = BreakerState.CLOSED
        self._slow = 0
        self._probe_from = 0.0

    @property
    def state(self) -> BreakerState:
        """The state at this moment."""
        return self._state

    def admit(self) -> Admission:
        """What this caller may do; `PROBE` goes to exactly one caller a pause."""
        if self._state is BreakerState.CLOSED:  # the common path takes no lock
            return Admission.ASK
        with self._lock:
            if self._state is BreakerState.CLOSED:
                return Admission.ASK
            if self._state is BreakerState.OPEN and self._clock() >= self._probe_from:
                self._state = BreakerState.PROBING
                return Admission.PROBE
            return Admission.SKIP

    def failed(self) -> bool:
        """Open it; True for the one caller whose failure did."""
        with self._lock:
            return self._open_if_closed()

    def answered(self, seconds: float) -> bool:
        """Note an answer and how long it took; True for the caller whose slow answer opened it.

        An answer that was under way when somebody else's failure opened the breaker closes
        nothing: it says how things were.
        """
        with self._lock:
            self._slow = self._slow + 1 if seconds > self._slow_seconds else 0
            return self._slow >= self.SLOW_IN_A_ROW and self._open_if_closed()

    def probed(self, *, answered: bool, seconds: float = 0.0) -> bool:
        """Take the probe's result; True where it closed the breaker, else another pause begins."""
        with self._lock:
            if answered and seconds <= self._slow_seconds:
                self._state = BreakerState.CLOSED
                self._slow = 0
                return True
            self._open()
            return False

    def _open_if_closed(self) -> bool:
        if self._state is not BreakerState.CLOSED:
            return False
        self._open()
        return True

    def _open(self) -> None:
        self._state = BreakerState.OPEN
        self._slow = 0
        self._probe_from = self._clock() + self._pause_seconds
