"""`/v1/admin/partners`: what is done to a partner takes effect at its keys' next call."""

from typing import Any

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from tests.factories import a_key, a_partner, bearer, register
from tests.service.usecases.test_history import events


@pytest.fixture
def made(admin: TestClient) -> dict[str, Any]:
    body = a_partner(territories=["32"], terms="一年", lead_rules=None)
    return register(admin, "admin/partners", body)


def key_of(admin: TestClient, partner_id: str) -> str:
    body = a_key(scope="partner", partner_id=partner_id)
    return register(admin, "admin/keys", body)["secret"]


def test_partner_is_registered_read_and_listed(admin: TestClient, made: dict[str, Any]) -> None:
    assert made["id"].startswith("ptn_")
    assert (made["territories"], made["terms"], made["closed_at"]) == (["32"], "一年", None)
    path = f"/v1/admin/partners/{made['id']}"
    answer = admin.get(path)
    assert answer.json() == made
    assert admin.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    first = admin.get("/v1/admin/partners?limit=1").json()
    ids = [one["id"] for one in first["items"]]
    while first["next_cursor"]:
        first = admin.get(f"/v1/admin/partners?limit=1&cursor={first['next_cursor']}").json()
        ids += [one["id"] for one in first["items"]]
    assert len(ids) == 3
    assert made["id"] in ids


def test_one_idempotency_key_makes_one_partner(admin: TestClient) -> None:
    body, headers = a_partner(), {"Idempotency-Key": "one"}
    first, second = (admin.post("/v1/admin/partners", json=body, headers=headers) for _ in "12")
    assert first.content == second.content
    assert second.headers["Idempotency-Replayed"] == "true"


def test_contract_is_kept_and_ends_after_it_begins(admin: TestClient, made: dict[str, Any]) -> None:
    path = f"/v1/admin/partners/{made['id']}"
    days = {"contract_from": "2026-01-01", "contract_until": "2026-12-31"}
    assert (made["contract_from"], made["contract_until"]) == (None, None)
    assert days.items() <= admin.patch(path, json=days).json().items()
    for body in ({"contract_until": "2025-12-31"}, {"contract_from": "2027-01-01"}):
        refused = admin.patch(path, json=body)
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["loc"] == ["body", "contract_until"]
    assert admin.get(path).json()["contract_until"] == "2026-12-31"
    assert admin.post("/v1/admin/partners", json=a_partner(**days)).status_code == 201


def test_partner_is_changed(admin: TestClient, engine: Engine, made: dict[str, Any]) -> None:
    path = f"/v1/admin/partners/{made['id']}"
    changed = admin.patch(path, json={"terms": None, "territories": ["31"]})
    assert changed.status_code == 200
    assert (changed.json()["version"], changed.json()["territories"]) == (2, ["31"])
    stale = admin.patch(path, json={"name": "新名"}, headers={"If-Match": '"1-x"'})
    assert stale.status_code == 412
    assert [event.action for event in events(engine, made["id"])] == [
        "partner.created",
        "partner.updated",
    ]


@pytest.mark.parametrize("territories", [["99"], ["32", "00"]])
def test_unknown_provinces_are_refused(
    admin: TestClient, made: dict[str, Any], territories: list[str]
) -> None:
    body = {"territories": territories}
    for answer in (
        admin.post("/v1/admin/partners", json=a_partner(**body)),
        admin.patch(f"/v1/admin/partners/{made['id']}", json=body),
    ):
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["loc"][:2] == ["body", "territories"]


def test_keys_of_a_closed_partner_stop_working(
    admin: TestClient, client: TestClient, engine: Engine, made: dict[str, Any]
) -> None:
    headers = bearer(key_of(admin, made["id"]))
    assert client.get("/v1/gaps", headers=headers).status_code == 200
    path = f"/v1/admin/partners/{made['id']}"
    assert admin.delete(path, headers={"If-Match": '"7-x"'}).status_code == 412
    for _ in range(2):
        assert admin.delete(path).status_code == 204
    assert client.get("/v1/gaps", headers=headers).status_code == 401
    closed = admin.get(path).json()
    assert (closed["closed_at"] is not None, closed["version"]) == (True, 2)
    assert admin.patch(path, json={"name": "新名"}).status_code == 409
    assert events(engine, made["id"])[-1].action == "partner.closed"


def test_a_key_names_a_partner_that_is_open(admin: TestClient, made: dict[str, Any]) -> None:
    admin.delete(f"/v1/admin/partners/{made['id']}")
    for partner_id in (made["id"], "ptn_none"):
        answer = admin.post("/v1/admin/keys", json=a_key(scope="partner", partner_id=partner_id))
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["loc"] == ["body", "partner_id"]


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
def test_what_is_not_there_is_not_found(admin: TestClient, method: str) -> None:
    body: dict[str, Any] | None = {} if method == "patch" else None
    answer = admin.request(method, "/v1/admin/partners/ptn_none", json=body)
    assert answer.status_code == 404
    assert answer.json()["title"] == "No such partner"
