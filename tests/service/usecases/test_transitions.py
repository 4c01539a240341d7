"""Moving leads: what is open to whom, who holds, what joins the pool."""

from typing import Any

import pytest
from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import Engine
from sqlmodel import Session, select
from starlette.testclient import TestClient

from matching.vocabulary import LeadStatus
from models.company import Holding
from models.lead import TransitionRequest
from service.runtime import Work
from service.security import OPERATOR
from service.usecases import leads, transitions
from tests.factories import a_gap, a_lead, a_person, an_investor, register
from tests.service.usecases.test_history import events

WAYS = (
    ("under_review", "accepted", "accepted", "negotiating", "negotiating", "signed", "landed"),
    ("accepted", "signed", "released"),
    ("returned", "submitted", "under_review", "rejected"),
    ("under_review", "returned", "withdrawn"),
    ("accepted", "negotiating", "expired"),
)


def hand_in(client: TestClient, **fields: Any) -> str:
    return register(client, "leads", a_lead(**fields))["id"]


def move(client: TestClient, lead: str, to: str, **fields: Any) -> Response:
    body = {"to": to, "reason": f"because of {to}", **fields}
    return client.post(f"/v1/leads/{lead}/transitions", json=body)


def holdings(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return [row.lead_id for row in session.exec(select(Holding))]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way[-1])
def test_office_leads_a_lead_to_each_end(
    partner: TestClient, admin: TestClient, engine: Engine, way: tuple[str, ...]
) -> None:
    lead = hand_in(partner)
    for version, to in enumerate(way, 2):
        answer = move(admin, lead, to)
        assert answer.status_code == 200, answer.text
        assert (answer.json()["status"], answer.json()["version"]) == (to, version)
        holds = to in {"accepted", "negotiating", "signed", "landed"}
        assert holdings(engine) == ([lead] if holds else [])
        assert answer.json()["holder_id"] == (lead if holds else None)
    told = events(engine, lead)
    assert [event.action for event in told] == ["lead.submitted", *["lead.moved"] * len(way)]
    assert [event.after["status"] for event in told if event.after] == ["submitted", *way]
    assert "because" not in "".join(event.model_dump_json() for event in told)
    seen = admin.get(f"/v1/leads/{lead}/events?limit=100").json()["items"]
    assert [one["status"] for one in seen] == ["submitted", *way]
    assert [one["reason"] for one in seen] == [None, *(f"because of {to}" for to in way)]


@pytest.mark.parametrize(
    ("before", "to", "allowed"),
    [
        ((), "accepted", {"withdrawn"}),
        (("under_review",), "submitted", {"withdrawn"}),
        (("returned",), "under_review", {"submitted", "withdrawn"}),
        (("accepted",), "signed", {"accepted", "negotiating", "withdrawn"}),
        (("accepted", "signed"), "withdrawn", set[str]()),
        (("rejected",), "submitted", set[str]()),
    ],
)
def test_what_is_not_open_to_a_partner_is_refused_with_what_is(
    partner: TestClient, admin: TestClient, before: tuple[str, ...], to: str, allowed: set[str]
) -> None:
    lead = hand_in(partner)
    for step in before:
        assert move(admin, lead, step).status_code == 200
    answer = move(partner, lead, to)
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:bulian:problem:move-refused"
    assert set(answer.json()["allowed"]) == allowed
    assert all(name in answer.json()["detail"] for name in allowed)


def test_a_partner_reports_sends_in_again_and_withdraws(
    partner: TestClient, admin: TestClient
) -> None:
    lead = hand_in(partner)
    move(admin, lead, "returned", reason="请补充投资计划")
    assert partner.get(f"/v1/leads/{lead}").json()["reason"] == "请补充投资计划"
    assert move(partner, lead, "submitted", reason="已补充").json()["reason"] is None
    move(admin, lead, "accepted", reason="内部：优于其他来源")
    shown = move(partner, lead, "accepted", reason="已见面").json()
    assert shown["protected_until"] is not None
    assert move(partner, lead, "negotiating").status_code == 200
    assert move(partner, lead, "withdrawn", reason="业主放弃").json()["protected_until"] is None
    told = partner.get(f"/v1/leads/{lead}/events").json()["items"]
    assert [(one["by"], one["reason"]) for one in told] == [
        ("partner", None),
        ("administrator", "请补充投资计划"),
        ("partner", "已补充"),
        ("administrator", None),
        ("partner", "已见面"),
        ("partner", "because of negotiating"),
        ("partner", "业主放弃"),
    ]
    assert "内部" not in partner.get(f"/v1/leads/{lead}").text


def test_first_registered_comes_first_whoever_is_asked_for_first(
    partner: TestClient, other_partner: TestClient, admin: TestClient, engine: Engine
) -> None:
    first = hand_in(partner, investor=an_investor(name="示例株式会社"))
    second = hand_in(other_partner, investor=an_investor(name="示 例（株式会社）"))
    refused = move(admin, second, "accepted")
    assert refused.status_code == 409
    assert (refused.json()["type"], refused.json()["lead_id"]) == (
        "urn:bulian:problem:lead-ahead",
        first,
    )
    assert move(admin, first, "returned").status_code == 200
    assert move(admin, second, "accepted").status_code == 409
    assert move(admin, first, "accepted").status_code == 409  # not from returned
    assert move(partner, first, "submitted").status_code == 200
    assert move(admin, first, "accepted").status_code == 200
    held = move(admin, second, "accepted")
    assert (held.json()["type"], held.json()["lead_id"]) == (
        "urn:bulian:problem:place-held",
        first,
    )
    assert holdings(engine) == [first]
    assert move(admin, first, "released").status_code == 200
    assert move(admin, second, "accepted").status_code == 200
    assert holdings(engine) == [second]


