"""`/v1/webhooks`: secrets are shown once, addresses looked at, and what is another's is unknown."""

from dataclasses import replace
from ipaddress import ip_address
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, text
from sqlmodel import Session, select
from starlette.testclient import TestClient

from models.event import Event
from models.installation import Installation
from models.webhook import Webhook, WebhookDelivery, WebhookProgress
from service.usecases.webhooks import MOST
from service.webhooks.addresses import Address, Gate, NameUnknown
from service.webhooks.audience import ACTIONS
from service.webhooks.signing import secret_of
from tests.factories import a_webhook, register
from tests.service.webhooks.logbook import log_delivery

NAMES = {
    "portal.example.com": ["93.184.216.34"],
    "inside.example.com": ["93.184.216.34", "10.0.0.1"],
}


def resolve(host: str, port: int) -> list[Address]:
    if host not in NAMES:
        raise NameUnknown
    return [ip_address(text) for text in NAMES[host]]


@pytest.fixture(autouse=True)
def no_look_ups(app: FastAPI) -> None:
    app.state.runtime = replace(app.state.runtime, gate=Gate(resolve))


def hook(client: TestClient, **fields: Any) -> tuple[str, dict[str, Any]]:
    """The path of a new webhook, and the answer that made it."""
    made = register(client, "webhooks", a_webhook(**fields))
    return f"/v1/webhooks/{made['id']}", made


def test_a_new_webhook_is_answered_with_its_secret_once(portal: TestClient) -> None:
    body = a_webhook(name="Portal of Suzhou", actions=["gap.created", "gap.created"])
    answer = portal.post("/v1/webhooks", json=body)
    made = answer.json()
    assert answer.status_code == 201
    assert made["secret"].startswith("whsec_")
    assert made["actions"] == ["gap.created"]
    assert (made["status"], made["version"], made["failures"]) == ("active", 1, 0)
    read = portal.get(answer.headers["Location"])
    assert read.json() == {name: value for name, value in made.items() if name != "secret"}
    again = portal.get(answer.headers["Location"], headers={"If-None-Match": read.headers["ETag"]})
    assert again.status_code == 304
    assert portal.get("/v1/webhooks").json() == {"items": [read.json()], "next_cursor": None}


def test_the_secret_is_stored_nowhere(portal: TestClient, engine: Engine) -> None:
    path, made = hook(portal)
    rotated = portal.post(f"{path}/rotate").json()
    assert rotated["secret"] != made["secret"]
    assert rotated["version"] == 2
    with Session(engine) as session:
        stored = "".join(
            row.model_dump_json()
            for table in (Webhook, WebhookProgress, WebhookDelivery, Event, Installation)
            for row in session.exec(select(table))
        )
        installed = session.exec(select(Installation)).one()
    for number, secret in ((1, made["secret"]), (2, rotated["secret"])):
        assert secret == secret_of(installed.secret, made["id"], number)
        assert secret.removeprefix("whsec_") not in stored


def test_replay_shows_no_secret(portal: TestClient) -> None:
    headers = {"Idempotency-Key": "one"}
    body = a_webhook()
    first = portal.post("/v1/webhooks", json=body, headers=headers)
    again = portal.post("/v1/webhooks", json=body, headers=headers)
    assert again.status_code == 201
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json() == {k: v for k, v in first.json().items() if k != "secret"}
    assert len(portal.get("/v1/webhooks").json()["items"]) == 1
    other = portal.post("/v1/webhooks", json=a_webhook(), headers=headers)
    assert other.status_code == 422


ADDRESSES = {
    "https://portal.example.com/hooks": None,
    "https://not-there-yet.example.com/hooks": None,
    "https://inside.example.com/hooks": "not public",
    "https://10.0.0.1/hooks": "not public",
    "https://[::ffff:93.184.216.34]/": "not public",
    "http://portal.example.com/hooks": "https",
    "https://user:pass@portal.example.com/": "user name",
    "https://portal.example.com:22/": "port",
    "https://localhost/": "in full",
}


