"""Calls counted over a sliding minute: in this process, or in Redis for all processes.

A window begins with its first call. When it is over its count becomes the previous one, which
weighs less and less until the next window is over too. So a minute holds no more than the quota,
one call of rounding apart, and a caller costs two numbers, however much it calls.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha1
from math import floor
from threading import Lock
from typing import Final, cast

from limits.storage import RedisStorage
from redis import Redis
from redis.exceptions import NoScriptError

from service.rate_limits import WINDOW_SECONDS

MOST_CALLERS: Final = 20_000
"""Counted in one process; beyond, those whose windows are over are forgotten, then the oldest."""

ADMIT: Final = RedisStorage.SCRIPT_ACQUIRE_SLIDING_WINDOW
LOOK: Final = RedisStorage.SCRIPT_SLIDING_WINDOW
ADMIT_NAME: Final = sha1(ADMIT, usedforsecurity=False).hexdigest()
LOOK_NAME: Final = sha1(LOOK, usedforsecurity=False).hexdigest()


@dataclass(slots=True)
class Window:
    """The calls of one caller: in the window before, in this one, and how long it still lasts."""

    previous: int = 0
    current: int = 0
    seconds: float = float(WINDOW_SECONDS)

    def used(self) -> int:
        """What counts against the quota now."""
        return floor(self.previous * self.seconds / WINDOW_SECONDS) + self.current

    def seconds_until_admitted(self, quota: int) -> float:
        """Until one more call fits, if there are no others; 0 where it does now."""
        if self.used() < quota:
            return 0.0
        if self.current >= quota:
            return self.seconds
        return self.seconds - (quota - self.current) * WINDOW_SECONDS / self.previous


@dataclass(slots=True)
class _Counted:
    began: float
    window: Window


class LocalWindows:
    """The windows of this process; safe to share between threads.

    Args:
        ticks: seconds that only grow; given by tests.
    """

    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ticks = ticks
        self._lock = Lock()
        self._counted: dict[str, _Counted] = {}

    def __len__(self) -> int:
        return len(self._counted)

    def hit(self, who: str, quota: int, calls: int = 1) -> tuple[bool, Window]:
        """Count calls of somebody where they fit; whether they did, and the window then."""
        with self._lock:
            now = self._ticks()
            window = self._window(who, now)
            is_admitted = window.used() + calls <= quota
            if is_admitted:
                window.current += calls
            return is_admitted, Window(window.previous, window.current, window.seconds)

    def _window(self, who: str, now: float) -> Window:
        counted = self._counted.get(who)
        if counted is None:
            if len(self._counted) >= MOST_CALLERS:
                self._forget(now)
            counted = self._counted[who] = _Counted(now, Window())
        passed, window = now - counted.began, counted.window
        if passed >= 2 * WINDOW_SECONDS or (passed >= WINDOW_SECONDS and not window.current):
            counted.began, counted.window = now, Window()
        elif passed >= WINDOW_SECONDS:
            counted.began += WINDOW_SECONDS
            window.previous, window.current = window.current, 0
        counted.window.seconds = WINDOW_SECONDS - (now - counted.began)
        return counted.window

    def _forget(self, now: float) -> None:
        over = [w for w, c in self._counted.items() if now - c.began >= 2 * WINDOW_SECONDS]
        for who in over or list(self._counted)[: MOST_CALLERS // 10]:
            del self._counted[who]


def hit_in_redis(client: Redis, name: str, quota: int, calls: int = 1) -> tuple[bool, Window]:
    """What `LocalWindows.hit` does, in Redis under a key, in one question and atomically."""
    try:
        return _ask(client, name, quota, calls)
    except NoScriptError:  # the first question since Redis started: nothing was counted
        for script in (LOOK, ADMIT):  # the one that counts last: nobody finds it without the other
            client.script_load(script)  # pyright: ignore[reportUnknownMemberType, reportArgumentType]  # untyped
        return _ask(client, name, quota, calls)


def _ask(client: Redis, name: str, quota: int, calls: int) -> tuple[bool, Window]:
    keys = (f"{{{name}}}/-1", f"{{{name}}}")
    with client.pipeline(transaction=False) as pipe:  # pyright: ignore[reportUnknownMemberType]  # untyped
        pipe.evalsha(ADMIT_NAME, 2, *keys, str(quota), str(WINDOW_SECONDS), str(calls))
        pipe.evalsha(LOOK_NAME, 2, *keys, str(WINDOW_SECONDS))
        admitted, found = cast("tuple[object, list[object]]", tuple(pipe.execute()))
    previous, _, current, left = found
    seconds = int(cast("int", left)) / 1000 - WINDOW_SECONDS
    is_running = seconds > 0
    window = Window(
        int(cast("bytes", previous or b"0")),
        int(cast("bytes", current or b"0")),
        seconds if is_running else float(WINDOW_SECONDS),
    )
    return bool(admitted), window
