"""The page at `/docs`: the whole contract, in one file, with nothing from elsewhere."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from starlette.testclient import TestClient

from service.handbook import LABELS, Row, body_example, command, kind_of, prose, rows
from service.openapi import operations

LINKING = {"src", "href", "action", "data", "poster"}


class Page(HTMLParser):
    """What a page points to and which elements it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name in LINKING:
                self.links.append(value or "")
            elif name == "id":
                self.ids.append(value or "")
            assert not name.startswith("on"), "no script, not even a small one"
            assert name != "style", "the policy forbids it"


def test_page_shows_every_operation_with_a_command(embedded: TestClient) -> None:
    answer = embedded.get("/docs")
    document = embedded.get("/openapi.json").json()
    page = Page(answer.text)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    for path, method, operation in operations(document):
        assert operation["operationId"] in page.ids
        assert f"curl -X {method.upper()} &#34;$BULIAN_URL{path}&#34;" in answer.text
    assert len(page.ids) == len(set(page.ids))


def test_pages_for_people_are_no_part_of_the_contract(embedded: TestClient) -> None:
    paths = embedded.get("/openapi.json").json()["paths"]
    assert [
        path for path in paths if not path.startswith(("/v1/", "/healthz", "/readyz", "/metrics"))
    ] == []


def test_page_asks_nobody_else(embedded: TestClient) -> None:
    answer = embedded.get("/docs")
    page = Page(answer.text)
    assert {"script", "iframe", "img", "form"} & page.tags == set()
    assert [link for link in page.links if not link.startswith(("/", "#", "data:,"))] == []
    for link in page.links:
        if link.startswith("#"):
            assert link[1:] in page.ids
        elif link.startswith("/"):
            assert embedded.get(link).status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert not re.search(r"url\(|@import", embedded.get("/docs/style.css").text)


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("", "", "en"),
        ("", "zh-CN,zh;q=0.9", "zh"),
        ("", "de", "en"),
        ("?lang=zh", "en", "zh"),
        ("?lang=en", "zh", "en"),
    ],
)
def test_labels_are_in_the_readers_language(
    embedded: TestClient, query: str, accepted: str, language: str
) -> None:
    answer = embedded.get(f"/docs{query}", headers={"Accept-Language": accepted})
    assert answer.headers["Content-Language"] == language
    assert f'<html lang="{language}">' in answer.text
    assert LABELS[language]["contents"] in answer.text
    assert "Accept-Language" in answer.headers["Vary"]


def test_other_languages_are_refused(embedded: TestClient) -> None:
    assert embedded.get("/docs?lang=xx").status_code == 422


def test_both_languages_have_the_same_labels() -> None:
    assert set(LABELS["zh"]) == set(LABELS["en"])


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ({"type": "string"}, "string"),
        ({"type": "string", "format": "date"}, "date"),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, "integer | null"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/A"}}, "[A]"),
        ({"enum": ["a", "b"]}, "a | b"),
        ({"const": "a"}, "a"),
        ({"type": "array"}, "[any]"),
    ],
)
def test_types_are_told_in_a_few_words(schema: dict[str, object], told: str) -> None:
    assert kind_of(schema) == told


DOCUMENT = {
    "components": {
        "schemas": {
            "A": {
                "properties": {"x": {"type": "integer", "description": "How many"}, "y": {}},
                "required": ["x"],
                "examples": [{"x": "it's"}],
            }
        }
    }
}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("a `b` c `d`", "a <code>b</code> c <code>d</code>"),
        ("`<script>` & <b>", "<code>&lt;script&gt;</code> &amp; &lt;b&gt;"),
        ("**Title**: rest", "Title: rest"),
        ("one ` alone", "one <code> alone</code>"),
        ("", ""),
    ],
)
def test_prose_is_escaped_and_marked(text: str, shown: str) -> None:
    assert prose(text) == shown


def test_fields_of_a_shape_are_listed() -> None:
    expected = [Row("x", "integer", "How many", True), Row("y", "any", "", False)]
    reference = {"$ref": "#/components/schemas/A"}
    assert rows(DOCUMENT, reference) == rows(DOCUMENT, {"anyOf": [reference]}) == expected
    assert rows(DOCUMENT, {}) == []


def test_command_sends_key_and_body() -> None:
    body = {"schema": {"$ref": "#/components/schemas/A"}}
    operation: dict[str, Any] = {
        "security": [],
        "requestBody": {"content": {"application/json": body}},
    }
    told = command(DOCUMENT, "/a/{id}", "post", operation)
    assert told.startswith('curl -X POST "$BULIAN_URL/a/{id}"')
    assert "Bearer $BULIAN_KEY" in told
    assert body_example(DOCUMENT, body) == {"x": "it's"}
    assert "'\"'\"'" in told, "a quote in the body must not end the argument"
