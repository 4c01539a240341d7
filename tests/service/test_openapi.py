"""The document: committed, complete, and true."""

import difflib
import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import TypeAdapter

from service import problems
from service.app import contract
from service.openapi import TAGS, load_examples, operations
from service.scorer import Scorer
from tests.service import evening, examples

COMMITTED = Path(__file__).parents[2] / "docs" / "openapi.json"
APP = contract()
DOCUMENT: dict[str, Any] = APP.openapi()
OPERATIONS = list(operations(DOCUMENT))
NAMES = [f"{method} {path}" for path, method, _ in OPERATIONS]


def response(told: dict[str, Any]) -> dict[str, Any]:
    """A response itself where a reference to it stands."""
    if "$ref" not in told:
        return told
    return DOCUMENT["components"]["responses"][told["$ref"].rpartition("/")[2]]


def test_document_is_the_committed_one() -> None:
    """After a change: `bulian openapi > docs/openapi.json`, and a line in CHANGELOG.md."""
    now = json.dumps(DOCUMENT, ensure_ascii=False, indent=1).splitlines()
    before = COMMITTED.read_text("utf-8").splitlines()
    assert list(difflib.unified_diff(before, now, "committed", "now", n=1, lineterm="")) == []


def test_operations_are_named_after_their_functions() -> None:
    ids = [operation["operationId"] for _, _, operation in OPERATIONS]
    assert len(ids) == len(set(ids)) > 25
    assert all(name.isidentifier() and name.islower() for name in ids)


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=NAMES)
def test_operation_is_described(path: str, method: str, operation: dict[str, Any]) -> None:
    chinese, _, english = operation["summary"].partition(" · ")
    assert any("\u4e00" <= character <= "\u9fff" for character in chinese)
    assert english
    assert len(operation["description"]) > 20
    assert operation["tags"][0] in dict(TAGS)
    assert ("security" in operation) == path.startswith("/v1/")
    for parameter in operation.get("parameters", []):
        if parameter["in"] != "path":
            assert parameter.get("description"), parameter["name"]
    if method in {"get", "delete"}:
        assert "requestBody" not in operation


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=NAMES)
def test_every_error_is_described(path: str, method: str, operation: dict[str, Any]) -> None:
    expected = {"500"}
    if path.startswith("/v1/"):
        expected |= {"401", "403", "422", "503"}
    if "requestBody" in operation:
        expected |= {"400", "413", "415"}
    if "{" in path:
        expected |= {"404"}
    if method in {"patch", "delete"} and "admin" not in path:
        expected |= {"412"}
    told = operation["responses"]
    assert expected <= set(told)
    for status, one in told.items():
        assert response(one)["description"]
        if status >= "400":
            assert list(response(one)["content"]) == [problems.MEDIA_TYPE]


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=NAMES)
def test_answers_have_examples_and_headers(
    path: str, method: str, operation: dict[str, Any]
) -> None:
    told = operation["responses"]
    answers = [status for status in told if status.startswith("2")]
    assert len(answers) == (2 if "allocations" in path else 1)
    for status in answers:
        assert "X-Request-ID" in told[status]["headers"]
        if status == "201":
            assert {"Location", "ETag", "Idempotency-Replayed"} <= set(told[status]["headers"])
        if status == "204":
            assert method == "delete"
            return
        assert all(one["example"] for one in told[status]["content"].values()), path


def test_every_field_has_a_description() -> None:
    missing = [
        f"{name}.{field}"
        for name, schema in DOCUMENT["components"]["schemas"].items()
        for field, told in schema.get("properties", {}).items()
        if not told.get("description")
    ]
    assert missing == []


def test_schemas_are_ours_only() -> None:
    assert "HTTPValidationError" not in DOCUMENT["components"]["schemas"]
    assert "Problem" in DOCUMENT["components"]["schemas"]
    references = json.dumps(DOCUMENT).count('"$ref"')
    assert references > 50
    assert "$defs" not in json.dumps(DOCUMENT)


ROUTES = {
    context.name: route
    for context in iter_route_contexts(APP.routes)
    if isinstance(route := context.original_route, APIRoute) and route.include_in_schema
}


@pytest.mark.parametrize("name", sorted(load_examples()))
def test_example_is_what_the_operation_may_answer(name: str) -> None:
    example = load_examples()[name]
    adapter = TypeAdapter[Any](ROUTES[str(name)].response_model)
    shape = adapter.validate_json(json.dumps(example))
    assert json.loads(adapter.dump_json(shape)) == example


def test_examples_have_the_form_of_todays_answers(scorer: Scorer) -> None:
    """After a change: `python -m tests.service.examples`, then the document anew."""
    assert evening.form(load_examples()) == evening.form(examples.make(scorer))
