"""Answers shared through Redis or Valkey, which is never trusted and never needed."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Final, TypeVar, cast

from redis import Redis

from service.breaker import BreakerState
from service.cache_entries import CacheKey
from service.redis_line import (
    USUAL_LIMITS,
    RedisLine,
    Silence,
    StoreLimits,
    checked,
    run_in_background,
)
from service.seals import Sealer

__all__ = ["RedisStore", "StoreLimits", "StorePurge", "StoreStatistics"]

VERSION: Final = "1"
"""The layout of keys and values; a new one raises it, and old values expire unread."""

CLAIM_SECONDS: Final = 3.0
"""A process that died while it made an answer holds up others no longer than this."""

PURGE_SECONDS: Final = 10.0
MEASURE_SECONDS: Final = 1.0
PURGE_PAGE: Final = 1000

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class StoreStatistics:
    """Counts since the start of this process, one question to Redis each.

    Attributes:
        state: of the breaker; anything but closed means that answers come without Redis.
        hits: values found and sealed by us.
        misses: answered, nothing there.
        rejected: values that we did not seal for that key: altered, cut, moved, foreign.
        stored: values written.
        oversized: answers too long to be written.
        refused: Redis answered with an error (full, read-only, not permitted).
        failed: no usable answer in time.
        skipped: not asked, because the breaker was open or all connections were taken.
        openings: how often the breaker opened.
    """

    state: BreakerState
    hits: int
    misses: int
    rejected: int
    stored: int
    oversized: int
    refused: int
    failed: int
    skipped: int
    openings: int


@dataclass(frozen=True, slots=True)
class StorePurge:
    """How many keys were removed, and whether that was all of them."""

    removed: int
    is_complete: bool


@dataclass(frozen=True, slots=True)
class StoreSize:
    """What an installation has in Redis."""

    entries: int
    bytes: int


_COUNTED: Final = fields(StoreStatistics)[1:]


class RedisStore:
    """Finished answers of all processes of one installation; safe to share between threads.

    No method raises because of Redis. A question costs at most the deadline; after a failure the
    breaker lets everybody go without, and a probe outside any request finds out when it is over.
    A value is sealed with HMAC-SHA256 over its key and bytes, so one that was altered, cut, moved
    from another key or put there by somebody else is a miss. An old value put back under its key
    is harmless: a key names one state of the database, and its answer never changes.

    Args:
        url: `redis://`, `rediss://` (TLS) or `unix://`; it may hold a user and a password.
        installation_id: keeps installations that share a Redis apart.
        secret: the installation's secret; the sealing key is derived from it.
        limits: what a question may cost and keep.
        clock: seconds that only grow, for the breaker's pauses; given by tests.
        run_probe: runs the probe outside the request; given by tests.

    Raises:
        ValueError: the URL, the id or the secret cannot be used. The message repeats neither.
    """

    def __init__(  # two of them are for tests only
        self,
        url: str,
        installation_id: str,
        secret: bytes,
        limits: StoreLimits = USUAL_LIMITS,
        *,
        clock: Callable[[], float] = time.monotonic,
        run_probe: Callable[[Callable[[], None]], None] = run_in_background,
    ) -> None:
        if re.fullmatch(r"[A-Za-z0-9_-]{1,64}", installation_id) is None:
            raise ValueError("an installation id has 1 to 64 letters, digits, - or _")
        self._limits = limits
        namespace = f"bulian:{VERSION}:{installation_id}:"
        self._line = RedisLine(url, namespace, limits, clock=clock, run_probe=run_probe)
        self._answers = f"{namespace}ranking:"
        self._sealer = Sealer(secret, f"ranking cache {VERSION}")

    @property
    def line(self) -> RedisLine:
        """How Redis is asked, for others that keep something in it."""
        return self._line

    def get(self, key: CacheKey) -> bytes | None:
        """The answer stored under `key`, or None: nothing there, not ours, or no Redis."""
        name = self._name(key)
        value = self._line.ask(lambda client: checked(client.get(name)))
        if value is Silence.SILENCE:
            return None
        if value is None:
            self._line.count("misses")
            return None
        body = self._sealer.open(name, value)
        if body is None:
            self._line.count("rejected")
            self._line.warn("cache_value_rejected")
            return None
        self._line.count("hits")
        return body

    def put(self, key: CacheKey, body: bytes) -> bool:
        """Store `body` until it expires; False where it is too long or Redis did not take it."""
        if len(body) > self._limits.max_value_bytes:
            self._line.count("oversized")
            return False
        name = self._name(key)
        value = self._sealer.seal(name, body)
        expiry = self._limits.expiry_seconds
        if self._line.ask(lambda client: client.set(name, value, ex=expiry)) is not True:
            return False
        self._line.count("stored")
        return True

    def claim(self, key: CacheKey) -> bool:
        """Whether this process may make the answer under `key`: no other one is at it.

        A claim is given back with `release`, or ends by itself; without Redis all may.
        """
        name, expiry = self._claim(key), int(CLAIM_SECONDS * 1000)
        return self._line.ask(lambda client: client.set(name, b"1", px=expiry, nx=True)) is not None

    def release(self, key: CacheKey) -> None:
        """Give a claim back."""
        name = self._claim(key)
        self._line.ask(lambda client: client.delete(name))

    def is_reachable(self) -> bool:
        """Whether Redis answers now; asks it at most once and waits no longer than a question."""
        return self._line.is_reachable()

    def purge(self) -> StorePurge:
        """Remove all answers of this installation; other installations' keys stay."""
        counts: list[int] = []
        is_complete = self._walk(_remove, counts, PURGE_SECONDS)
        return StorePurge(sum(counts), is_complete)

    def measure(self) -> StoreSize | None:
        """What this installation has in Redis; None where it cannot be counted in a moment."""
        pages: list[list[int]] = []
        if not self._walk(_lengths, pages, MEASURE_SECONDS):
            return None
        lengths = [length for page in pages for length in page]
        return StoreSize(len(lengths), sum(lengths))

    def statistics(self) -> StoreStatistics:
        """The figures of this moment."""
        counts = self._line.counts()
        named = {field.name: counts[field.name] for field in _COUNTED}
        return StoreStatistics(self._line.state, **named)

    def close(self) -> None:
        """Close all connections; a later question opens new ones."""
        self._line.close()

    def _walk(
        self, treat: Callable[[Redis, list[bytes]], Found], found: list[Found], seconds: float
    ) -> bool:
        """Treat all our answers, a page at a time; whether that was all of them."""
        cursor, until = 0, time.monotonic() + seconds

        def ask(client: Redis) -> tuple[int, Found | None]:
            following, names = client.scan(  # pyright: ignore[reportUnknownMemberType]  # untyped
                cursor, match=f"{self._answers}*", count=PURGE_PAGE
            )
            return following, treat(client, cast("list[bytes]", names)) if names else None

        while time.monotonic() < until:
            page = self._line.ask(ask)
            if page is Silence.SILENCE:
                return False
            cursor, treated = page
            if treated is not None:
                found.append(treated)
            if cursor == 0:
                return True
        return False

    def _claim(self, key: CacheKey) -> str:
        return f"{self._line.namespace}making:{key}"

    def _name(self, key: CacheKey) -> str:
        return f"{self._answers}{key}"


def _remove(client: Redis, names: list[bytes]) -> int:
    return client.unlink(*names)


def _lengths(client: Redis, names: list[bytes]) -> list[int]:
    with client.pipeline(transaction=False) as pipe:  # pyright: ignore[reportUnknownMemberType]  # untyped
        for name in names:
            pipe.strlen(name)
        return cast("list[int]", pipe.execute())
