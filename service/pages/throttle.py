"""Slowing down who fails to sign in: each failure beyond a few doubles the wait."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Final

from service.pages.errors import SignInSlowed

FREE: Final = 3
"""Failures that cost no wait: keys are pasted wrong now and then."""

LONGEST_SECONDS: Final = 60.0
FORGOTTEN_SECONDS: Final = 900.0
MOST_ADDRESSES: Final = 1000


@dataclass(slots=True)
class _Failures:
    count: int
    last: float


class Throttle:
    """Failed sign-ins of one process, by the address they came from.

    A key has too much entropy to be guessed; this keeps those who try from keeping us busy.
    """

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._lock = Lock()
        self._failures: OrderedDict[str, _Failures] = OrderedDict()

    def check(self, address: str) -> None:
        """Nothing when an attempt from there may be made now.

        Raises:
            SignInSlowed: it has to wait.
        """
        with self._lock:
            failures = self._failures.get(address)
            left = 0.0 if failures is None else self._left(failures)
        if left > 0:
            raise SignInSlowed(int(left) + 1)

    def failed(self, address: str) -> None:
        """Note a failure; the addresses longest without one are forgotten first."""
        now = self._seconds()
        with self._lock:
            before = self._failures.pop(address, None)
            if before is None or now - before.last > FORGOTTEN_SECONDS:
                before = _Failures(0, now)
            self._failures[address] = _Failures(before.count + 1, now)
            while len(self._failures) > MOST_ADDRESSES:
                self._failures.popitem(last=False)

    def succeeded(self, address: str) -> None:
        """Forget the failures of an address."""
        with self._lock:
            self._failures.pop(address, None)

    def _left(self, failures: _Failures) -> float:
        if failures.count <= FREE:
            return 0.0
        wait = min(LONGEST_SECONDS, 2.0 ** min(failures.count - FREE, 10))
        return failures.last + wait - self._seconds()
