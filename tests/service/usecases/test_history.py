"""The event log: one event a change, numbered without gaps, with what was and what is."""

import asyncio
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import Engine
from sqlmodel import Session, col, select
from starlette.testclient import TestClient

from models.event import Event
from models.investor import Investor
from tests.factories import PORTAL, a_gap, a_key, a_zone, an_investor, bearer, register


def events(engine: Engine, subject_id: str | None = None) -> list[Event]:
    """The log, or what it holds of one record."""
    statement = select(Event).order_by(col(Event.number))
    if subject_id is not None:
        statement = statement.where(Event.subject_id == subject_id)
    with Session(engine) as session:
        return list(session.exec(statement))


def test_registering_leaves_the_whole_record(portal: TestClient, engine: Engine) -> None:
    made = register(portal, "investors", an_investor(jobs=10))
    (event,) = events(engine, made["id"])
    assert (event.action, event.subject_type) == ("investor.created", "investor")
    assert event.subject_version == 1
    assert event.before is None
    assert event.after is not None
    assert (event.after["jobs"], event.after["version"]) == (10, 1)
    assert event.actor == event.after["created_by"]
    with Session(engine) as session:
        assert session.get_one(Investor, made["id"]).number == event.number


@pytest.mark.parametrize(
    ("kind", "body", "change"),
    [
        ("investors", an_investor(jobs=1), {"jobs": 2}),
        ("gaps", a_gap(jobs=1), {"jobs": 2}),
        ("zones", a_zone(land_available_ha=1.0), {"land_available_ha": 2.0}),
    ],
    ids=["investors", "gaps", "zones"],
)
def test_changing_leaves_the_changed_fields(
    portal: TestClient, engine: Engine, kind: str, body: dict[str, Any], change: dict[str, Any]
) -> None:
    made = register(portal, kind, body)
    portal.patch(f"/v1/{kind}/{made['id']}", json=change)
    portal.patch(f"/v1/{kind}/{made['id']}", json=change)
    first, second = events(engine, made["id"])
    assert (first.subject_version, second.subject_version) == (1, 2)
    assert second.action == f"{kind.removesuffix('s')}.updated"
    assert second.after == change
    assert second.before == {name: body[name] for name in change}


def test_closing_is_told_once(portal: TestClient, engine: Engine) -> None:
    investor = register(portal, "investors", an_investor())["id"]
    gap = register(portal, "gaps", a_gap())["id"]
    for _ in range(2):
        portal.delete(f"/v1/investors/{investor}")
        portal.delete(f"/v1/gaps/{gap}")
    for subject, kind in ((investor, "investor"), (gap, "gap")):
        told = events(engine, subject)
        assert [event.action for event in told] == [f"{kind}.created", f"{kind}.closed"]
    assert events(engine, gap)[-1].after == {"status": "closed"}


def test_what_is_done_to_keys_is_told_without_secrets(admin: TestClient, engine: Engine) -> None:
    made = admin.post("/v1/admin/keys", json=a_key()).json()
    rotated = admin.post(f"/v1/admin/keys/{made['id']}/rotate").json()
    assert admin.get("/v1/gaps", headers=bearer(made["secret"])).status_code == 200
    for _ in range(2):
        admin.delete(f"/v1/admin/keys/{made['id']}")
    told = events(engine, made["id"])
    assert [event.action for event in told] == ["key.created", "key.rotated", "key.revoked"]
    assert [event.subject_version for event in told] == [1, 2, 3]
    written = "".join(event.model_dump_json() for event in told)
    assert made["secret"] not in written
    assert rotated["secret"] not in written
    assert "digest" not in written


def test_refused_calls_leave_nothing(portal: TestClient, engine: Engine) -> None:
    before = len(events(engine))
    portal.post("/v1/gaps", json=a_gap(zone_id="CNHTZ-9999"))
    portal.patch("/v1/investors/none", json={"jobs": 1})
    portal.patch("/v1/zones/CNHTZ-3205", json={"land_available_ha": 1})
    assert len(events(engine)) == before


def test_numbers_have_no_gaps_whatever_happens_at_once(app: FastAPI, engine: Engine) -> None:
    async def send_all() -> list[int]:
        async with httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app),
            base_url="http://test",
            headers=bearer(PORTAL),
            timeout=60,
        ) as client:
            calls = [client.post("/v1/investors", json=an_investor()) for _ in range(20)]
            calls += [client.post("/v1/gaps", json=a_gap(zone_id="none")) for _ in range(10)]
            calls += [client.post("/v1/gaps", json=a_gap()) for _ in range(20)]
            return [answer.status_code for answer in await asyncio.gather(*calls)]

    statuses = asyncio.run(send_all())
    assert sorted(statuses) == [201] * 40 + [422] * 10
    log = events(engine)
    assert [event.number for event in log] == list(range(1, len(log) + 1))
    assert len({event.id for event in log}) == len(log)
