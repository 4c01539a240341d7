"""Answers shared through Redis or Valkey, which is never trusted and never needed."""

import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, fields
from enum import Enum, auto
from typing import Final, TypeVar

import structlog
from redis import Redis
from redis.exceptions import InvalidResponse, MaxConnectionsError, ResponseError

from service import redis_connections
from service.breaker import Admission, Breaker, BreakerState
from service.cache_entries import CacheKey
from service.deadline import within
from service.seals import Sealer

VERSION: Final = "1"
"""The layout of keys and values; a new one raises it, and old values expire unread."""

QUIET_SECONDS: Final = 10.0
"""At most one log line of a kind in this time; the statistics count every case."""

PROBE_SECONDS: Final = 1.0
"""For the probe's first question, which may have to connect (TLS reads certificates for it)."""

PURGE_SECONDS: Final = 10.0
PURGE_PAGE: Final = 1000

Answer = TypeVar("Answer")
_log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(__name__)


class Silence(Enum):
    """Redis said nothing that can be used: it was not asked, failed, or refused."""

    SILENCE = auto()


@dataclass(frozen=True, slots=True)
class StoreLimits:
    """What a question to Redis may cost and keep.

    Attributes:
        deadline_seconds: all of one question: connecting, greeting, sending, reading.
        slow_seconds: two answers in a row slower than this open the breaker.
        pause_seconds: how long the breaker stays open before a probe.
        expiry_seconds: every key leaves Redis after this.
        max_value_bytes: longer answers are not stored.
    """

    deadline_seconds: float = 0.1
    slow_seconds: float = 0.05
    pause_seconds: float = 2.0
    expiry_seconds: int = 3600
    max_value_bytes: int = 1024 * 1024


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


_COUNTED: Final = fields(StoreStatistics)[1:]


