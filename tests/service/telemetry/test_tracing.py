"""Traces: what leads to what, nothing of what was said, nothing at all unless wanted."""

import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import perf_counter
from typing import Any

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from service.redis_store import RedisStore
from service.telemetry import tracing
from tests.factories import an_investor, register, runtime_of
from tests.service.jobs.making import a_worker, store_job
from tests.service.telemetry.tracing import context_of, kept_spans, named, told, trace_of

TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
TRACEPARENT = {"traceparent": f"00-{TRACE}-{PARENT}-01", "baggage": "name=hush"}


@pytest.fixture
def kept(embedded: TestClient) -> Iterator[InMemorySpanExporter]:
    with kept_spans(embedded) as spans:
        yield spans


def test_a_request_with_all_that_it_led_to(
    embedded: TestClient, kept: InMemorySpanExporter
) -> None:
    who = register(embedded, "investors", an_investor(name="Hush Hush"))["id"]
    kept.clear()
    embedded.get(f"/v1/investors/{who}/matches?limit=7", headers=TRACEPARENT)
    (request,) = named(kept, "GET /v1/investors/{investor_id}/matches")
    assert request.kind is SpanKind.SERVER
    assert request.parent is not None
    assert f"{request.parent.span_id:016x}" == PARENT
    assert told(request) == {
        "http.request.method": "GET",
        "http.route": "/v1/investors/{investor_id}/matches",
        "http.response.status_code": 200,
    }
    spans = kept.get_finished_spans()
    assert {trace_of(span) for span in spans} == {TRACE}
    (ranking,) = named(kept, "rank gaps")
    assert ranking.parent is not None
    assert ranking.parent.span_id == context_of(request).span_id
    statements = named(kept, "SELECT")
    assert {span.kind for span in statements} == {SpanKind.CLIENT}
    assert any("?" in told(span)["db.query.text"] for span in statements)
    everything = "".join(span.to_json() for span in spans)
    for value in (who, "Hush", "hush", "limit=7"):
        assert value not in everything


def test_the_fast_lane_is_seen_too(embedded: TestClient, kept: InMemorySpanExporter) -> None:
    who = register(embedded, "investors", an_investor())["id"]
    path = f"/v1/investors/{who}/matches"
    embedded.get(path)
    kept.clear()
    embedded.get(path, headers=TRACEPARENT)
    (span,) = kept.get_finished_spans()
    assert (span.name, trace_of(span)) == ("GET /v1/investors/{investor_id}/matches", TRACE)
    assert told(span)["http.response.status_code"] == 200


def test_what_fails_says_its_class_alone(kept: InMemorySpanExporter) -> None:
    with pytest.raises(LookupError), tracing.span("something"):
        raise LookupError("hush")
    (span,) = named(kept, "something")
    assert (span.status.status_code, span.status.description) == (StatusCode.ERROR, "LookupError")
    assert span.events == ()


def test_a_statement_that_fails_ends_its_span(
    embedded: TestClient, kept: InMemorySpanExporter
) -> None:
    engine = runtime_of(embedded).engine
    with pytest.raises(DBAPIError), engine.connect() as connection:
        connection.execute(text("SELECT :hush FROM nowhere"), {"hush": "hush-hush"})
    (span,) = named(kept, "SELECT")
    assert span.status.description == "OperationalError"
    assert "hush-hush" not in span.to_json()
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    assert named(kept, "SELECT")[-1].status.status_code is StatusCode.UNSET


def test_a_server_error_fails_its_span(embedded: TestClient, kept: InMemorySpanExporter) -> None:
    for status in (500, 404):
        with tracing.request({"traceparent": "no such thing"}):
            tracing.tell_request("BREW", "/v1/x", status)
    broken, usual = named(kept, "other /v1/x")
    assert (broken.status.description, usual.status.status_code) == ("500", StatusCode.UNSET)
    assert broken.parent is None


