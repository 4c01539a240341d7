"""The one way Redis or Valkey is asked: in time or not at all, never twice, not while away."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, TypeVar

import structlog
from redis import ConnectionPool, Redis
from redis.exceptions import InvalidResponse, MaxConnectionsError, ResponseError

from service import redis_connections
from service.breaker import Admission, Breaker, BreakerState
from service.deadline import within
from service.telemetry import tracing

QUIET_SECONDS: Final = 10.0
"""At most one log line of a kind in this time; the statistics count every case."""

PROBE_SECONDS: Final = 1.0
"""For the probe's first question, which may have to connect (TLS reads certificates for it)."""

OF_REDIS: Final = {"db.system.name": "redis"}

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


USUAL_LIMITS: Final = StoreLimits()


def run_in_background(job: Callable[[], None]) -> None:
    """Run `job` in a thread that does not keep the process alive."""
    threading.Thread(target=job, name="bulian-redis-probe", daemon=True).start()


class RedisLine:
    """Asks Redis for everything in this process that wants to; safe to share between threads.

    No method raises because of Redis. A question costs at most the deadline; after a failure the
    breaker lets everybody go without, and a probe outside any request finds out when it is over.

    Args:
        url: `redis://`, `rediss://` (TLS) or `unix://`; it may hold a user and a password.
        namespace: what our keys begin with.
        limits: what a question may cost.
        clock: seconds that only grow, for the breaker's pauses; given by tests.
        run_probe: runs the probe outside the request; given by tests.

    Raises:
        ValueError: the URL cannot be used. The message does not repeat it.
    """

    def __init__(
        self,
        url: str,
        namespace: str,
        limits: StoreLimits,
        *,
        clock: Callable[[], float] = time.monotonic,
        run_probe: Callable[[Callable[[], None]], None] = run_in_background,
    ) -> None:
        self._limits = limits
        self._pool = redis_connections.make_pool(url, limits.deadline_seconds)
        self._client = Redis(connection_pool=self._pool)
        self._namespace = namespace
        self._clock = clock
        self._run_probe = run_probe
        self._breaker = Breaker(limits.pause_seconds, limits.slow_seconds, clock)
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._quiet_until: dict[str, float] = {}

    @property
    def namespace(self) -> str:
        """What our keys begin with."""
        return self._namespace

    @property
    def pool(self) -> ConnectionPool:
        """The connections."""
        return self._pool

    @property
    def state(self) -> BreakerState:
        """Of the breaker; anything but closed means that nobody asks."""
        return self._breaker.state

    def counts(self) -> Counter[str]:
        """What has been counted since the start of this process."""
        with self._lock:
            return self._counts.copy()

    def is_reachable(self) -> bool:
        """Whether Redis answers now; asks it at most once and waits no longer than a question."""
        return self.ask(self._greet) is not Silence.SILENCE

    def close(self) -> None:
        """Close all connections; a later question opens new ones."""
        with suppress(Exception):
            self._pool.disconnect()

    def ask(self, question: Callable[[Redis], Answer]) -> Answer | Silence:
        """What Redis answers to a question, or silence: it was not asked, failed, or refused."""
        if not self._is_admitted():
            self.count("skipped")
            return Silence.SILENCE
        started = time.monotonic()
        answer: Answer | Silence = Silence.SILENCE
        try:
            with within(self._limits.deadline_seconds), tracing.span("redis", OF_REDIS, "CLIENT"):
                answer = question(self._client)
        except MaxConnectionsError:
            self.count("skipped")
            return Silence.SILENCE
        except ResponseError as error:  # Redis is there and says no: reads may still go well
            self.count("refused")
            self.warn("cache_store_refused", error=type(error).__name__)
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
        checked(client.get(f"{self._namespace}probe"))

    def _fail(self, error: Exception) -> None:
        self.count("failed")
        with suppress(Exception):  # what one failed, the idle ones may fail as well
            self._pool.disconnect(inuse_connections=False)
        if self._breaker.failed():
            self._opened(type(error).__name__)

    def _opened(self, reason: str) -> None:
        self.count("openings")
        self.warn("cache_store_away", reason=reason, pause_seconds=self._limits.pause_seconds)

    def count(self, what: str) -> None:
        """Count one case of something."""
        with self._lock:
            self._counts[what] += 1

    def warn(self, event: str, **fields: object) -> None:
        """Log without keys, values, addresses or Redis's words: they may hold what was sent."""
        now = self._clock()
        with self._lock:
            if now < self._quiet_until.get(event, now):
                return
            self._quiet_until[event] = now + QUIET_SECONDS
        _log.warning(event, **fields)


def checked(reply: object) -> bytes | None:
    """A reply that is a value or nothing.

    Raises:
        InvalidResponse: it is something else.
    """
    if reply is None or isinstance(reply, bytes):
        return reply
    raise InvalidResponse("neither bytes nor nothing")
