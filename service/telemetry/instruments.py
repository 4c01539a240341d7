"""The metrics as instruments of OpenTelemetry, which a Prometheus exporter puts into text.

All instruments are observed: the SDK asks for their values when somebody scrapes. It has none that
observes a histogram, so those are put beside it, from the same figures.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final, TypeVar

from opentelemetry.exporter.prometheus import PrometheusMetricReader
from opentelemetry.metrics import CallbackOptions, Meter, Observation
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.resources import Resource
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import HistogramMetricFamily
from prometheus_client.registry import Collector

from service.repositories.backlog import Backlog
from service.runtime import Runtime
from service.telemetry.figures import Durations, Figures
from service.telemetry.metric import PREFIX, Kind, Metric, Row, one
from service.telemetry.of_database import OF_DATABASE
from service.telemetry.of_process import OF_PROCESS, Process

LABEL: Final = "process"
SCOPE: Final = "bulian"

Source = TypeVar("Source")

DATABASE_UP: Final[Metric[bool]] = Metric(
    "database_up",
    Kind.GAUGE,
    "数据库是否应答",
    "Whether the database answered in time: 1 or 0",
    lambda is_up: one(float(is_up)),
)

HISTOGRAMS: Final[tuple[tuple[str, str, tuple[str, ...], Callable[[Figures], Durations]], ...]] = (
    (
        "http_request_duration_seconds",
        "答复请求所用秒数 · How long an answer took",
        ("method", "path", "status"),
        lambda figures: figures.requests,
    ),
    (
        "ranking_duration_seconds",
        "一次排序所用秒数 · How long the engine took for one ranking",
        ("of",),
        lambda figures: figures.rankings,
    ),
)
"""Name, what it says, names of the labels, and where it is counted."""


class Instruments:
    """Both groups of metrics; one thread uses it at a time."""

    def __init__(self) -> None:
        self._name = str(os.getpid())
        self._process: Process | None = None
        self._backlog: Backlog | None = None
        self._own, self._shared = CollectorRegistry(), CollectorRegistry()
        own = _meter(self._own, {LABEL: self._name})
        for metric in OF_PROCESS:
            _observe(own, metric, lambda: self._process)
        self._own.register(_Histograms(self._name, lambda: self._process))
        shared = _meter(self._shared, {})
        for metric in OF_DATABASE:
            _observe(shared, metric, lambda: self._backlog)
        _observe(shared, DATABASE_UP, lambda: self._backlog is not None)

    def of_process(self, runtime: Runtime, events: int | None) -> str:
        """The metrics of this process, as text."""
        self._process = Process.of(runtime, events)
        return generate_latest(self._own).decode()

    def of_database(self, backlog: Backlog | None) -> str:
        """The metrics of the database, as text; None = it is away."""
        self._backlog = backlog
        return generate_latest(self._shared).decode()


def _meter(registry: CollectorRegistry, attributes: dict[str, str]) -> Meter:
    """A meter whose values go to a registry; the attributes become labels of each of them."""
    reader = PrometheusMetricReader(
        disable_target_info=True,
        scope_info_enabled=False,
        resource_attribute_filter=attributes.__contains__,
        registry=registry,
    )
    provider = MeterProvider([reader], resource=Resource(attributes), shutdown_on_exit=False)
    return provider.get_meter(SCOPE)


def _observe(meter: Meter, metric: Metric[Source], source: Callable[[], Source | None]) -> None:
    def values(_options: CallbackOptions) -> Iterable[Observation]:
        found = source()
        rows: Iterable[Row] = [] if found is None else metric.rows(found)
        return [
            Observation(value, dict(zip(metric.labels, labels, strict=True)))
            for labels, value in rows
        ]

    is_counter = metric.kind is Kind.COUNTER
    make = meter.create_observable_counter if is_counter else meter.create_observable_gauge
    make(f"{PREFIX}{metric.name}", [values], description=metric.help)


class _Histograms(Collector):
    """What the SDK cannot observe: durations that were counted by classes already."""

    def __init__(self, name: str, source: Callable[[], Process | None]) -> None:
        self._name = name
        self._source = source

    def collect(self) -> Iterator[HistogramMetricFamily]:
        process = self._source()
        if process is None:
            return
        for name, told, labels, counted in HISTOGRAMS:
            family = HistogramMetricFamily(f"{PREFIX}{name}", told, labels=[LABEL, *labels])
            durations = counted(process.runtime.figures)
            for series in durations.read():
                buckets = _buckets(durations.bounds, series.up_to)
                family.add_metric([self._name, *series.labels], buckets, series.seconds)
            yield family


def _buckets(bounds: Sequence[float], up_to: Sequence[int]) -> list[Any]:
    """Pairs of a bound, as text, and how many took at most that; the last bound is `+Inf`."""
    return [(str(bound), count) for bound, count in zip([*bounds, "+Inf"], up_to, strict=True)]
