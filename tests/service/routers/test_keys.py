"""`/v1/admin/keys`: secrets are shown once, and what is done to a key takes effect at once."""

from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine
from sqlmodel import Session, select
from starlette.testclient import TestClient

from models.api_key import ApiKey
from models.event import Event
from service import clock
from tests.factories import ADMIN, PARTNER_ID, a_key, an_investor, bearer, runtime_of
from tests.service.webhooks.station import MovedClock


def test_new_key_works_and_its_secret_is_stored_nowhere(
    admin: TestClient, client: TestClient, engine: Engine
) -> None:
    answer = admin.post("/v1/admin/keys", json=a_key())
    made = answer.json()
    secret = made["secret"]
    assert answer.status_code == 201
    assert secret.startswith("bul_")
    assert len(secret) >= 40
    assert made["prefix"] == secret[:12]
    assert client.get("/v1/investors", headers=bearer(secret)).status_code == 200
    assert client.get("/v1/admin/keys", headers=bearer(secret)).status_code == 403
    listed = admin.get("/v1/admin/keys").json()["items"]
    assert [key["id"] for key in listed][-1] == made["id"]
    assert admin.get(answer.headers["Location"]).json() == listed[-1]
    assert not any("secret" in key for key in listed)
    with Session(engine) as session:
        stored = "".join(row.model_dump_json() for row in session.exec(select(ApiKey)))
        told = "".join(row.model_dump_json() for row in session.exec(select(Event)))
    assert secret not in stored + told
    assert "secret_digest" not in told


def test_replay_shows_no_secret(admin: TestClient) -> None:
    headers = {"Idempotency-Key": "one"}
    first = admin.post("/v1/admin/keys", json=a_key(), headers=headers)
    body = first.request.read()
    again = admin.post(
        "/v1/admin/keys", content=body, headers=headers | {"Content-Type": "application/json"}
    )
    assert again.status_code == 201
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json() == {k: v for k, v in first.json().items() if k != "secret"}


def test_revoked_key_is_refused_at_the_next_call(admin: TestClient, client: TestClient) -> None:
    made = admin.post("/v1/admin/keys", json=a_key()).json()
    headers = bearer(made["secret"])
    assert client.get("/v1/investors", headers=headers).status_code == 200
    path = f"/v1/admin/keys/{made['id']}"
    assert admin.delete(path).status_code == 204
    refused = client.get("/v1/investors", headers=headers)
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")
    assert client.post("/v1/investors", json=an_investor(), headers=headers).status_code == 401
    assert admin.delete(path).status_code == 204
    assert admin.get(path).json()["revoked_at"] is not None


def test_rotated_key_has_a_new_secret_and_keeps_what_it_registered(
    admin: TestClient, client: TestClient
) -> None:
    made = admin.post("/v1/admin/keys", json=a_key()).json()
    investor = client.post("/v1/investors", json=an_investor(), headers=bearer(made["secret"]))
    at_once = {"overlap_hours": 0}
    rotated = admin.post(f"/v1/admin/keys/{made['id']}/rotate", json=at_once).json()
    assert rotated["id"] == made["id"]
    assert rotated["secret"] != made["secret"]
    assert rotated["old_secret_until"] is None
    assert client.get("/v1/investors", headers=bearer(made["secret"])).status_code == 401
    path = investor.headers["Location"]
    changed = client.patch(path, json={"jobs": 1}, headers=bearer(rotated["secret"]))
    assert changed.status_code == 200


def statuses(client: TestClient, *secrets: str) -> list[int]:
    return [client.get("/v1/gaps", headers=bearer(secret)).status_code for secret in secrets]


def test_old_secret_works_until_the_overlap_ends(
    admin: TestClient, client: TestClient, moved_clock: MovedClock
) -> None:
    made = admin.post("/v1/admin/keys", json=a_key()).json()
    path = f"/v1/admin/keys/{made['id']}"
    first = made["secret"]
    second = admin.post(f"{path}/rotate").json()["secret"]
    assert statuses(client, first, second) == [200, 200]
    third = admin.post(f"{path}/rotate", json={"overlap_hours": 2}).json()["secret"]
    assert statuses(client, first, second, third) == [401, 200, 200], "two secrets at most"
    moved_clock.move(seconds=2 * 3600 - 1)
    assert statuses(client, second, third) == [200, 200]
    moved_clock.move(seconds=2)
    assert statuses(client, second, third) == [401, 200]


def test_revoking_ends_the_old_secret_too(admin: TestClient, client: TestClient) -> None:
    made = admin.post("/v1/admin/keys", json=a_key()).json()
    path = f"/v1/admin/keys/{made['id']}"
    second = admin.post(f"{path}/rotate").json()["secret"]
    admin.delete(path)
    assert statuses(client, made["secret"], second) == [401, 401]


