"""What every answer has, and what the log says of a request."""

from collections.abc import AsyncIterator, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import structlog
from fastapi import FastAPI
from starlette.responses import StreamingResponse
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from service import edge
from service.edge import MOST_BYTES, Edge
from service.telemetry.figures import Figures
from tests.factories import ADMIN, an_investor, register


@pytest.mark.parametrize("path", ["/healthz", "/v1/zones", "/v1/nothing", "/docs", "/openapi.json"])
def test_protective_headers_are_everywhere(embedded: TestClient, path: str) -> None:
    answer = embedded.get(path)
    for name, _ in edge.PROTECTION:
        assert name in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Request-ID"].startswith("req_")


def test_answers_to_a_key_are_not_stored(embedded: TestClient) -> None:
    made = register(embedded, "investors", an_investor())
    one = embedded.get(f"/v1/investors/{made['id']}")
    assert one.headers["Cache-Control"] == "private, no-cache"
    assert one.headers["Vary"] == "Authorization"
    for answer in (embedded.get("/v1/investors"), embedded.get("/v1/investors/none")):
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("abc-1._X", True),
        ("x" * 64, True),
        ("x" * 65, False),
        ("a b", False),
        ("", False),
        ("a\\n", False),
    ],
)
def test_callers_may_name_their_request(embedded: TestClient, sent: str, *, kept: bool) -> None:
    answer = embedded.get("/v1/nothing", headers={"X-Request-ID": sent})
    assert (answer.headers["X-Request-ID"] == sent) is kept
    assert answer.json()["request_id"] == answer.headers["X-Request-ID"]


@pytest.mark.parametrize(
    ("length", "status"),
    [("1048577", 413), ("9" * 30, 413), ("-1", 422), ("x", 422), (str(MOST_BYTES), 422)],
)
def test_announced_length_is_believed_when_too_long(
    embedded: TestClient, length: str, status: int
) -> None:
    headers = {"Content-Length": length, "Content-Type": "application/json"}
    answer = embedded.post("/v1/investors", content=b"[]", headers=headers)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"


def chunks(total: int) -> Iterator[bytes]:
    for _ in range(total // 1024):
        yield b" " * 1024


@pytest.mark.parametrize(("total", "status"), [(MOST_BYTES, 400), (MOST_BYTES + 1024, 413)])
def test_length_that_is_not_announced_is_counted(
    embedded: TestClient, total: int, status: int
) -> None:
    headers = {"Content-Type": "application/json"}
    answer = embedded.post("/v1/investors", content=chunks(total), headers=headers)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"


def logged(client: TestClient, method: str, path: str, **more: Any) -> dict[str, Any]:
    structlog.contextvars.clear_contextvars()
    with capture_logs() as lines:
        client.request(method, path, **more)
    (line,) = lines
    return dict(line)


def test_one_line_a_request_without_values(embedded: TestClient) -> None:
    made = register(embedded, "investors", an_investor())
    line = logged(embedded, "GET", f"/v1/investors/{made['id']}?secret=word")
    assert line["event"] == "request"
    assert line["path"] == "/v1/investors/{investor_id}"
    assert (line["method"], line["status"]) == ("GET", 422)
    assert 0 <= line["ms"] < 60_000
    assert made["id"] not in str(line)
    assert "word" not in str(line)


def test_neither_body_nor_key_is_logged(embedded: TestClient) -> None:
    line = logged(embedded, "POST", "/v1/investors", json=an_investor(name="Hush Hush"))
    assert line["status"] == 201
    assert "Hush" not in str(line)
    assert ADMIN not in str(line)


def test_path_nobody_knows_is_not_logged(embedded: TestClient) -> None:
    assert logged(embedded, "GET", "/hush/hush")["path"] == "-"


@pytest.fixture
def breaking() -> TestClient:
    """An application that fails before and after its answer has begun."""
    app = FastAPI()
    app.state.runtime = SimpleNamespace(figures=Figures())
    app.add_middleware(Edge)

    @app.get("/before")
    def before() -> None:
        raise LookupError("hush")

    async def half() -> AsyncIterator[bytes]:
        yield b"half"
        raise LookupError("hush")

    @app.get("/after")
    def after() -> StreamingResponse:
        return StreamingResponse(half())

    return TestClient(app)


def test_fault_is_a_500_without_its_words(breaking: TestClient) -> None:
    with capture_logs() as lines:
        answer = breaking.get("/before")
    assert answer.status_code == 500
    assert answer.json()["type"] == "urn:bulian:problem:fault"
    assert "hush" not in answer.text
    assert [line["event"] for line in lines] == ["fault", "request"]


def test_fault_in_the_middle_of_an_answer_breaks_it_off(breaking: TestClient) -> None:
    with capture_logs() as lines, pytest.raises(LookupError):
        breaking.get("/after")
    assert [(line["event"], line.get("status")) for line in lines] == [
        ("fault", None),
        ("request", 200),
    ]
