"""Changes of the contract that would break a caller are found; those that would not are let be."""

import json
from typing import Any

import pytest

from tests.docs.contract import BASELINE, CONTRACT, breaking, read, signature

TEXT = {"type": "string"}
DOCUMENT: dict[str, Any] = {
    "paths": {
        "/v1/gaps": {
            "get": {
                "parameters": [
                    {"in": "query", "name": "limit", "schema": {"type": "integer"}},
                    {"in": "query", "name": "kind", "schema": {"enum": ["weak", "missing"]}},
                ],
                "responses": {
                    "200": {
                        "content": {
                            "application/json": {
                                "schema": {"type": "array", "items": {"$ref": "#/x/GapPublic"}}
                            }
                        }
                    },
                    "404": {},
                },
            },
            "post": {
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": {"$ref": "#/x/GapCreate"}}},
                },
                "responses": {"201": {}},
            },
        }
    },
    "components": {
        "schemas": {
            "GapCreate": {
                "properties": {"title": TEXT, "jobs": {"type": ["integer", "null"]}},
                "required": ["title"],
            },
            "GapPublic": {
                "properties": {
                    "id": TEXT,
                    "jobs": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
                    "kind": {"$ref": "#/x/Kind"},
                },
                "required": ["id", "jobs", "kind"],
            },
            "Kind": {"enum": ["weak", "missing"], "type": "string"},
            "Unused": {"properties": {"x": {"const": 1}}},
        }
    },
}


def changed(place: str, value: Any) -> list[str]:
    """What breaks when one place, `a/b/c`, has another value; None takes it out."""
    document: Any = json.loads(json.dumps(DOCUMENT))
    *way, last = [int(step) if step in "01" else step for step in place.split(" ")]
    at = document
    for step in way:
        at = at[step]
    if value is None:
        del at[last]
    else:
        at[last] = value
    return breaking(signature(DOCUMENT), signature(document))


GET, POST = "paths /v1/gaps get", "paths /v1/gaps post"
CREATE, PUBLIC = "components schemas GapCreate", "components schemas GapPublic"
A_LIST = {"application/json": {"schema": {"type": "array", "items": TEXT}}}
MORE = {"in": "query", "name": "more", "schema": TEXT, "required": True}


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        ("paths /v1/gaps", None, ["GET /v1/gaps is gone", "POST /v1/gaps is gone"]),
        (POST, None, ["POST /v1/gaps is gone"]),
        (f"{GET} parameters 0", None, ["GET /v1/gaps: query limit is gone"]),
        (f"{GET} parameters 0", MORE, ["GET /v1/gaps: query limit is gone",
                                       "GET /v1/gaps: query more must be sent"]),
        (f"{GET} parameters 1 schema enum", ["weak"],
         ['GET /v1/gaps: query kind is no longer "missing"']),
        (f"{GET} responses 200", None, ["GET /v1/gaps: 200 is gone"]),
        (f"{GET} responses 200 content", A_LIST, ["GET /v1/gaps: 200 may be [string]"]),
        (f"{POST} requestBody", None, ["POST /v1/gaps: body is gone"]),
        (f"{CREATE} properties jobs", None, ["GapCreate as sent: jobs is gone"]),
        (f"{CREATE} properties jobs type", "integer",
         ["GapCreate as sent: jobs is no longer null"]),
        (f"{CREATE} required", ["title", "jobs"], ["GapCreate as sent: jobs must be sent"]),
        (f"{PUBLIC} properties id", None, ["GapPublic as answered: id is gone"]),
        (f"{PUBLIC} properties id type", "integer", ["GapPublic as answered: id may be integer"]),
        (f"{PUBLIC} properties id type", ["string", "null"],
         ["GapPublic as answered: id may be null"]),
        (f"{PUBLIC} required", ["id", "kind"], ["GapPublic as answered: jobs may be absent"]),
        (PUBLIC, None, ["schema GapPublic is gone"]),
    ],
)  # fmt: skip
def test_what_breaks_a_caller_is_told(place: str, value: Any, told: list[str]) -> None:
    assert changed(place, value) == told


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("paths /v2", {}),
        (f"{GET} parameters 0 schema", {"type": ["integer", "null"]}),
        (f"{GET} responses 404", None),
        (f"{GET} description", "another"),
        (f"{POST} responses 200", {}),
        (f"{CREATE} properties more", TEXT),
        (f"{CREATE} required", []),
        (f"{PUBLIC} properties more", TEXT),
        (f"{PUBLIC} properties jobs", {"type": "integer"}),
        ("components schemas Kind enum", ["weak", "missing", "strong"]),
        ("components schemas Unused", None),
        ("components schemas Unused properties x const", 2),
    ],
)
def test_what_breaks_nobody_is_let_be(place: str, value: Any) -> None:
    assert changed(place, value) == []


def test_the_contract_of_today_keeps_what_was_promised() -> None:
    assert breaking(read(BASELINE), signature(read(CONTRACT))) == []


def test_the_promise_is_about_this_service() -> None:
    promised = read(BASELINE)
    assert json.loads(json.dumps(promised)) == promised
    assert {"GET /v1/investors/{investor_id}/matches", "POST /v1/gaps"} <= set(
        promised["operations"]
    )
    assert promised["schemas"]["GapCreate"]["zone_id"][0] == "required"