@pytest.mark.parametrize("hours", [-1, 169, 1.5, "soon", None])
def test_overlaps_that_make_no_sense_are_refused(embedded: TestClient, hours: object) -> None:
    made = embedded.post("/v1/admin/keys", json=a_key()).json()
    path = f"/v1/admin/keys/{made['id']}/rotate"
    refused = embedded.post(path, json={"overlap_hours": hours})
    assert refused.status_code == 422
    assert statuses(embedded, made["secret"]) == [200]


def test_last_use_is_told_at_once_and_kept(embedded: TestClient) -> None:
    made = embedded.post("/v1/admin/keys", json=a_key()).json()
    path = f"/v1/admin/keys/{made['id']}"
    assert made["last_used_at"] is None
    statuses(embedded, made["secret"])
    used = embedded.get(path).json()["last_used_at"]
    assert used is not None
    runtime = runtime_of(embedded)
    runtime.key_uses.write(runtime.engine)
    with Session(runtime.engine) as session:
        stored = session.get_one(ApiKey, made["id"]).last_used_at
        told = session.exec(select(Event).where(Event.subject_id == made["id"])).all()
    assert stored is not None
    assert used == stored.isoformat().replace("+00:00", "Z")
    assert [event.action for event in told] == ["key.created"], "a use is no event"
    assert embedded.get(path).json()["last_used_at"] == used
    assert embedded.post(f"{path}/rotate").json()["last_used_at"] == used


def test_revoked_and_expired_keys_do_not_rotate(admin: TestClient, engine: Engine) -> None:
    made = admin.post("/v1/admin/keys", json=a_key(expires_at="2100-01-01T00:00:00Z")).json()
    with Session(engine) as session:
        row = session.get_one(ApiKey, made["id"])
        row.expires_at = clock.now() - timedelta(seconds=1)
        session.add(row)
        session.commit()
    assert admin.post(f"/v1/admin/keys/{made['id']}/rotate").status_code == 409
    assert admin.get("/v1/investors", headers=bearer(made["secret"])).status_code == 401
    other = admin.post("/v1/admin/keys", json=a_key()).json()
    admin.delete(f"/v1/admin/keys/{other['id']}")
    assert admin.post(f"/v1/admin/keys/{other['id']}/rotate").status_code == 409


def test_nothing_is_shown_of_a_key_that_was_given(admin: TestClient, engine: Engine) -> None:
    (given,) = [
        key for key in admin.get("/v1/admin/keys").json()["items"] if key["scope"] == "admin"
    ]
    assert given["prefix"] == "…"
    with Session(engine) as session:
        told = "".join(row.model_dump_json() for row in session.exec(select(Event)))
    assert ADMIN[:6] not in told
    rotated = admin.post(f"/v1/admin/keys/{given['id']}/rotate").json()
    assert rotated["prefix"] == rotated["secret"][:12]


def test_last_admin_key_stays(admin: TestClient, client: TestClient) -> None:
    (first,) = [
        key for key in admin.get("/v1/admin/keys").json()["items"] if key["scope"] == "admin"
    ]
    path = f"/v1/admin/keys/{first['id']}"
    refused = admin.delete(path)
    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:bulian:problem:last-admin-key"
    second = admin.post("/v1/admin/keys", json=a_key(scope="admin")).json()
    assert admin.delete(path).status_code == 204
    left = client.delete(f"/v1/admin/keys/{second['id']}", headers=bearer(second["secret"]))
    assert left.status_code == 409


@pytest.mark.parametrize(
    ("fields", "loc"),
    [
        ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
        ({"partner_id": PARTNER_ID}, "partner_id"),
        ({"scope": "everything"}, "scope"),
    ],
)
def test_keys_that_make_no_sense_are_refused(
    admin: TestClient, fields: dict[str, str], loc: str
) -> None:
    answer = admin.post("/v1/admin/keys", json=a_key(**fields))
    assert answer.status_code == 422
    assert ["body", loc] in [error["loc"] for error in answer.json()["errors"]]


@pytest.mark.parametrize(("method", "rest"), [("get", ""), ("delete", ""), ("post", "/rotate")])
def test_what_is_not_there_is_not_found(admin: TestClient, method: str, rest: str) -> None:
    answer = admin.request(method, f"/v1/admin/keys/key_none{rest}")
    assert answer.status_code == 404
    assert answer.json()["title"] == "No such key"


def test_scope_is_read_with_the_request(admin: TestClient, app: FastAPI, engine: Engine) -> None:
    made = admin.post("/v1/admin/keys", json=a_key()).json()
    caller = TestClient(app, headers=bearer(made["secret"]))
    assert caller.get("/v1/investors").status_code == 200
    with Session(engine) as session:
        row = session.get_one(ApiKey, made["id"])
        row.sqlmodel_update({"scope": "partner", "partner_id": PARTNER_ID})
        session.add(row)
        session.commit()
    assert caller.get("/v1/investors").status_code == 403