@pytest.mark.parametrize(("url", "why"), ADDRESSES.items())
def test_addresses_are_looked_at_when_registered_and_when_changed(
    portal: TestClient, url: str, why: str | None
) -> None:
    path, _ = hook(portal)
    answers = [
        portal.post("/v1/webhooks", json={"url": url}),
        portal.patch(path, json={"url": url}),
    ]
    if why is None:
        assert [answer.status_code for answer in answers] == [201, 200]
        assert answers[1].json()["url"] == url
        return
    for answer in answers:
        assert answer.status_code == 422
        (error,) = answer.json()["errors"]
        assert error["loc"] == ["body", "url"]
        assert why in error["msg"]
        assert "10.0.0.1" not in answer.text, "nothing is told of what a name leads to"


def test_nothing_is_looked_up_for_strangers(app: FastAPI, client: TestClient) -> None:
    def never(host: str, port: int) -> list[Address]:
        raise AssertionError("looked up")

    app.state.runtime = replace(app.state.runtime, gate=Gate(never))
    body = {"url": "https://portal.example.com/"}
    for headers in ({}, {"Authorization": "Bearer bul_unheard_of"}):
        assert client.post("/v1/webhooks", json=body, headers=headers).status_code == 401
        assert client.patch("/v1/webhooks/whk_1", json=body, headers=headers).status_code == 401


def test_each_scope_may_choose_what_concerns_it(
    portal: TestClient, partner: TestClient, admin: TestClient
) -> None:
    for client, may, may_not in (
        (portal, "gap.created", "lead.moved"),
        (partner, "lead.moved", "gap.created"),
        (admin, "lead.moved", "lead.merged"),
    ):
        path, _ = hook(client, actions=[may])
        for answer in (
            client.post("/v1/webhooks", json=a_webhook(actions=[may, may_not])),
            client.patch(path, json={"actions": [may, may_not]}),
        ):
            (error,) = answer.json()["errors"]
            assert (answer.status_code, error["loc"]) == (422, ["body", "actions", 1])
            assert may in error["msg"]
        assert client.patch(path, json={"actions": []}).json()["actions"] == []
    assert all(ACTIONS.values())


def test_changes_keep_what_was_not_sent_and_leave_an_event(
    portal: TestClient, engine: Engine
) -> None:
    path, made = hook(portal, name="one", actions=["gap.created"])
    changed = portal.patch(path, json={"name": None, "actions": None}).json()
    assert (changed["name"], changed["actions"], changed["url"]) == (None, [], made["url"])
    assert changed["version"] == 2
    assert portal.patch(path, json={}).json() == changed
    with Session(engine) as session:
        events = session.exec(select(Event).where(Event.subject_id == made["id"])).all()
    assert [event.action for event in events] == ["webhook.created", "webhook.updated"]
    assert events[1].after == {"name": None, "actions": []}
    assert not any("secret" in event.model_dump_json().replace("secret_", "") for event in events)


def test_a_change_may_be_bound_to_a_version(portal: TestClient) -> None:
    path, _ = hook(portal)
    etag = portal.get(path).headers["ETag"]
    assert portal.patch(path, json={"name": "a"}, headers={"If-Match": etag}).status_code == 200
    assert portal.patch(path, json={"name": "b"}, headers={"If-Match": etag}).status_code == 412
    assert portal.delete(path, headers={"If-Match": etag}).status_code == 412


def test_disabled_by_its_owner_and_active_again(portal: TestClient) -> None:
    path, _ = hook(portal)
    for status, because in (("disabled", "owner"), ("disabled", "owner"), ("active", None)):
        shown = portal.patch(path, json={"status": status}).json()
        assert (shown["status"], shown["disabled_because"]) == (status, because)


def test_why_it_was_disabled_stays_when_its_owner_says_so_too(
    portal: TestClient, engine: Engine
) -> None:
    path, _ = hook(portal)
    with engine.begin() as connection:
        connection.execute(text("UPDATE webhook SET status='disabled', disabled_because='gone'"))
    assert portal.patch(path, json={"status": "disabled"}).json()["disabled_because"] == "gone"


