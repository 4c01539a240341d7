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
from tests.factories import ADMIN, PARTNER_ID, a_key, an_investor, bearer


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
    rotated = admin.post(f"/v1/admin/keys/{made['id']}/rotate").json()
    assert rotated["id"] == made["id"]
    assert rotated["secret"] != made["secret"]
    assert client.get("/v1/investors", headers=bearer(made["secret"])).status_code == 401
    path = investor.headers["Location"]
    changed = client.patch(path, json={"jobs": 1}, headers=bearer(rotated["secret"]))
    assert changed.status_code == 200


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
