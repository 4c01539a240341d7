"""The log: JSON lines that say where a fault is and never what was sent."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from service import logs
from service.telemetry import tracing
from tests.service.telemetry.tracing import kept_spans, named, trace_of


@pytest.fixture(autouse=True)
def configured(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """The log as the service sets it up, and as it was afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    logs.configure()
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    out, err = capsys.readouterr()
    assert out == ""
    return [json.loads(line) for line in err.splitlines()]


def fail(words: str) -> None:
    raise LookupError(words)


def test_lines_are_json_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    with structlog.contextvars.bound_contextvars(request_id="req_1"):
        structlog.stdlib.get_logger("service").info("request", status=200, name="补链")
    (line,) = lines(capsys)
    assert line["event"] == "request"
    assert (line["request_id"], line["level"], line["name"]) == ("req_1", "info", "补链")
    assert str(line["timestamp"]).endswith("Z")


def test_fault_says_where_not_what(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        fail("hush")
    except LookupError:
        structlog.stdlib.get_logger("service").exception("fault")
    (line,) = lines(capsys)
    assert line["error"] == "LookupError"
    assert str(line["frames"]).count("test_logs") == 2
    assert "fail" in str(line["frames"])
    assert "hush" not in str(line)


def test_libraries_write_in_the_same_form(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        fail("hush")
    except LookupError:
        logging.getLogger("uvicorn.error").exception("it %s", "broke")
    logging.getLogger("alembic.runtime").info("too much")
    (line,) = lines(capsys)
    assert (line["event"], line["error"]) == ("it broke", "LookupError")
    assert "hush" not in str(line)


def test_frames_are_bounded() -> None:
    def dive(depth: int) -> None:
        if depth == 0:
            fail("deep")
        dive(depth - 1)

    with pytest.raises(LookupError) as caught:
        dive(50)
    assert len(logs.where(caught.value)) == 12
    assert logs.where(caught.value)[-1].endswith(" fail")


def test_lines_name_their_trace_where_there_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    log = structlog.stdlib.get_logger("service")
    log.info("before")
    with kept_spans() as kept, tracing.span("asked"):
        log.info("one")
        logs.note_request("GET", "/v1/gaps/{gap_id}", 200, 1.5, "req_1")
        logging.getLogger("uvicorn.error").warning("another")
    before, *inside = lines(capsys)
    assert "trace_id" not in before
    (span,) = named(kept, "asked")
    assert {line["trace_id"] for line in inside} == {trace_of(span)}
    assert len({str(line["span_id"]) for line in inside}) == 1
    assert [line["event"] for line in inside] == ["one", "request", "another"]