def test_a_closed_webhook_stays_readable_and_closed(portal: TestClient, engine: Engine) -> None:
    path, made = hook(portal)
    log_delivery(engine, made["id"])
    assert portal.delete(path).status_code == 204
    assert portal.delete(path).status_code == 204
    assert portal.get(path).json()["status"] == "closed"
    assert portal.get("/v1/webhooks").json()["items"] == []
    assert len(portal.get(f"{path}/deliveries").json()["items"]) == 1
    assert portal.patch(path, json={"status": "active"}).status_code == 409
    assert portal.post(f"{path}/rotate").status_code == 409
    refused = portal.post(f"{path}/deliveries/1/redeliver")
    assert refused.json()["type"] == "urn:bulian:problem:webhook-not-active"


def test_what_is_anothers_is_unknown(
    portal: TestClient, other_portal: TestClient, partner: TestClient, admin: TestClient,
    engine: Engine,
) -> None:  # fmt: skip
    path, made = hook(portal)
    log_delivery(engine, made["id"])
    for stranger in (other_portal, partner, admin):
        assert stranger.get("/v1/webhooks").json()["items"] == []
        for method, end, body in (
            ("GET", "", None),
            ("PATCH", "", {"name": "mine"}),
            ("DELETE", "", None),
            ("POST", "/rotate", None),
            ("GET", "/deliveries", None),
            ("POST", "/deliveries/1/redeliver", None),
        ):
            there = stranger.request(method, f"{path}{end}", json=body)
            nowhere = stranger.request(method, f"/v1/webhooks/whk_unheard_of{end}", json=body)
            assert there.status_code == nowhere.status_code == 404
            said = {name: there.json()[name] for name in ("type", "title", "detail")}
            assert said == {name: nowhere.json()[name] for name in said}
    assert portal.get(path).json()["version"] == 1


def test_an_owner_may_only_have_so_many(portal: TestClient, partner: TestClient) -> None:
    made = [hook(portal)[0] for _ in range(MOST)]
    refused = portal.post("/v1/webhooks", json=a_webhook())
    assert refused.json()["type"] == "urn:bulian:problem:too-many-webhooks"
    hook(partner)
    portal.delete(made[0])
    hook(portal)


def test_lists_come_in_pages(portal: TestClient, engine: Engine) -> None:
    made = [hook(portal)[1]["id"] for _ in range(5)]
    assert walk(portal, "/v1/webhooks", "id") == made
    numbers = [log_delivery(engine, made[0]) for _ in range(5)]
    assert walk(portal, f"/v1/webhooks/{made[0]}/deliveries", "number") == numbers[::-1]
    cursor = portal.get(f"/v1/webhooks/{made[0]}/deliveries?limit=1").json()["next_cursor"]
    other = portal.get(f"/v1/webhooks/{made[1]}/deliveries?cursor={cursor}")
    assert other.status_code == 422


def walk(client: TestClient, path: str, name: str) -> list[Any]:
    """One field of all items of a list, two a page."""
    found: list[Any] = []
    query = "limit=2"
    while True:
        page = client.get(f"{path}?{query}").json()
        found += [item[name] for item in page["items"]]
        if page["next_cursor"] is None:
            return found
        query = f"limit=2&cursor={page['next_cursor']}"


@pytest.mark.parametrize(("number", "status"), [("1", 202), ("2", 404), ("0", 422), ("x", 422)])
def test_a_delivery_must_be_there_to_be_made_again(
    portal: TestClient, engine: Engine, number: str, status: int
) -> None:
    path, made = hook(portal)
    log_delivery(engine, made["id"])
    assert portal.post(f"{path}/deliveries/{number}/redeliver").status_code == status


def test_a_rotation_tells_how_long_the_old_secret_lives(portal: TestClient) -> None:
    path, made = hook(portal)
    assert made["previous_secret_until"] is None
    rotated = portal.post(f"{path}/rotate").json()
    assert rotated["previous_secret_until"] > rotated["updated_at"]
    assert portal.get(path).json() == {k: v for k, v in rotated.items() if k != "secret"}
