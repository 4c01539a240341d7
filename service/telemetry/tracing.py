"""Traces by OpenTelemetry: what led to what, and how long it took; off unless somebody collects.

The standard variables of OpenTelemetry say where spans go (`OTEL_EXPORTER_OTLP_ENDPOINT`), how many
are kept (`OTEL_TRACES_SAMPLER`) and so on. Without an endpoint nothing is imported, and a span is a
comparison. A span holds templates, kinds and outcomes: no key, no value of a path, query, header,
row or statement, and of an exception its class alone, for its message may repeat what was sent.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

import structlog

from service.telemetry.figures import METHODS, OTHER

if TYPE_CHECKING:  # imported where traces are wanted, and only there
    from opentelemetry.sdk.trace import SpanProcessor

    from service.telemetry.spans import Attributes, Spans

ENDPOINTS: Final = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
SERVER_ERROR: Final = 500
EXPORTER: Final = "opentelemetry.exporter.otlp"

log = structlog.stdlib.get_logger("service.telemetry")


class _Switch:
    """Where a process keeps it, as it keeps its log; nothing else of traces is global."""

    spans: "Spans | None" = None


_NO_SPAN: Final = nullcontext()


def configure(environment: Mapping[str, str], exporter: str = EXPORTER) -> bool:
    """Make spans from now on, where the environment says where to send them; whether it does.

    The extra `otel` is needed. Where it is missing the service runs without traces, and says so:
    such variables are often set for all programs of a machine.

    Args:
        environment: of the process.
        exporter: the package of the extra; given by tests.
    """
    if not is_wanted(environment):
        return False
    if find_spec(exporter) is None:
        log.warning("no traces: the extra otel is not installed")
        return False
    from service.telemetry.spans import collector  # noqa: PLC0415 - see above

    start(collector(), environment)
    return True


def is_wanted(environment: Mapping[str, str]) -> bool:
    """Whether the standard variables ask for traces."""
    is_off = environment.get("OTEL_SDK_DISABLED", "").lower() == "true"
    is_kept_in = environment.get("OTEL_TRACES_EXPORTER", "") == "none"
    return any(environment.get(name) for name in ENDPOINTS) and not (is_off or is_kept_in)


def start(processor: "SpanProcessor", environment: Mapping[str, str]) -> None:
    """Have spans made from now on, and handed to a processor."""
    from service.telemetry.spans import Spans  # noqa: PLC0415 - see above

    _Switch.spans = Spans(processor, environment)


def stop() -> None:
    """Send what waits, and make no spans any more."""
    spans, _Switch.spans = _Switch.spans, None
    if spans is not None:
        spans.close()


def flush() -> None:
    """Send what waits."""
    if _Switch.spans is not None:
        _Switch.spans.flush()


def spans() -> "Spans | None":
    """What makes spans; None where nobody collects them."""
    return _Switch.spans


def span(
    name: str, attributes: "Attributes | None" = None, kind: str = "INTERNAL"
) -> AbstractContextManager[object]:
    """A span around what is done inside.

    Args:
        name: what is done, without any value.
        attributes: kinds and outcomes; nothing that was sent.
        kind: INTERNAL, or CLIENT where another service is asked.
    """
    made = _Switch.spans
    return _NO_SPAN if made is None else made.around(name, attributes or {}, kind)


def request(headers: Mapping[str, str]) -> AbstractContextManager[object]:
    """A span around a request; it goes on with its caller's trace where there is one."""
    made = _Switch.spans
    return _NO_SPAN if made is None else made.request(headers)


def tell(name: str | None = None, *, failed: str = "", **attributes: str | int) -> None:
    """Say more of the span around the caller.

    Args:
        name: another name.
        failed: a word for why it failed; absent = it did not.
        attributes: their names have `__` for a dot.
    """
    if _Switch.spans is not None:
        _Switch.spans.tell(name, failed, attributes)


def tell_request(method: str, path: str, status: int) -> None:
    """Say of the span around a request what was asked for, and how it went.

    Args:
        method: as it was sent.
        path: with the names of its parameters instead of their values.
        status: of the answer.
    """
    if _Switch.spans is None:
        return
    known = method if method in METHODS else OTHER
    failed = str(status) if status >= SERVER_ERROR else ""
    told = {"http__request__method": known, "http__route": path}
    tell(f"{known} {path}", failed=failed, **told, http__response__status_code=status)


def ids() -> dict[str, str]:
    """`trace_id` and `span_id` of the span around the caller, for a line of the log."""
    return {} if _Switch.spans is None else _Switch.spans.ids()


def outgoing() -> dict[str, str]:
    """Headers by which a receiver may go on with the trace (W3C Trace Context)."""
    return {} if _Switch.spans is None else _Switch.spans.outgoing()
