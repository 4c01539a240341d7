"""One object for one Idempotency-Key, however often and however many at once it is sent."""

import asyncio
import threading
import time
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import Engine
from sqlmodel import Session, select
from starlette.testclient import TestClient

from models.idempotency import IdempotencyRecord
from models.investor import Investor
from service import clock, database
from service.repositories import idempotency
from tests.factories import PORTAL, a_gap, a_zone, an_investor, bearer, register

CALLS = 64


@pytest.mark.parametrize(
    ("kind", "body"),
    [("investors", an_investor()), ("gaps", a_gap()), ("zones", a_zone())],
    ids=["investors", "gaps", "zones"],
)
def test_second_call_gets_the_first_answer_again(
    portal: TestClient, kind: str, body: dict[str, Any]
) -> None:
    headers = {"Idempotency-Key": "call-1"}
    first = portal.post(f"/v1/{kind}", json=body, headers=headers)
    again = portal.post(f"/v1/{kind}", json=body, headers=headers)
    assert (first.status_code, again.status_code) == (201, 201)
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.content == first.content
    assert [again.headers[name] for name in ("Location", "ETag")] == [
        first.headers[name] for name in ("Location", "ETag")
    ]


def test_replay_shows_the_record_as_it_is_now(portal: TestClient) -> None:
    body, headers = an_investor(), {"Idempotency-Key": "call-1"}
    made = portal.post("/v1/investors", json=body, headers=headers).json()
    portal.patch(f"/v1/investors/{made['id']}", json={"jobs": 7})
    again = portal.post("/v1/investors", json=body, headers=headers).json()
    assert (again["id"], again["jobs"]) == (made["id"], 7)


def test_key_belongs_to_one_request_of_one_caller(
    portal: TestClient, other_portal: TestClient
) -> None:
    body, headers = an_investor(), {"Idempotency-Key": "call-1"}
    first = portal.post("/v1/investors", json=body, headers=headers)
    for path, other in (("/v1/investors", an_investor()), ("/v1/gaps", a_gap())):
        refused = portal.post(path, json=other, headers=headers)
        assert refused.status_code == 422
        assert refused.json()["type"] == "urn:bulian:problem:key-reused"
    theirs = other_portal.post("/v1/investors", json=body, headers=headers)
    assert theirs.status_code == 201
    assert theirs.json()["id"] != first.json()["id"]


def test_refused_call_uses_up_no_key(portal: TestClient) -> None:
    headers = {"Idempotency-Key": "call-1"}
    refused = portal.post("/v1/gaps", json=a_gap(zone_id="CNHTZ-9999"), headers=headers)
    assert refused.status_code == 422
    assert portal.post("/v1/gaps", json=a_gap(), headers=headers).status_code == 201


def test_keys_are_forgotten_after_a_day(portal: TestClient, engine: Engine) -> None:
    body, headers = an_investor(), {"Idempotency-Key": "call-1"}
    first = portal.post("/v1/investors", json=body, headers=headers).json()
    portal.post("/v1/investors", json=body, headers={"Idempotency-Key": "call-2"})
    with Session(engine) as session:
        for record in session.exec(select(IdempotencyRecord)):
            assert record.expires_at - record.created_at == timedelta(hours=24)
            record.expires_at = clock.now() - timedelta(seconds=1)
            session.add(record)
        session.commit()
    again = portal.post("/v1/investors", json=body, headers=headers)
    assert "Idempotency-Replayed" not in again.headers
    assert again.json()["id"] != first["id"]
    with Session(engine) as session:
        assert [record.key for record in session.exec(select(IdempotencyRecord))] == ["call-1"]


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "a b", "ключ".encode()])
def test_keys_are_visible_ascii(embedded: TestClient, key: str | bytes) -> None:
    headers = {b"Idempotency-Key": key if isinstance(key, bytes) else key.encode()}
    answer = embedded.post("/v1/investors", json=an_investor(), headers=headers)  # pyright: ignore[reportArgumentType] - raw header
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == ["header", "Idempotency-Key"]


def test_many_calls_at_once_make_one_object(app: FastAPI, portal: TestClient) -> None:
    body = an_investor()

    async def send(client: httpx2.AsyncClient) -> httpx2.Response:
        return await client.post("/v1/investors", json=body, headers={"Idempotency-Key": "call-1"})

    async def send_all() -> list[httpx2.Response]:
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(
            transport=transport, base_url="http://test", headers=bearer(PORTAL), timeout=60
        ) as client:
            return await asyncio.gather(*(send(client) for _ in range(CALLS)))

    answers = asyncio.run(send_all())
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    replayed = [answer for answer in answers if "Idempotency-Replayed" in answer.headers]
    assert len(replayed) == CALLS - 1
    assert len(portal.get("/v1/investors").json()["items"]) == 1


def test_different_calls_at_once_all_go_through(app: FastAPI, portal: TestClient) -> None:
    async def send_all() -> list[httpx2.Response]:
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(
            transport=transport, base_url="http://test", headers=bearer(PORTAL), timeout=60
        ) as client:
            writes = [client.post("/v1/investors", json=an_investor()) for _ in range(CALLS // 2)]
            looks = [client.get("/v1/zones") for _ in range(CALLS // 2)]
            return await asyncio.gather(*writes, *looks)

    statuses = sorted(answer.status_code for answer in asyncio.run(send_all()))
    assert statuses == [200] * (CALLS // 2) + [201] * (CALLS // 2)
    assert len(portal.get("/v1/investors?limit=100").json()["items"]) == CALLS // 2


def test_call_that_waits_too_long_is_told_to_come_back(
    portal: TestClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL says 409 in the end; SQLite has one writer, so the second waits for the first."""
    register(portal, "investors", an_investor())
    monkeypatch.setattr(idempotency, "PATIENCE_SECONDS", 1)
    held, let_go = threading.Event(), threading.Event()
    key_id = owner_of(engine)

    def hold() -> None:
        with database.transaction(engine) as session:
            assert idempotency.claim(session, key_id, "call-1")
            session.exec(select(IdempotencyRecord)).all()
            held.set()
            let_go.wait(30)

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(10)
    started = time.monotonic()
    if engine.dialect.name == "sqlite":
        threading.Timer(0.5, let_go.set).start()
    answer = portal.post("/v1/investors", json=an_investor(), headers={"Idempotency-Key": "call-1"})
    let_go.set()
    thread.join()
    if engine.dialect.name == "sqlite":
        assert answer.status_code == 201
        return
    assert 0.9 < time.monotonic() - started < 10
    assert answer.status_code == 409
    assert answer.headers["Retry-After"] == "1"
    assert answer.json()["type"] == "urn:bulian:problem:still-running"


def owner_of(engine: Engine) -> str:
    """The id of the portal's key."""
    with database.snapshot(engine) as session:
        return session.exec(select(Investor.created_by)).one()
