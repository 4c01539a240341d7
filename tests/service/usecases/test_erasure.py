"""Persons named in leads: seen by those they are for, found nowhere else, erased for good."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine
from sqlmodel import Session, col, select
from starlette.testclient import TestClient

from models.contact import Consent, Contact
from models.event import Event
from models.lead import Lead
from service import clock, database
from service.usecases import erasure
from service.usecases.contacts import KEPT
from tests.factories import a_gap, a_lead, a_person, register
from tests.service.usecases.test_history import events
from tests.service.usecases.test_transitions import hand_in, move

WORDS = ("王小明", "0512-7788", "wang@resist.example", "洽谈落地")
PERSON = a_person(role="总经理", phone=WORDS[1], email=WORDS[2])


def test_all_that_is_held_is_shown_to_the_owner_and_administrators(
    partner: TestClient, other_partner: TestClient, admin: TestClient
) -> None:
    lead = register(partner, "leads", a_lead(**PERSON))
    path = f"/v1/leads/{lead['id']}/contacts"
    held = partner.get(path).json()
    assert admin.get(path).json() == held
    (person,) = held["contacts"]
    assert [person[name] for name in ("name", "role", "phone", "email")] == [
        "王小明", "总经理", *WORDS[1:3],
    ]  # fmt: skip
    consent = held["consent"]
    assert (consent["given_by"], consent["purpose"]) == ("王小明", "洽谈落地")
    assert consent["given_at"] < lead["created_at"] < consent["retain_until"]
    assert (lead["contacts"], lead["consent"]) == (held["contacts"], consent)
    assert "王小明" not in partner.get("/v1/leads").text + admin.get("/v1/leads").text
    assert other_partner.get(path).status_code == 404
    assert other_partner.delete(path).status_code == 404


def test_erasure_leaves_the_lead(partner: TestClient, admin: TestClient, engine: Engine) -> None:
    headers = {"Idempotency-Key": "one"}
    body = a_lead(**PERSON)
    lead = partner.post("/v1/leads", json=body, headers=headers).json()
    move(admin, lead["id"], "under_review")
    before = partner.get(f"/v1/leads/{lead['id']}").json()
    path = f"/v1/leads/{lead['id']}/contacts"
    assert partner.delete(path, headers={"If-Match": '"1-x"'}).status_code == 412
    for _ in range(2):
        assert partner.delete(path).status_code == 204
    after = partner.get(f"/v1/leads/{lead['id']}").json()
    gone: dict[str, Any] = {"contacts": [], "consent": None}
    changed = {"version", "updated_at", "contacts_erased_at"}
    assert after.items() >= gone.items()
    assert {n for n in after if after[n] != before[n]} == {*gone, *changed}
    held = admin.get(path).json()
    assert held == {
        "lead_id": lead["id"], **gone, "contacts_erased_at": after["contacts_erased_at"],
    }  # fmt: skip
    assert [event.action for event in events(engine, lead["id"])][-1] == "lead.contacts_erased"
    assert len(events(engine, lead["id"])) == 3
    replay = partner.post("/v1/leads", json=body, headers=headers)
    assert replay.headers["Idempotency-Replayed"] == "true"
    assert replay.json()["contacts"] == []
    assert not any(word in replay.text for word in WORDS)
    with Session(engine) as session:
        assert session.exec(select(Contact)).all() == []
        assert session.exec(select(Consent)).all() == []


def test_persons_are_in_no_log_event_ranking_or_receipt(
    partner: TestClient, admin: TestClient, portal: TestClient, app: FastAPI, engine: Engine,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    gap = register(portal, "gaps", a_gap())["id"]
    lead = register(partner, "leads", a_lead(**PERSON))
    for to in ("returned", "under_review", "accepted", "negotiating"):
        move(admin, lead["id"], to)
    told = portal.get(f"/v1/investors/{lead['investor_id']}").text
    told += portal.get(f"/v1/investors/{lead['investor_id']}/matches/{gap}").text
    told += portal.get(f"/v1/gaps/{gap}/matches").text
    told += partner.get(f"/v1/leads/{lead['id']}/events").text
    refused = partner.post("/v1/leads", json=a_lead(consent=PERSON["consent"], contacts=[{}]))
    assert refused.status_code == 422
    with Session(engine) as session:
        told += "".join(row.model_dump_json() for row in session.exec(select(Event)))
    logged = capfd.readouterr()
    told += refused.text + logged.out + logged.err
    assert not [word for word in WORDS if word in told]
    statistics = app.state.runtime.cache.statistics()
    assert statistics.process.entries > 0


@pytest.mark.parametrize("days", [0, -1])
def test_what_was_kept_as_long_as_agreed_is_erased(
    partner: TestClient, engine: Engine, days: int
) -> None:
    leads = [hand_in(partner, **PERSON) for _ in range(3)]
    hand_in(partner)
    now = clock.now() + KEPT + timedelta(days=days)
    with database.transaction(engine) as session:
        late = session.get_one(Consent, leads[2])
        late.retain_until += timedelta(days=30)
    with database.transaction(engine) as session:
        assert erasure.run_retention(session, now, most=1) == (1 if days == 0 else 0)
    with database.transaction(engine) as session:
        erasure.run_retention(session, now)
        assert erasure.run_retention(session, now) == 0
    with Session(engine) as session:
        left = session.exec(select(Contact.lead_id).order_by(col(Contact.id))).all()
        rows = {row.id: row.contacts_erased_at for row in session.exec(select(Lead))}
    assert left == (leads[2:] if days == 0 else leads)
    assert [rows[lead] is None for lead in leads] == [days < 0, days < 0, True]
    told = [event for event in events(engine) if event.action == "lead.contacts_erased"]
    assert {event.actor for event in told} == ({"system"} if days == 0 else set())


def test_consent_without_persons_is_kept_and_erased_like_theirs(partner: TestClient) -> None:
    lead = hand_in(partner, consent=PERSON["consent"])
    path = f"/v1/leads/{lead}/contacts"
    assert partner.get(path).json()["consent"]["given_by"] == "王小明"
    partner.delete(path)
    assert partner.get(path).json()["consent"] is None
    other = hand_in(partner)
    assert partner.delete(f"/v1/leads/{other}/contacts").status_code == 204
    assert partner.get(f"/v1/leads/{other}").json()["contacts_erased_at"] is None


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_nothing_of_a_person_is_left_in_the_file(partner: TestClient, engine: Engine) -> None:
    lead = hand_in(partner, **PERSON)
    path = Path(str(engine.url.database))
    assert WORDS[1].encode() in settled(path)
    partner.delete(f"/v1/leads/{lead}/contacts")
    assert WORDS[1].encode() not in settled(path)


def settled(path: Path) -> bytes:
    """The file with all that was committed, after the journal was brought to nothing."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    return path.read_bytes() + path.with_name(f"{path.name}-wal").read_bytes()
