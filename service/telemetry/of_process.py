"""The metrics of one process: each has a label `process`, so that several add up."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import cast

from sqlalchemy import QueuePool

from service.breaker import BreakerState
from service.cache import CacheStatistics
from service.index import State
from service.repositories.feed import BEGINNING
from service.runtime import Runtime
from service.telemetry import system
from service.telemetry.metric import Kind, Metric, Row, one

COUNTER, GAUGE = Kind.COUNTER, Kind.GAUGE
NOT_OUTCOMES = {"state", "openings"}


@dataclass(frozen=True, slots=True)
class Process:
    """A process at one moment.

    Attributes:
        runtime: its parts.
        cache: the figures of its cache.
        state: of its pools.
        events: the number of the last event of the database; None where that is not known.
        usage: what the operating system says of it.
    """

    runtime: Runtime
    cache: CacheStatistics
    state: State
    events: int | None
    usage: system.Usage

    @classmethod
    def of(cls, runtime: Runtime, events: int | None) -> "Process":
        """As it is now; nothing is computed for it and no database is asked."""
        state = runtime.library.latest().index.state
        return cls(runtime, runtime.cache.statistics(), state, events, system.read())


def _requests(process: Process) -> Iterable[Row]:
    return [(series.labels, series.count) for series in process.runtime.figures.requests.read()]


def _hits(process: Process) -> Iterable[Row]:
    cache = process.cache
    found = {"ready": cache.ready_hits, "process": cache.process_hits, "redis": cache.store_hits}
    return [((place,), count) for place, count in found.items()]


def _breaker(process: Process) -> Iterable[Row]:
    store = process.cache.store
    return [((s,), float(store.state is s)) for s in BreakerState] if store else []


def _questions(process: Process) -> Iterable[Row]:
    store = process.cache.store
    counted = asdict(store) if store else {}
    return [((name,), n) for name, n in counted.items() if name not in NOT_OUTCOMES]


def _openings(process: Process) -> Iterable[Row]:
    store = process.cache.store
    return one(store.openings if store else None)


def _lag(process: Process) -> Iterable[Row]:
    """Of pools that were made; the next ranking brings them level."""
    mark, events = process.state.mark, process.events
    if events is None or mark == BEGINNING:
        return []
    return one(max(0, events - mark.number))


def _records(process: Process) -> Iterable[Row]:
    state = process.state
    if state.mark == BEGINNING:
        return []
    return [(("gaps",), len(state.gaps.records)), (("investors",), len(state.investors.records))]


def _connections(process: Process) -> Iterable[Row]:
    pool = cast("QueuePool", process.runtime.engine.pool)
    return [(("in_use",), pool.checkedout()), (("idle",), pool.checkedin())]


def _most_connections(process: Process) -> Iterable[Row]:
    return one(cast("QueuePool", process.runtime.engine.pool).size())


OF_PROCESS: tuple[Metric[Process], ...] = (
    Metric(
        "http_requests",
        COUNTER,
        "已答复的请求数",
        "Requests answered, by template of the path and class of the status",
        _requests,
        ("method", "path", "status"),
    ),
    Metric(
        "cache_hits",
        COUNTER,
        "缓存命中数，按所在",
        "Answers found: ready to be sent, in the process, in Redis",
        _hits,
        ("place",),
    ),
    Metric(
        "cache_misses",
        COUNTER,
        "缓存未命中数",
        "Answers that had to be made, or were waited for",
        lambda p: one(p.cache.computed + p.cache.shared),
    ),
    Metric(
        "cache_bypasses",
        COUNTER,
        "按调用方要求绕过缓存数",
        "Answers made anew because their caller wanted it so",
        lambda p: one(p.cache.bypassed),
    ),
    Metric(
        "cache_evictions",
        COUNTER,
        "因容量不足移出缓存的答复数",
        "Answers that left because room was needed",
        lambda p: one(p.cache.process.evictions),
    ),
    Metric(
        "cache_entries",
        GAUGE,
        "进程内缓存的答复数",
        "Answers held in the process",
        lambda p: one(p.cache.process.entries),
    ),
    Metric(
        "cache_bytes",
        GAUGE,
        "进程内缓存的字节数",
        "Bytes they take",
        lambda p: one(p.cache.process.bytes),
    ),
    Metric(
        "redis_breaker",
        GAUGE,
        "Redis 断路器状态，当前状态为 1",
        "State of the breaker before Redis: 1 for the one it is in; none without Redis",
        _breaker,
        ("state",),
    ),
    Metric(
        "redis_questions",
        COUNTER,
        "对 Redis 的询问数，按结果",
        "Questions to Redis by outcome",
        _questions,
        ("outcome",),
    ),
    Metric(
        "redis_breaker_openings",
        COUNTER,
        "Redis 断路器断开次数",
        "How often Redis was found to be away",
        _openings,
    ),
    Metric(
        "index_event",
        GAUGE,
        "索引所反映的最后事件号",
        "Number of the last event the pools in memory reflect; 0: not made yet",
        lambda p: one(p.state.mark.number),
    ),
    Metric(
        "index_lag_events",
        GAUGE,
        "索引落后于数据库的事件数",
        "Events of the database the pools in memory do not reflect yet",
        _lag,
    ),
    Metric(
        "index_records",
        GAUGE,
        "索引中的记录数，含已关闭的",
        "Records in the pools, closed ones included",
        _records,
        ("pool",),
    ),
    Metric(
        "database_connections",
        GAUGE,
        "数据库连接数，按状态",
        "Connections to the database by state",
        _connections,
        ("state",),
    ),
    Metric(
        "database_connections_max",
        GAUGE,
        "数据库连接数上限",
        "Connections it may have at most",
        _most_connections,
    ),
    Metric(
        "process_resident_memory_bytes",
        GAUGE,
        "常驻内存字节数",
        "Resident memory",
        lambda p: one(p.usage.resident_bytes),
    ),
    Metric(
        "process_cpu_seconds",
        COUNTER,
        "已用处理器秒数",
        "Processor time used",
        lambda p: one(p.usage.cpu_seconds),
    ),
    Metric(
        "process_open_files",
        GAUGE,
        "打开的文件数",
        "Open files and connections",
        lambda p: one(p.usage.open_files),
    ),
    Metric(
        "process_start_time_seconds",
        GAUGE,
        "启动时刻（1970 年起的秒数）",
        "When it started, in seconds since 1970",
        lambda p: one(p.runtime.figures.started_at),
    ),
)