@pytest.mark.parametrize(
    "elsewhere", [{"zone_id": None}, {"link_id": "ic.wafer_si"}, {"zone_id": "CNHTZ-1101"}]
)
def test_another_place_is_free(
    partner: TestClient, other_partner: TestClient, admin: TestClient, elsewhere: dict[str, Any]
) -> None:
    investor = an_investor()
    for lead in (
        hand_in(partner, investor=investor),
        hand_in(other_partner, investor=investor, **elsewhere),
    ):
        assert move(admin, lead, "accepted").status_code == 200


def test_a_decided_lead_ahead_stands_in_nobodys_way(
    partner: TestClient, other_partner: TestClient, admin: TestClient
) -> None:
    investor = an_investor()
    first = hand_in(partner, investor=investor)
    second = hand_in(other_partner, investor=investor)
    assert move(partner, first, "withdrawn").status_code == 200
    assert move(admin, second, "accepted").status_code == 200


def test_who_landed_a_company_stays_its_introducer(
    partner: TestClient, other_partner: TestClient, admin: TestClient
) -> None:
    investor = an_investor()
    first = hand_in(partner, investor=investor)
    for to in ("accepted", "signed", "landed"):
        move(admin, first, to)
    second = hand_in(other_partner, investor=investor)
    assert move(admin, second, "accepted").json()["lead_id"] == first


def test_the_investor_joins_the_pool_when_its_lead_is_accepted(
    partner: TestClient, admin: TestClient, portal: TestClient, engine: Engine
) -> None:
    gap = register(portal, "gaps", a_gap())["id"]
    lead = register(partner, "leads", a_lead(investor=an_investor(external_id="CRM-1")))
    path = f"/v1/investors/{lead['investor_id']}"
    assert portal.get(path).status_code == 404
    assert portal.get(f"/v1/gaps/{gap}/matches").json()["matches"] == []
    accepted = move(admin, lead["id"], "accepted").json()
    known = portal.get(path).json()
    assert known["name"] == lead["investor"]["name"]
    assert known["external_id"] is None
    assert lead["investor"]["external_id"] == "CRM-1"
    assert portal.get(f"/v1/gaps/{gap}/matches").json()["eligible"] == 1
    again = register(partner, "leads", a_lead(investor_id=lead["investor_id"], zone_id=None))
    assert move(admin, again["id"], "accepted").status_code == 200
    assert [event.action for event in events(engine, lead["investor_id"])] == ["investor.created"]
    scores = [match["score"] for match in accepted["matches"]]
    assert [m["score"] for m in partner.get(f"/v1/leads/{lead['id']}").json()["matches"]] == scores


def test_nobody_is_accepted_for_a_gap_that_is_not_open(
    partner: TestClient, admin: TestClient, portal: TestClient, engine: Engine
) -> None:
    gap = register(portal, "gaps", a_gap())["id"]
    lead = hand_in(partner, gap_id=gap)
    portal.delete(f"/v1/gaps/{gap}")
    answer = move(admin, lead, "accepted")
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:bulian:problem:gap-not-open"
    assert holdings(engine) == []


@pytest.mark.parametrize(
    ("fields", "loc"),
    [
        ({"at": "2099-01-01T00:00:00Z"}, "at"),
        ({"at": "2020-01-01T00:00:00Z"}, "at"),
        ({"reason": "王小明 came along"}, "reason"),
        ({"reason": "call +86-512"}, "reason"),
    ],
)
def test_moves_that_make_no_sense_are_refused(
    partner: TestClient, admin: TestClient, fields: dict[str, Any], loc: str
) -> None:
    lead = hand_in(partner, **a_person(phone="+86-512"))
    answer = move(admin, lead, "under_review", **fields)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == ["body", loc]
    assert admin.get(f"/v1/leads/{lead}").json()["version"] == 1


def test_a_move_may_have_happened_before_it_is_recorded(
    partner: TestClient, admin: TestClient
) -> None:
    lead = register(partner, "leads", a_lead())
    moves = admin.get(f"/v1/leads/{lead['id']}/events").json()["items"]
    assert move(admin, lead["id"], "under_review", at=moves[0]["at"]).status_code == 200
    (_, second) = admin.get(f"/v1/leads/{lead['id']}/events").json()["items"]
    assert second["at"] == moves[0]["at"] < second["recorded_at"]


def test_strangers_move_nothing(
    partner: TestClient, other_partner: TestClient, admin: TestClient
) -> None:
    lead = hand_in(partner)
    foreign, unknown = move(other_partner, lead, "withdrawn"), move(other_partner, "x", "withdrawn")
    assert foreign.status_code == unknown.status_code == 404
    same = {"instance": "", "request_id": ""}
    assert foreign.json() | same == unknown.json() | same
    assert admin.get(f"/v1/leads/{lead}").json()["status"] == "submitted"


def test_an_investor_that_was_rolled_back_is_nobodys_duplicate(
    app: FastAPI, partner: TestClient, admin: TestClient, engine: Engine
) -> None:
    lead = hand_in(partner, investor=an_investor(name="示例光刻胶有限公司"))
    other = hand_in(partner, investor=an_investor(name="示例光刻胶股份有限公司"), zone_id=None)
    trial = TransitionRequest(to=LeadStatus.ACCEPTED, reason="a trial")
    with Session(engine) as session:
        work = Work(session, OPERATOR, app.state.runtime)
        transitions.transition(work, lead, trial)
        leads.written(work, lead)
        session.rollback()
    told = admin.get(f"/v1/leads/{other}").json()["duplicates"]
    assert [(one["type"], one["id"]) for one in told] == [("lead", lead)]
