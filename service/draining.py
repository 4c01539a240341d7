"""Leaving without cutting anybody off: between SIGTERM and the end of the listener.

A load balancer needs some time until it sends nobody here any more. Meanwhile `/readyz` says no,
and every answer asks its caller to close the connection, so that none is idle when the listener
goes.
"""

import asyncio
import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

from starlette.types import Scope


class Drain:
    """How one process leaves.

    Args:
        seconds: how long it goes on answering after SIGTERM; 0 leaves at once, as SIGINT and a
            second SIGTERM do.
    """

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds
        self.is_under_way = False

    @contextmanager
    def listening(self) -> Generator[None]:
        """Hold SIGTERM back for that time, in the main thread of a running event loop."""
        if not self.seconds or threading.current_thread() is not threading.main_thread():
            yield
            return
        loop, ordinary = asyncio.get_running_loop(), signal.getsignal(signal.SIGTERM)

        def begin(_number: int, _frame: FrameType | None) -> None:
            signal.signal(signal.SIGTERM, ordinary)
            self.is_under_way = True
            leave = (loop.call_later, self.seconds, signal.raise_signal, signal.SIGTERM)
            loop.call_soon_threadsafe(*leave)

        signal.signal(signal.SIGTERM, begin)
        try:
            yield
        finally:
            if signal.getsignal(signal.SIGTERM) is begin:
                signal.signal(signal.SIGTERM, ordinary)


def is_leaving(scope: Scope) -> bool:
    """Whether the process that got a request is about to stop."""
    state = getattr(scope.get("app"), "state", None)
    drain: Drain | None = getattr(state, "drain", None)
    return drain is not None and drain.is_under_way
