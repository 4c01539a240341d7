"""One renderer for every error: the form of RFC 9457, stable types, nothing of what was sent."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient

from models.base import FieldsDisagree
from models.problem import ProblemError
from service import edge, errors, problems
from service.edge import Edge
from service.errors import GapNotFound, NotValid, Refused, invalid
from service.problems import advice, body_of, responses, type_of


def tree(of: type[Refused] = Refused) -> Iterator[type[Refused]]:
    """Every kind of refusal."""
    for kind in of.__subclasses__():
        yield kind
        yield from tree(kind)


KINDS = sorted(set(tree()), key=lambda kind: kind.__name__)


def test_types_are_stable_and_differ() -> None:
    assert type_of(GapNotFound) == "urn:bulian:problem:gap-not-found"
    assert type_of(edge.Fault) == "urn:bulian:problem:fault"
    assert len({type_of(kind) for kind in KINDS}) == len(KINDS) > 20


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_has_a_status_a_title_and_advice(kind: type[Refused]) -> None:
    assert 400 <= kind.status < 600
    assert kind.title
    assert "status" in vars(kind) or kind.__bases__ != (Refused,)
    assert advice(kind).endswith(".")
    told = responses(kind)[kind.status]
    assert kind.title in told["description"]
    assert list(told["content"]) == [problems.MEDIA_TYPE]


def test_several_kinds_of_one_status_are_told_together() -> None:
    told = responses(errors.NotYours, errors.ScopeTooNarrow)
    assert list(told) == [403]
    for kind in (errors.NotYours, errors.ScopeTooNarrow):
        assert kind.title in told[403]["description"]


def test_document_has_every_field() -> None:
    problem = json.loads(body_of(GapNotFound("gone"), "/v1/gaps/x", "req_1"))
    assert problem == {
        "type": "urn:bulian:problem:gap-not-found",
        "title": "No such gap",
        "status": 404,
        "detail": "gone",
        "instance": "/v1/gaps/x",
        "errors": [],
        "request_id": "req_1",
    }


@pytest.mark.parametrize("path", ["/\ud800", "/\x00", "/" + "é" * 5000, "/a b\n"])
def test_path_cannot_break_the_document(path: str) -> None:
    instance = json.loads(body_of(GapNotFound(), path, "req_1"))["instance"]
    assert instance.isascii()
    assert instance.isprintable()
    assert len(instance) < 4000


def test_names_of_unknown_fields_are_made_legible() -> None:
    name = "\ud800\x00\n" + "x" * 500
    problem = json.loads(body_of(invalid("is unknown", "body", name, 0), "/", "req_1"))
    loc = problem["errors"][0]["loc"]
    assert loc[0] == "body"
    assert loc[2] == 0
    assert loc[1].isprintable()
    assert len(loc[1]) == problems.LONGEST_NAME


def test_errors_are_bounded() -> None:
    many = NotValid([ProblemError(loc=["body", n], msg="is bad") for n in range(1000)])
    problem = json.loads(body_of(many, "/", "req_1"))
    assert len(problem["errors"]) == problems.MOST_ERRORS
    assert problem["detail"] == "body.0, body.1, body.2: is bad; and 997 more"


def fault(name: str) -> Exception:
    """An error of a driver, by the name of its class."""
    return type(name, (Exception,), {})("secret words of the driver")


RAISED: dict[str, tuple[Exception, int]] = {
    "refused": (errors.StillRunning(), 409),
    "fields": (FieldsDisagree(("a", "b"), "a must not be above b"), 422),
    "framework": (HTTPException(400), 400),
    "missing": (HTTPException(404), 404),
    "away": (OperationalError("SELECT secret", {}, fault("OperationalError")), 503),
    "stopping": (ProgrammingError("SELECT secret", {}, fault("AdminShutdown")), 503),
    "deadlock": (OperationalError("SELECT secret", {}, fault("DeadlockDetected")), 503),
    "crowded": (PoolExhausted("secret"), 503),
    "twice": (IntegrityError("INSERT secret", {}, fault("UniqueViolation")), 409),
    "wrong statement": (ProgrammingError("SELECT secret", {}, fault("SyntaxError")), 500),
    "bug": (RuntimeError("secret"), 500),
}


@pytest.fixture(scope="module")
def raising() -> TestClient:
    """An application whose paths raise what they are named after."""
    app = FastAPI()
    app.add_middleware(Edge)
    problems.install(app)
    router = APIRouter()

    @router.get("/{name}")
    def fail(name: str) -> None:
        raise RAISED[name][0]

    app.include_router(router)
    return TestClient(app)


@pytest.mark.parametrize("name", RAISED)
def test_every_error_is_told_as_a_problem(raising: TestClient, name: str) -> None:
    answer = raising.get(f"/{name}")
    problem: dict[str, Any] = answer.json()
    assert answer.status_code == problem["status"] == RAISED[name][1]
    assert answer.headers["Content-Type"] == problems.MEDIA_TYPE
    assert problem["request_id"] == answer.headers["X-Request-ID"]
    assert "secret" not in answer.text
    assert ("Retry-After" in answer.headers) == (answer.status_code in {503} or name == "refused")


def test_fields_that_disagree_are_each_named(raising: TestClient) -> None:
    found = raising.get("/fields").json()["errors"]
    assert [error["loc"] for error in found] == [["body", "a"], ["body", "b"]]
    assert {error["msg"] for error in found} == {"a must not be above b"}


def test_detail_says_the_same_once(embedded: TestClient) -> None:
    answer = embedded.post("/v1/investors", json={"country": "DE", "products": ["x"]})
    assert answer.json()["detail"] == "body.name, body.names: one of name, names is needed"
    errors = [ProblemError(loc=["body", n], msg=msg) for n, msg in enumerate("aabac")]
    assert str(NotValid(errors)) == "body.0, body.1: a; body.2: b; and 2 more"
    assert str(invalid("is unknown", "body", "zone_id")) == "body.zone_id: is unknown"


def test_deep_nesting_is_told_in_plain_words(embedded: TestClient) -> None:
    headers = {"Content-Type": "application/json"}
    for body in ("[" * 100_000, "[" * 100_000 + "]" * 100_000, '{"a":' * 100_000):
        answer = embedded.post("/v1/investors", content=body, headers=headers)
        assert answer.status_code == 400
        assert answer.json()["detail"] == "The JSON is nested too deeply"


def test_allow_lists_every_method_of_the_path(embedded: TestClient) -> None:
    for method, path, allowed in (
        ("PUT", "/v1/investors", "GET, POST"),
        ("POST", "/v1/investors/inv_1", "DELETE, GET, PATCH"),
        ("DELETE", "/v1/chains", "GET"),
        ("OPTIONS", "/v1/admin/keys/key_1", "DELETE, GET"),
        ("BREW", "/healthz", "GET"),
    ):
        answer = embedded.request(method, path)
        assert answer.status_code == 405
        assert answer.headers["Allow"] == allowed
        assert answer.headers["Content-Type"] == problems.MEDIA_TYPE


def test_401_comes_before_the_body_is_judged(embedded: TestClient) -> None:
    answer = embedded.post("/v1/investors", json={"surprise": 1}, headers={"Authorization": ""})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="bulian"'


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic YTpi", "bul_x", "Bearer \x00", "Bearer a b"]
)
def test_malformed_credentials_are_no_key(embedded: TestClient, header: str) -> None:
    answer = embedded.get("/v1/zones", headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.json()["type"] == "urn:bulian:problem:key-not-accepted"
