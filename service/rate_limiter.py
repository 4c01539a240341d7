"""Who may call now: keys over all processes through Redis, strangers in each process."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from ipaddress import IPv6Address, ip_address
from threading import Lock
from typing import Final

from service.call_windows import LocalWindows, Window, hit_in_redis
from service.rate_limits import RateLimits, Standing
from service.redis_line import RedisLine, Silence
from service.security import Caller

DEFER_SECONDS: Final = 0.1
DEFER_FROM: Final = 1000
"""Calls a minute. Smaller quotas are asked for call by call."""

DEFERRED_SHARE: Final = 200
"""At most a two-hundredth of a quota is not told yet by a process."""

NETWORK_BITS: Final = 64


@dataclass(slots=True)
class _Tally:
    """What Redis said of a caller last, and the calls admitted since without asking."""

    window: Window
    asked_at: float
    unsaid: int = 0


class RateLimiter:
    """Counts calls against quotas; safe to share between threads.

    Keys are counted in Redis, so that a quota holds over all processes; without Redis, or while it
    does not answer, each process counts for itself. Of a large quota that is not half used, some
    calls of a tenth of a second are told in one question: asking costs as much as answering from
    the cache. Strangers are counted in each process, so that their addresses are kept nowhere.

    Args:
        limits: the quotas of keys without one of their own, and of strangers.
        line: Redis, where there is one.
        ticks: seconds that only grow; given by tests.
    """

    def __init__(
        self,
        limits: RateLimits,
        line: RedisLine | None = None,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits = limits
        self._line = line
        self._ticks = ticks
        self._local = LocalWindows(ticks)
        self._lock = Lock()
        self._tallies: dict[str, _Tally] = {}

    def hit(self, caller: Caller) -> Standing:
        """Count a call of a key."""
        who = caller.key_id
        policy, quota = self._quota_of(caller)
        if self._line is None:
            return standing(policy, quota, *self._local.hit(who, quota))
        return standing(policy, quota, *self._hit_shared(self._line, who, quota))

    def hit_at_once(self, caller: Caller) -> Standing | None:
        """Count a call of a key without asking Redis; None, and nothing counted, if that cannot be.

        Neither is a call that would be refused.
        """
        policy, quota = self._quota_of(caller)
        if self._line is None:
            is_admitted, window = self._local.hit(caller.key_id, quota)
        else:
            deferred, _ = self._defer(caller.key_id, quota, is_sure=False)
            is_admitted, window = deferred is not None, deferred or Window()
        return standing(policy, quota, is_admitted, window) if is_admitted else None

    def hit_stranger(self, address: str) -> Standing:
        """Count a call without a key that is in force."""
        quota = self._limits.failed
        return standing("failed", quota, *self._local.hit(f"from {network_of(address)}", quota))

    def _quota_of(self, caller: Caller) -> tuple[str, int]:
        """The name of a caller's limit, and how many calls a minute it allows."""
        if caller.rate_limit is not None:
            return "key", caller.rate_limit
        return caller.scope.value, self._limits.of_scope(caller.scope)

    def _hit_shared(self, line: RedisLine, who: str, quota: int) -> tuple[bool, Window]:
        deferred, calls = self._defer(who, quota)
        if deferred is not None:
            return True, deferred
        name = f"{line.namespace}calls:{who}"
        answer = line.ask(partial(hit_in_redis, name=name, quota=quota, calls=calls))
        if calls > 1 and answer is not Silence.SILENCE and not answer[0]:
            # others have used half a quota since we asked last; of ours, the new call counts
            answer = line.ask(partial(hit_in_redis, name=name, quota=quota))
        if answer is Silence.SILENCE:
            return self._local.hit(who, quota)
        with self._lock:
            tally = self._tallies.setdefault(who, _Tally(answer[1], 0.0))
            tally.window, tally.asked_at = answer[1], self._ticks()
        return answer

    def _defer(self, who: str, quota: int, *, is_sure: bool = True) -> tuple[Window | None, int]:
        """The window where this call need not be told yet; else how many are to be told now.

        Where the caller is not sure to tell them, they stay untold.
        """
        with self._lock:
            tally = self._tallies.get(who)
            if tally is None:
                return None, 1
            age, window = self._ticks() - tally.asked_at, tally.window
            calls = tally.unsaid + 1
            is_far = quota >= DEFER_FROM and window.used() + calls <= quota // 2
            is_soon = age < min(DEFER_SECONDS, window.seconds)
            if is_far and is_soon and calls <= quota // DEFERRED_SHARE:
                tally.unsaid = calls
                seen = replace(window, current=window.current + calls, seconds=window.seconds - age)
                return seen, calls
            if is_sure:
                tally.unsaid = 0
            return None, calls


def standing(policy: str, quota: int, is_admitted: bool, window: Window) -> Standing:
    """How a caller with that quota stands with that window."""
    remaining = max(0, quota - window.used())
    seconds = window.seconds if is_admitted else window.seconds_until_admitted(quota)
    return Standing(policy, quota, remaining, seconds, is_admitted)


def network_of(address: str) -> str:
    """What one stranger has of addresses: an IPv4 address, or the first half of an IPv6 one.

    >>> network_of("2001:db8::1"), network_of("::ffff:192.0.2.1"), network_of("unix")
    ('2001:db8::', '192.0.2.1', 'unix')
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(IPv6Address(int(found) >> NETWORK_BITS << NETWORK_BITS))
    return address
