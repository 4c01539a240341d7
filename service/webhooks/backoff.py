"""When a delivery that failed is tried again: soon at first, then every four hours, three days."""

from datetime import timedelta
from typing import Final

DELAYS: Final = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(minutes=30),
    timedelta(hours=1),
    timedelta(hours=2),
    *[timedelta(hours=4)] * 18,
)
"""From one attempt to the next. A receiver that is back waits four hours at most, and changing its
webhook to active makes the next attempt at once. No chance in it: receivers fail at moments of
their own, so their attempts are spread already."""


def delay_after(failures: int) -> timedelta | None:
    """How long to wait after that many failures in a row, 1 or more; None = give up.

    >>> delay_after(1), delay_after(26)
    (datetime.timedelta(seconds=5), None)
    """
    return DELAYS[failures - 1] if failures <= len(DELAYS) else None
