"""A sample of the hostile corpus at every operation; `./bulian soak hostile` makes all calls."""

import json
from typing import Any, cast

import pytest
from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from service.edge import PROTECTION
from tests.hardening.corpus import HEADERS, JSON, TEXTS
from tests.hardening.spots import Spot, all_spots, document, marked, spoilt
from tests.hardening.sweep import Attacker, Call, all_calls, faults_of, key_for, shortened, sweep
from tests.service.scopes import MATRIX

EVERY = 149
"""A prime: in time, each value meets each kind of place."""

SLOW = {"preview_policy", "preview_edition"}
"""Up to two seconds each when nothing hostile is left in them; the long run has them."""


def test_no_call_of_a_sample_does_harm(admin: TestClient) -> None:
    calls = [call for call in list(all_calls())[::EVERY] if call.spot.operation not in SLOW]
    tally = sweep(cast("FastAPI", admin.app), iter(calls))
    assert [shortened(fault) for fault in tally.faults] == []
    assert tally.calls == len(calls) > 200
    assert sum(tally.statuses.get(status, 0) for status in (400, 404, 422)) > tally.calls / 2


def test_a_path_with_a_nul_leads_nowhere(admin: TestClient) -> None:
    calls = [call for call in all_calls() if call.value == "NUL" and call.spot.where == "path"]
    tally = sweep(cast("FastAPI", admin.app), iter(calls))
    assert [shortened(fault) for fault in tally.faults] == []
    assert tally.statuses == {404: len(calls)}
    assert len(calls) > 50


def test_every_field_of_every_operation_is_a_place() -> None:
    spots = list(all_spots())
    assert {spot.operation for spot in spots} == set(MATRIX)
    assert Spot("register_gap", "body", ("title_zh",)) in spots
    assert Spot("register_investor", "body", ("names", 0, "lang")) in spots
    assert Spot("list_gaps", "query", ("q",)) in spots
    assert Spot("read_gap", "path", ("gap_id",)) in spots
    assert Spot("submit_lead", "body", ("contacts", 0, "name")) in spots
    assert len(spots) == len(set(spots)) > 1500


def test_bodies_with_a_schema_have_a_place_for_each_of_its_fields() -> None:
    known = {(spot.operation, spot.steps[0]) for spot in all_spots() if len(spot.steps) == 1}
    schemas = document()["components"]["schemas"]
    for field in schemas["InvestorCreate"]["properties"]:
        assert ("register_investor", field) in known


@pytest.mark.parametrize("fragment", JSON.values(), ids=JSON)
def test_fragments_are_put_where_they_should(fragment: str) -> None:
    body = spoilt({"a": [{"b": 1}], "c": 2}, ("a", 0, "b"), fragment)
    assert body.startswith(b'{"a": [{"b": ')
    assert body.endswith(b'}], "c": 2}')
    assert fragment.encode("utf-8", "surrogatepass") in body


def test_the_way_to_a_place_is_made() -> None:
    assert marked({}, ("a", 0, "b")) == {"a": [{"b": "@@here@@"}]}
    assert marked([1, 2], (0,)) == ["@@here@@", 2]
    assert marked({"a": 1}, ()) == "@@here@@"


def test_the_corpus_holds_what_it_is_for() -> None:
    told = [value for value in JSON.values() if "{" not in value and "[" not in value]
    read: list[Any] = [json.loads(value, parse_int=len) for value in told]
    texts = [value for value in read if isinstance(value, str)]
    assert any("\x00" in text for text in texts)
    assert any("\ud800" in text for text in texts)
    assert any("\u202e" in text for text in texts)
    assert max(map(len, texts)) == 1_000_000
    assert any(text.startswith("=") for text in texts)
    assert len(TEXTS) > 20
    assert all(value.isascii() and " " not in value for value in TEXTS.values())
    assert not any(b"\n" in value or b"\0" in value for value in HEADERS.values())


GOOD = dict(PROTECTION)
PROBLEM = {**GOOD, "Content-Type": "application/problem+json"}


@pytest.mark.parametrize(
    ("answer", "seconds", "fault"),
    [
        (Response(500, headers=PROBLEM, json={"status": 500}), 0.0, "answered 500"),
        (Response(429, headers=PROBLEM, json={"status": 429}), 0.0, "answered 429"),
        (Response(200, headers=GOOD), 2.1, "took 2.1 s"),
        (Response(200, headers={}), 0.0, "200 without X-Content-Type-Options"),
        (Response(200, headers=GOOD | {"Set-Cookie": "x=1"}), 0.0, "sets a cookie"),
        (Response(404, headers=GOOD, text="no"), 0.0, "404 is told as"),
        (Response(404, headers=PROBLEM, json={"status": 400}), 0.0, "told as another status"),
        (
            Response(404, headers=PROBLEM, json={"status": 404, "x": "x" * 30_000}),
            0.0,
            "a problem of 3",
        ),
        (Response(404, headers=PROBLEM, json={"status": 404}), 0.0, None),
    ],
)
def test_a_wrong_answer_is_noticed(answer: Response, seconds: float, fault: str | None) -> None:
    found = list(faults_of(answer, seconds))
    assert [fault in told for told in found if fault] == ([True] if fault else [])
    assert bool(found) is bool(fault)


def test_each_operation_is_called_with_a_key_that_may(embedded: TestClient) -> None:
    keys = {name: key_for(name) for name in MATRIX}
    assert len(set(keys.values())) == 3
    call = Call(Spot("read_zone", "header", ("X-Request-ID",)), "one letter")
    answer, _ = Attacker(cast("FastAPI", embedded.app), "read_zone").send(call)
    assert (answer.status_code, answer.headers["X-Request-ID"]) == (200, "x")
    assert str(call) == "read_zone: header X-Request-ID ← one letter"
