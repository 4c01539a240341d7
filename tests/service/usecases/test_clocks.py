"""The clocks of leads in the database: told once, ended in time, whoever looks first."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import Engine
from sqlmodel import Session
from starlette.testclient import TestClient

from models.lead import Lead
from service import clock, database
from service.leads.templates import lead_rules
from service.usecases import clocks
from tests.factories import a_key, a_lead, a_partner, an_investor, bearer, register
from tests.service.usecases.test_history import events
from tests.service.usecases.test_transitions import hand_in, holdings, move

START = datetime(2026, 3, 2, 2, tzinfo=UTC)
"""A Monday, 10:00 in China."""

Travel = Callable[[float], datetime]


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Travel:
    """Goes to so many days after the start; its moment is the service's present."""
    present = [START]
    monkeypatch.setattr(clock, "now", lambda: present[0])

    def go(days: float) -> datetime:
        present[0] = START + timedelta(days=days)
        return present[0]

    return go


def sweep(engine: Engine, now: datetime) -> int:
    with database.transaction(engine) as session:
        return clocks.run_due(session, now)


def actions(engine: Engine, lead: str) -> list[str]:
    return [event.action for event in events(engine, lead)]


def test_reminders_are_told_once(partner: TestClient, engine: Engine, travel: Travel) -> None:
    lead = hand_in(partner)
    assert sweep(engine, travel(0.1)) == 0
    for days in (1, 1, 1.3, 2, 2, 40):
        sweep(engine, travel(days))
    told = events(engine, lead)
    assert [event.action for event in told] == ["lead.submitted", "lead.reminded", "lead.reminded"]
    names = told[-1].after["told"] if told[-1].after else []
    assert isinstance(names, list)
    assert [str(name).rpartition(".")[0] for name in names] == ["answer.reminder", "answer.overdue"]
    assert {event.actor for event in told[1:]} == {"system"}
    assert sweep(engine, travel(400)) == 0


def test_a_lead_not_completed_expires_and_lets_the_next_come_first(
    partner: TestClient, other_partner: TestClient, admin: TestClient, engine: Engine,
    travel: Travel,
) -> None:  # fmt: skip
    first = hand_in(partner, investor=an_investor(name="示例株式会社"))
    second = hand_in(other_partner, investor=an_investor(name="示例株式会社"))
    travel(1)
    move(admin, first, "returned")
    travel(20)
    assert move(admin, second, "accepted").status_code == 409
    travel(60)
    assert move(admin, second, "accepted").status_code == 200
    assert admin.get(f"/v1/leads/{first}").json()["status"] == "expired"
    assert actions(engine, first)[-1] == "lead.moved"
    last = admin.get(f"/v1/leads/{first}/events").json()["items"][-1]
    assert (last["by"], last["key_id"]) == ("system", "system")
    assert "三十日内补充" in last["reason"]
    assert last["at"] < last["recorded_at"]
    seen = partner.get(f"/v1/leads/{first}/events").json()["items"][-1]
    assert (seen["by"], seen["reason"]) == ("system", None)


def test_a_late_sweep_does_not_change_who_holds(
    partner: TestClient, other_partner: TestClient, admin: TestClient, engine: Engine,
    travel: Travel,
) -> None:  # fmt: skip
    first = hand_in(partner, investor=an_investor(name="示例株式会社"))
    move(admin, first, "accepted")
    second = hand_in(other_partner, investor=an_investor(name="示例株式会社"))
    travel(120)
    assert holdings(engine) == [first]
    refused = move(partner, first, "accepted", reason="still at it")
    assert refused.status_code == 409
    assert refused.json()["allowed"] == []
    assert move(admin, second, "accepted").status_code == 200
    assert holdings(engine) == [second]
    sweep(engine, travel(121))
    assert holdings(engine) == [second]
    assert admin.get(f"/v1/leads/{first}").json()["status"] == "released"
    assert admin.get(f"/v1/leads/{second}").json()["status"] == "accepted"


def test_ones_own_lead_that_ran_out_is_not_in_the_way(
    partner: TestClient, admin: TestClient, travel: Travel
) -> None:
    body = a_lead()
    first = register(partner, "leads", body)["id"]
    move(admin, first, "accepted")
    travel(120)
    assert partner.post("/v1/leads", json=body).status_code == 201
    assert admin.get(f"/v1/leads/{first}").json()["status"] == "released"


def test_progress_extends_the_protection(
    partner: TestClient, admin: TestClient, engine: Engine, travel: Travel
) -> None:
    lead = hand_in(partner)
    before = move(admin, lead, "accepted").json()["protected_until"]
    travel(60)
    after = move(partner, lead, "negotiating").json()["protected_until"]
    assert after > before
    sweep(engine, travel(100))
    assert holdings(engine) == [lead]
    sweep(engine, travel(170))
    assert holdings(engine) == []
    assert move(admin, lead, "signed").status_code == 409


@pytest.mark.parametrize("rules", sorted(lead_rules()))
def test_a_partners_template_runs_in_the_database_as_it_does_on_paper(
    admin: TestClient, client: TestClient, engine: Engine, travel: Travel, rules: str
) -> None:
    made = register(admin, "admin/partners", a_partner(lead_rules=rules))["id"]
    key = register(admin, "admin/keys", a_key(scope="partner", partner_id=made))
    client.headers.update(bearer(key["secret"]))
    lead = hand_in(client)
    admin.patch(f"/v1/admin/partners/{made}", json={"lead_rules": None})
    move(admin, lead, "accepted")
    held = admin.get(f"/v1/leads/{lead}").json()["protected_until"]
    for days in range(1, 1200):
        now = START + timedelta(days=days)
        with Session(engine) as session:
            due_at = session.get_one(Lead, lead).due_at
        if due_at is not None and due_at <= now:
            sweep(engine, travel(days))
    shown = admin.get(f"/v1/leads/{lead}").json()
    assert shown["status"] in {"released", "expired"}
    last = admin.get(f"/v1/leads/{lead}/events").json()["items"][-1]
    assert last["at"] == held
    assert holdings(engine) == []
    assert len(set(actions(engine, lead))) == 3


@pytest.mark.parametrize("rules", ["unheard-of", "standard"])
def test_a_template_there_is_not_is_refused(admin: TestClient, rules: str) -> None:
    answer = admin.post("/v1/admin/partners", json=a_partner(lead_rules=rules))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == ["body", "lead_rules"]
    assert "jiangmen-2024" in answer.json()["detail"]


def test_sweeps_at_once_tell_everything_once(
    partner: TestClient, admin: TestClient, engine: Engine, travel: Travel
) -> None:
    leads = [hand_in(partner) for _ in range(6)]
    for lead in leads[:3]:
        move(admin, lead, "accepted")
    now = travel(400)
    threads = [Thread(target=sweep, args=(engine, now)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for lead in leads:
        moved = lead in leads[:3]
        expected = ["lead.submitted", "lead.moved", "lead.moved"] if moved else None
        assert actions(engine, lead) == (expected or ["lead.submitted", "lead.reminded"])
    assert sweep(engine, now) == 0
