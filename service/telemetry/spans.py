"""Spans of OpenTelemetry: imported only where traces are wanted, see `tracing`."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any, Final

from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind, StatusCode, get_current_span
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext

NAME: Final = "bulian"
FLUSH_MS: Final = 5_000
LONGEST_STATEMENT: Final = 2_000
UNDER_WAY: Final = "bulian_spans"
CONTEXT: Final = TraceContextTextMapPropagator()
TAKEN_UP: Final = ("traceparent", "tracestate")

Attributes = Mapping[str, str | int | bool]


def collector() -> SpanProcessor:
    """Sends spans by OTLP over HTTP to where the environment says."""
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415 - the extra
        OTLPSpanExporter,
    )

    return BatchSpanProcessor(OTLPSpanExporter())


class Spans:
    """Makes spans of this process and hands them to a processor.

    Args:
        processor: takes what has ended.
        environment: may name the service otherwise, by the standard variables.
    """

    def __init__(self, processor: SpanProcessor, environment: Mapping[str, str]) -> None:
        told = {"service.version": version("bulian")}
        is_named = "service.name=" in environment.get("OTEL_RESOURCE_ATTRIBUTES", "")
        if not (is_named or environment.get("OTEL_SERVICE_NAME")):
            told["service.name"] = NAME
        self._provider = TracerProvider(resource=Resource.create(told))
        self._provider.add_span_processor(processor)
        self._tracer = self._provider.get_tracer(NAME)

    def close(self) -> None:
        """Send what waits; no span that ends later is sent."""
        self._provider.shutdown()

    def flush(self) -> None:
        """Send what waits."""
        self._provider.force_flush(FLUSH_MS)

    @contextmanager
    def around(
        self, name: str, attributes: Attributes, kind: str, context: Context | None = None
    ) -> Generator[Span]:
        """A span around what is done inside; what fails inside fails it, by its class alone."""
        made_in = self._tracer.start_as_current_span(
            name,
            context,
            kind=SpanKind[kind],
            attributes=attributes,
            record_exception=False,
            set_status_on_exception=False,
        )
        with made_in as made:
            try:
                yield made
            except BaseException as error:
                made.set_status(StatusCode.ERROR, type(error).__name__)
                raise

    @contextmanager
    def request(self, headers: Mapping[str, str]) -> Generator[Span]:
        """A span around a request. Of its headers the two of W3C Trace Context are read."""
        given = {name: headers[name] for name in TAKEN_UP if name in headers}
        context = CONTEXT.extract(given, Context())
        with self.around("request", {}, "SERVER", context) as made:
            yield made

    def tell(self, name: str | None, failed: str, attributes: Mapping[str, str | int]) -> None:
        """See `tracing.tell`."""
        current = get_current_span()
        if name is not None:
            current.update_name(name)
        for key, value in attributes.items():
            current.set_attribute(key.replace("__", "."), value)
        if failed:
            current.set_status(StatusCode.ERROR, failed)

    def ids(self) -> dict[str, str]:
        """See `tracing.ids`."""
        context = get_current_span().get_span_context()
        if not context.is_valid:
            return {}
        return {"trace_id": f"{context.trace_id:032x}", "span_id": f"{context.span_id:016x}"}

    def outgoing(self) -> dict[str, str]:
        """See `tracing.outgoing`."""
        headers: dict[str, str] = {}
        CONTEXT.inject(headers)
        return headers

    def watch(self, engine: Engine) -> None:
        """Make a span of each statement of an engine: its text, which has marks for values."""
        told = {"db.system.name": engine.dialect.name}

        def before(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
            told_of = {**told, "db.query.text": statement[:LONGEST_STATEMENT]}
            made = self._tracer.start_span(
                statement.split(None, 1)[0].upper(), kind=SpanKind.CLIENT, attributes=told_of
            )
            connection.info.setdefault(UNDER_WAY, []).append(made)

        event.listen(engine, "before_cursor_execute", before)
        event.listen(engine, "after_cursor_execute", _after)
        event.listen(engine, "handle_error", _failed)


def _after(connection: Connection, *_: Any) -> None:
    _end(connection)


def _failed(context: ExceptionContext) -> None:
    if context.connection is not None:
        _end(context.connection, type(context.original_exception).__name__)


def _end(connection: Connection, failed: str = "") -> None:
    """End the span of the statement that was under way."""
    under_way: list[Span] = connection.info.get(UNDER_WAY, [])
    if under_way:
        made = under_way.pop()
        if failed:
            made.set_status(StatusCode.ERROR, failed)
        made.end()
