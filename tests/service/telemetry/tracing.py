"""Spans kept in memory while something is done."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanContext
from starlette.testclient import TestClient

from service.telemetry import tracing
from tests.factories import runtime_of


@contextmanager
def kept_spans(client: TestClient | None = None) -> Generator[InMemorySpanExporter]:
    """The spans that end inside, those of the statements of a client's database too."""
    kept = InMemorySpanExporter()
    tracing.start(SimpleSpanProcessor(kept), {})
    try:
        made = tracing.spans()
        if client is not None and made is not None:
            made.watch(runtime_of(client).engine)
        yield kept
    finally:
        tracing.stop()


def named(kept: InMemorySpanExporter, name: str) -> list[ReadableSpan]:
    return [span for span in kept.get_finished_spans() if span.name == name]


def told(span: ReadableSpan) -> dict[str, Any]:
    return dict(span.attributes or {})


def context_of(span: ReadableSpan) -> SpanContext:
    context = span.get_span_context()
    assert context is not None
    return context


def trace_of(span: ReadableSpan) -> str:
    return f"{context_of(span).trace_id:032x}"
