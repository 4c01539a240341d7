"""One deadline for all steps of a piece of work, known to whatever runs below it in its thread."""

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager


class _Deadline(threading.local):
    until: float = 0.0  # of time.monotonic, in seconds


_deadline = _Deadline()


@contextmanager
def within(seconds: float) -> Generator[None]:
    """Give the block `seconds` in all, from now; outside of a block nothing is left."""
    _deadline.until = time.monotonic() + seconds
    try:
        yield
    finally:
        _deadline.until = 0.0


def remaining() -> float:
    """The seconds left, more than 0.

    Raises:
        TimeoutError: none are left. It is an `OSError`, so code around sockets cleans up.
    """
    seconds = _deadline.until - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("the deadline has passed")
    return seconds