def test_jobs_and_questions_to_redis(embedded: TestClient, kept: InMemorySpanExporter) -> None:
    job = store_job(runtime_of(embedded).engine, portions=1)
    a_worker(runtime_of(embedded)).tick()
    (span,) = named(kept, "job import")
    assert told(span) == {"bulian.job.kind": "import", "bulian.job.id": job}

    def fail(_portion: object) -> None:
        raise LookupError("hush")

    store_job(runtime_of(embedded).engine, portions=1)
    a_worker(runtime_of(embedded), fail).tick()
    assert named(kept, "job import")[1].status.description == "LookupError"
    store = RedisStore("redis://127.0.0.1:1/0", "tests", b"secret" * 3)
    assert not store.is_reachable()
    (question,) = named(kept, "redis")
    assert (question.kind, question.status.description) == (SpanKind.CLIENT, "ConnectionError")
    store.close()


def test_lines_of_the_log_name_their_trace(
    embedded: TestClient, kept: InMemorySpanExporter
) -> None:
    with tracing.span("something"):
        inside = tracing.ids()
        assert tracing.outgoing()["traceparent"].split("-")[1:3] == [*inside.values()]
    (span,) = named(kept, "something")
    assert inside["trace_id"] == trace_of(span)
    assert tracing.ids() == {}
    assert tracing.outgoing() == {}


def test_without_a_collector_nothing_is_done() -> None:
    assert tracing.spans() is None
    with tracing.span("x") as made, tracing.request({}) as asked:
        tracing.tell("y", failed="z", a=1)
        tracing.tell_request("GET", "/", 200)
        tracing.flush()
    assert (made, asked, tracing.ids(), tracing.outgoing()) == (None, None, {}, {})
    tracing.stop()

    def run() -> float:
        started = perf_counter()
        for _ in range(1_000):
            with tracing.span("x"):
                pass
        return (perf_counter() - started) / 1_000

    assert min(run() for _ in range(5)) < 3e-6


@pytest.mark.parametrize(
    ("environment", "is_wanted"),
    [
        ({}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": ""}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1"}, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://127.0.0.1:1"}, True),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "x", "OTEL_SDK_DISABLED": "True"}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "x", "OTEL_TRACES_EXPORTER": "none"}, False),
    ],
)
def test_the_standard_variables_decide(environment: dict[str, str], *, is_wanted: bool) -> None:
    assert tracing.is_wanted(environment) is is_wanted


def test_a_missing_extra_is_said_and_costs_nothing_else() -> None:
    wanted = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1"}
    with capture_logs() as lines:
        assert not tracing.configure(wanted, exporter="opentelemetry.exporter.none_such")
        assert not tracing.configure({})
    assert [line["log_level"] for line in lines] == ["warning"]
    assert tracing.spans() is None


@contextmanager
def running_collector() -> Generator[tuple[str, list[tuple[str, bytes]]]]:
    """The address of a collector on this machine, and what it has been sent."""
    came: list[tuple[str, bytes]] = []

    class Take(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None: ...  # pyright: ignore[reportIncompatibleMethodOverride]  # quiet

    server = ThreadingHTTPServer(("127.0.0.1", 0), Take)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", came
    server.shutdown()
    server.server_close()
    thread.join()


def test_spans_reach_a_collector(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("opentelemetry.exporter.otlp", reason="NO EXTRA otel: NOTHING IS SENT")
    with running_collector() as (address, came):
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", address)
        assert tracing.configure({"OTEL_EXPORTER_OTLP_ENDPOINT": address})
        with tracing.span("something to be sent"):
            pass
        tracing.flush()
        tracing.stop()
    ((path, body),) = came
    assert path == "/v1/traces"
    assert b"something to be sent" in body
    assert b"bulian" in body


def test_the_framework_makes_no_spans_of_its_own(
    embedded: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They would hold paths and queries as they were sent, wherever a program sets a provider."""
    kept = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    assert embedded.get("/v1/investors?limit=7").status_code == 200
    assert kept.get_finished_spans() == ()