def run_in_background(job: Callable[[], None]) -> None:
    """Run `job` in a thread that does not keep the process alive."""
    threading.Thread(target=job, name="bulian-redis-probe", daemon=True).start()


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
        limits: StoreLimits = StoreLimits(),
        *,
        clock: Callable[[], float] = time.monotonic,
        run_probe: Callable[[Callable[[], None]], None] = run_in_background,
    ) -> None:
        if re.fullmatch(r"[A-Za-z0-9_-]{1,64}", installation_id) is None:
            raise ValueError("an installation id has 1 to 64 letters, digits, - or _")
        self._limits = limits
        self._pool = redis_connections.make_pool(url, limits.deadline_seconds)
        self._client = Redis(connection_pool=self._pool)
        self._namespace = f"bulian:{VERSION}:{installation_id}:"
        self._sealer = Sealer(secret, f"ranking cache {VERSION}")
        self._clock = clock
        self._run_probe = run_probe
        self._breaker = Breaker(limits.pause_seconds, limits.slow_seconds, clock)
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._quiet_until: dict[str, float] = {}

    def get(self, key: CacheKey) -> bytes | None:
        """The answer stored under `key`, or None: nothing there, not ours, or no Redis."""
        name = self._name(key)
        value = self._ask(lambda client: _checked(client.get(name)))
        if value is Silence.SILENCE:
            return None
        if value is None:
            self._count("misses")
            return None
        body = self._sealer.open(name, value)
        if body is None:
            self._count("rejected")
            self._warn("cache_value_rejected")
            return None
        self._count("hits")
        return body

    def put(self, key: CacheKey, body: bytes) -> bool:
        """Store `body` until it expires; False where it is too long or Redis did not take it."""
        if len(body) > self._limits.max_value_bytes:
            self._count("oversized")
            return False
        name = self._name(key)
        value = self._sealer.seal(name, body)
        expiry = self._limits.expiry_seconds
        if self._ask(lambda client: client.set(name, value, ex=expiry)) is not True:
            return False
        self._count("stored")
        return True

    def is_reachable(self) -> bool:
        """Whether Redis answers now; asks it at most once and waits no longer than a question."""
        return self._ask(self._greet) is not Silence.SILENCE

    def purge(self) -> StorePurge:
        """Remove all keys of this installation; other installations' keys stay."""
        cursor, removed, until = 0, 0, time.monotonic() + PURGE_SECONDS
        while time.monotonic() < until:
            page = self._ask(lambda client, at=cursor: self._remove_page(client, at))
            if page is Silence.SILENCE:
                break
            cursor, count = page
            removed += count
            if cursor == 0:
                return StorePurge(removed, is_complete=True)
        return StorePurge(removed, is_complete=False)

    def statistics(self) -> StoreStatistics:
        """The figures of this moment."""
        with self._lock:
            counts = {field.name: self._counts[field.name] for field in _COUNTED}
        return StoreStatistics(self._breaker.state, **counts)

    def close(self) -> None:
        """Close all connections; a later question opens new ones."""
        with suppress(Exception):
            self._pool.disconnect()

    def _ask(self, question: Callable[[Redis], Answer]) -> Answer | Silence:
        if not self._is_admitted():
            self._count("skipped")
            return Silence.SILENCE
        started = time.monotonic()
        answer: Answer | Silence = Silence.SILENCE
        try:
            with within(self._limits.deadline_seconds):
                answer = question(self._client)
        except MaxConnectionsError:
            self._count("skipped")
            return Silence.SILENCE
        except ResponseError as error:  # Redis is there and says no: reads may still go well
            self._count("refused")
            self._warn("cache_store_refused", error=type(error).__name__)
        except Exception as error:  # noqa: BLE001  # an edge: whatever Redis does stays in here
            self._fail(error)
            return Silence.SILENCE
        if self._breaker.answered(time.monotonic() - started):
            self._opened("slow")
        return answer

    def _is_admitted(self) -> bool:
        admission = self._breaker.admit()
        if admission is Admission.PROBE:
            try:
                self._run_probe(self._probe)
            except RuntimeError:  # no thread to be had: the next pause tries again
                self._breaker.probed(answered=False)
        return admission is Admission.ASK

    def _probe(self) -> None:
        """Connect at leisure, for nobody waits here, then see whether a question is in time."""
        answered, started = True, time.monotonic()
        try:
            with suppress(ResponseError), within(PROBE_SECONDS):
                self._greet(self._client)
            started = time.monotonic()
            with suppress(ResponseError), within(self._limits.deadline_seconds):
                self._greet(self._client)
        except Exception:  # noqa: BLE001  # an edge, like `_ask`; the breaker keeps the outcome
            answered = False
        if self._breaker.probed(answered=answered, seconds=time.monotonic() - started):
            _log.info("cache_store_recovered")

    def _greet(self, client: Redis) -> None:
        """Ask for a key that is never there: needs no right beyond reading our own keys."""
        _checked(client.get(f"{self._namespace}probe"))

    def _fail(self, error: Exception) -> None:
        self._count("failed")
        with suppress(Exception):  # what one failed, the idle ones may fail as well
            self._pool.disconnect(inuse_connections=False)
        if self._breaker.failed():
            self._opened(type(error).__name__)

    def _opened(self, reason: str) -> None:
        self._count("openings")
        self._warn("cache_store_away", reason=reason, pause_seconds=self._limits.pause_seconds)

    def _remove_page(self, client: Redis, cursor: int) -> tuple[int, int]:
        following, names = client.scan(  # pyright: ignore[reportUnknownMemberType]  # untyped
            cursor, match=f"{self._namespace}*", count=PURGE_PAGE
        )
        return following, client.unlink(*names) if names else 0

    def _name(self, key: CacheKey) -> str:
        return f"{self._namespace}ranking:{key}"

    def _count(self, what: str) -> None:
        with self._lock:
            self._counts[what] += 1

    def _warn(self, event: str, **fields: object) -> None:
        """Log without keys, values, addresses or Redis's words: they may hold what was sent."""
        now = self._clock()
        with self._lock:
            if now < self._quiet_until.get(event, now):
                return
            self._quiet_until[event] = now + QUIET_SECONDS
        _log.warning(event, **fields)


def _checked(reply: object) -> bytes | None:
    if reply is None or isinstance(reply, bytes):
        return reply
    raise InvalidResponse("neither bytes nor nothing")
