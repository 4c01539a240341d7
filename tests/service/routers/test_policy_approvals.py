"""Drafts that are given up, and acts that two administrators must want."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine
from sqlmodel import Session, select
from starlette.testclient import TestClient

from models.event import Event
from service import clock
from tests.factories import a_gap, a_key, a_policy, an_investor, bearer, register

PATH = "/v1/admin/policies"


def draft(admin: TestClient, **fields: Any) -> str:
    return register(admin, "admin/policies", a_policy(**fields))["id"]


def act(caller: TestClient, policy_id: str, what: str, **body: Any) -> dict[str, Any]:
    answer = caller.post(f"{PATH}/{policy_id}/{what}", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def refusal(caller: TestClient, method: str, path: str, **body: Any) -> tuple[int, str]:
    answer = caller.request(method, f"{PATH}/{path}", json=body)
    return answer.status_code, answer.json()["type"].rpartition(":")[2]


def told_of(engine: Engine, policy_id: str) -> list[tuple[str, str]]:
    """What the log tells of a policy: each actor and action."""
    with Session(engine) as session:
        statement = select(Event).where(Event.subject_id == policy_id).order_by("number")
        return [(event.actor, event.action) for event in session.exec(statement)]


@pytest.fixture
def engine_of(embedded: TestClient, blank_app: FastAPI) -> Engine:
    """The database of `embedded`, which has to be there first."""
    return blank_app.state.runtime.engine


def test_a_draft_is_given_up_and_never_rules(embedded: TestClient, engine_of: Engine) -> None:
    policy_id = draft(embedded)
    path = f"{PATH}/{policy_id}"
    stale = embedded.delete(path, headers={"If-Match": '"7"'})
    assert stale.status_code == 412
    assert embedded.delete(path).status_code == 204
    assert embedded.delete(path).status_code == 204
    kept = embedded.get(path).json()
    assert (kept["status"], kept["version"]) == ("closed", 2)
    assert kept["closed_at"] is not None
    assert embedded.get(PATH).json()["items"] == []
    for method, rest in (("PATCH", ""), ("POST", "/activate")):
        assert refusal(embedded, method, policy_id + rest) == (409, "policy-not-draft")
    assert refusal(embedded, "POST", f"{policy_id}/rollback") == (409, "policy-not-ruling")
    assert [action for _, action in told_of(engine_of, policy_id)] == [
        "policy.created",
        "policy.closed",
    ]
    assert embedded.delete(f"{PATH}/pol_nothing").status_code == 404


def test_what_has_been_activated_is_not_given_up(embedded: TestClient) -> None:
    policy_id = draft(embedded)
    act(embedded, policy_id, "activate")
    assert refusal(embedded, "DELETE", policy_id) == (409, "policy-not-draft")
    assert embedded.get(f"{PATH}/{policy_id}").json()["status"] == "active"


@pytest.fixture
def one(embedded: TestClient, blank_app: FastAPI) -> TestClient:
    """An administrator where two are needed."""
    blank_app.state.runtime = replace(blank_app.state.runtime, two_administrators=True)
    return embedded


@pytest.fixture
def other(one: TestClient, blank_app: FastAPI) -> TestClient:
    """Another administrator."""
    secret = register(one, "admin/keys", a_key(scope="admin", name="Second"))["secret"]
    return TestClient(blank_app, headers=bearer(secret))


def test_one_asks_and_another_confirms(
    one: TestClient, other: TestClient, engine_of: Engine
) -> None:
    gap = register(one, "gaps", a_gap())
    register(one, "investors", an_investor())
    ranking = f"/v1/gaps/{gap['id']}/matches"
    before = one.get(ranking)
    policy_id = draft(one)
    first = one.get(f"{PATH}/{policy_id}").json()["created_by"]
    today = str(clock.china_day())
    asked = act(one, policy_id, "activate")
    assert (asked["status"], asked["effective_from"]) == ("draft", None)
    pending = asked["pending"]
    assert (pending["action"], pending["effective_from"]) == ("activation", today)
    assert pending["asked_by"] == first
    assert one.get(ranking).content == before.content
    assert refusal(one, "POST", f"{policy_id}/activate") == (409, "own-request")
    ruling = act(other, policy_id, "activate", effective_from=today)
    assert (ruling["status"], ruling["pending"]) == ("active", None)
    assert one.get(ranking).json()["policy"]["id"] == policy_id
    act(other, policy_id, "rollback")
    assert one.get(ranking).json()["policy"]["id"] == policy_id
    assert refusal(other, "POST", f"{policy_id}/rollback") == (409, "own-request")
    over = act(one, policy_id, "rollback")
    assert (over["status"], over["pending"]) == ("retired", None)
    back = one.get(ranking)
    assert (back.content, back.headers["ETag"]) == (before.content, before.headers["ETag"])
    told = told_of(engine_of, policy_id)
    second = told[2][0]
    assert second != first
    assert told == [
        (first, "policy.created"),
        (first, "policy.activation_asked"),
        (second, "policy.activated"),
        (second, "policy.rollback_asked"),
        (first, "policy.rolled_back"),
    ]


def test_between_the_two_nothing_can_be_changed(one: TestClient, other: TestClient) -> None:
    policy_id = draft(one)
    asked = act(one, policy_id, "activate")
    for caller in (one, other):
        assert refusal(caller, "PATCH", policy_id, neutral=300) == (409, "policy-pending")
        assert refusal(caller, "DELETE", policy_id) == (409, "policy-pending")
    assert one.get(f"{PATH}/{policy_id}").json() == asked
    for _ in range(2):
        assert other.delete(f"{PATH}/{policy_id}/pending").status_code == 204
    assert one.get(f"{PATH}/{policy_id}").json()["pending"] is None
    assert one.patch(f"{PATH}/{policy_id}", json={"neutral": 300}).status_code == 200
    assert act(other, policy_id, "activate")["status"] == "draft"
    assert one.delete(f"{PATH}/pol_nothing/pending").status_code == 404


def test_another_day_is_another_request(one: TestClient, other: TestClient) -> None:
    policy_id = draft(one)
    day = clock.china_day() + timedelta(days=3)
    act(one, policy_id, "activate", effective_from=str(day))
    later = str(day + timedelta(days=1))
    asked = act(other, policy_id, "activate", effective_from=later)
    assert (asked["status"], asked["pending"]["effective_from"]) == ("draft", later)
    assert refusal(other, "POST", f"{policy_id}/activate") == (409, "own-request")
    assert act(one, policy_id, "activate")["effective_from"] == later


def test_a_day_that_has_passed_is_asked_for_anew(
    one: TestClient, other: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy_id = draft(one)
    act(one, policy_id, "activate")
    tomorrow = clock.china_day() + timedelta(days=1)
    monkeypatch.setattr(clock, "china_day", lambda: tomorrow)
    asked = act(other, policy_id, "activate")
    assert (asked["status"], asked["pending"]["effective_from"]) == ("draft", str(tomorrow))


def test_where_one_is_enough_again_what_was_asked_for_takes_effect_at_once(
    one: TestClient, blank_app: FastAPI
) -> None:
    policy_id = draft(one)
    act(one, policy_id, "activate")
    blank_app.state.runtime = replace(blank_app.state.runtime, two_administrators=False)
    ruling = act(one, policy_id, "activate")
    assert (ruling["status"], ruling["pending"]) == ("active", None)
