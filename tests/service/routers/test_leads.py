"""`/v1/leads`: handing in a lead, and what its partner and administrators read of it."""

from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select
from starlette.testclient import TestClient

from models.company import Company, CompanyJoin
from models.event import Event
from models.lead import Lead
from tests.factories import a_gap, a_lead, a_partner, a_person, an_investor, bearer, register
from tests.service.routers.test_partners import key_of
from tests.service.usecases.test_history import events


def post(client: TestClient, **fields: Any) -> dict[str, Any]:
    return register(client, "leads", a_lead(**fields))


def test_answer_says_by_when_where_and_what_fits(partner: TestClient, portal: TestClient) -> None:
    gaps = [register(portal, "gaps", a_gap(severity=10 * n))["id"] for n in range(4)]
    register(portal, "gaps", a_gap(link_id="ic.wafer_si"))
    answer = partner.post("/v1/leads", json=a_lead(note="一\n二"))
    lead = answer.json()
    assert answer.status_code == 201
    assert lead["id"].startswith("lead_")
    assert answer.headers["Location"] == f"/v1/leads/{lead['id']}"
    assert (lead["status"], lead["note"], lead["protected_until"]) == ("submitted", "一\n二", None)
    assert [clock["step"] for clock in lead["clocks"]] == ["answer"]
    assert lead["clocks"][0]["due_at"] > lead["created_at"]
    assert lead["placement"][0]["link_id"] == "ic.photoresist"
    matches = lead["matches"]
    assert [match["gap"]["id"] for match in matches] == gaps[:0:-1]
    investor = register(portal, "investors", a_lead()["investor"])
    ranking = portal.get(f"/v1/investors/{investor['id']}/matches?limit=3").json()["matches"]
    for mine, theirs in zip(matches, ranking, strict=True):
        assert mine.keys() == theirs.keys()
        assert {**mine, "receipt": ""} == {**theirs, "receipt": ""}
    read = partner.get(answer.headers["Location"])
    assert read.json() == lead
    assert read.headers["ETag"] == answer.headers["ETag"]


def test_a_lead_is_for_a_gap_a_link_in_a_zone_or_a_link_anywhere(
    partner: TestClient, portal: TestClient
) -> None:
    gap = register(portal, "gaps", a_gap())["id"]
    rows: list[tuple[dict[str, Any], str | None, str | None]] = [
        ({"gap_id": gap}, gap, "CNHTZ-3205"),
        ({}, None, "CNHTZ-3205"),
        ({"zone_id": None}, None, None),
    ]
    for fields, gap_id, zone_id in rows:
        lead = post(partner, **fields)
        assert (lead["gap_id"], lead["zone_id"]) == (gap_id, zone_id)
        assert (lead["chain_id"], lead["link_id"]) == ("ic", "ic.photoresist")


def test_another_lead_of_the_same_investor(partner: TestClient, other_partner: TestClient) -> None:
    first = post(partner)
    second = post(partner, investor_id=first["investor_id"], zone_id=None)
    assert second["investor_id"] == first["investor_id"]
    assert second["investor"] == first["investor"]
    body = a_lead(investor_id=first["investor_id"])
    foreign = other_partner.post("/v1/leads", json=body)
    unknown = other_partner.post("/v1/leads", json=a_lead(investor_id="inv_none"))
    assert foreign.status_code == unknown.status_code == 404
    assert {**foreign.json(), "request_id": ""} == {**unknown.json(), "request_id": ""}


@pytest.mark.parametrize(
    ("fields", "status", "loc"),
    [
        ({"link_id": "ic.none"}, 422, ["body", "link_id"]),
        ({"zone_id": "CNHTZ-9999"}, 422, ["body", "zone_id"]),
        ({"gap_id": "gap_none"}, 404, None),
        ({"investor": an_investor(industry_codes=[{"scheme": "gb4754", "code": "9Z99"}])}, 422,
         ["body", "investor", "industry_codes", 0, "code"]),
        ({"consent": {"given_by": "A", "given_at": "2099-01-01T00:00:00Z", "purpose": "x"}}, 422,
         ["body", "consent", "given_at"]),
        ({"contacts": [{"name": "A"}]}, 422, ["body", "consent"]),
        ({"note": "请联系王小明", **a_person()}, 422, ["body", "note"]),
        ({"note": "CALL 0512-1", **a_person(phone="0512-1")}, 422, ["body", "note"]),
        ({"note": "mail A@x.org", **a_person(email="a@x.org")}, 422, ["body", "note"]),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(
    partner: TestClient, engine: Engine, fields: dict[str, Any], status: int, loc: list[Any]
) -> None:
    before = len(events(engine))
    answer = partner.post("/v1/leads", json=a_lead(**fields))
    assert answer.status_code == status, answer.text
    if loc:
        assert [error["loc"] for error in answer.json()["errors"]] == [loc]
    assert len(events(engine)) == before


@pytest.mark.parametrize("note", ["Wangjing district", "小明王", "the board decides"])
def test_a_note_that_names_nobody_is_taken(partner: TestClient, note: str) -> None:
    lead = post(partner, note=note, **a_person())
    assert lead["note"] == note
    assert post(partner, note=note, **a_person(role="CEO", phone="1", email=None))


@pytest.mark.parametrize("status", ["closed", "filled"])
def test_a_gap_that_is_not_open_is_not_there(
    partner: TestClient, portal: TestClient, status: str
) -> None:
    gap = register(portal, "gaps", a_gap())["id"]
    portal.patch(f"/v1/gaps/{gap}", json={"status": status})
    answer = partner.post("/v1/leads", json=a_lead(gap_id=gap))
    unknown = partner.post("/v1/leads", json=a_lead(gap_id="gap_none"))
    assert answer.status_code == 404
    assert {**answer.json(), "request_id": ""} == {**unknown.json(), "request_id": ""}


def test_leads_stay_within_the_territories(
    admin: TestClient, client: TestClient, portal: TestClient
) -> None:
    made = register(admin, "admin/partners", a_partner(territories=["31"]))
    client.headers.update(bearer(key_of(admin, made["id"])))
    gap = register(portal, "gaps", a_gap())["id"]
    for fields, loc in (({}, "zone_id"), ({"gap_id": gap}, "gap_id")):
        answer = client.post("/v1/leads", json=a_lead(**fields))
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["loc"] == ["body", loc]
    assert post(client, zone_id=None)["zone_id"] is None
    admin.patch(f"/v1/admin/partners/{made['id']}", json={"territories": ["31", "32"]})
    assert post(client)["zone_id"] == "CNHTZ-3205"


@pytest.mark.parametrize(
    "name", ["示例株式会社", "示 例株式会社", "示\u200b例株式会社", "示例股份有限公司"]
)
def test_the_same_partner_twice_is_led_to_its_own_lead(
    partner: TestClient, other_partner: TestClient, name: str
) -> None:
    first = post(partner, investor=an_investor(name="示例株式会社"))
    body = a_lead(investor=an_investor(name=name))
    again = partner.post("/v1/leads", json=body)
    assert again.status_code == 409
    assert again.json()["type"] == "urn:bulian:problem:lead-exists"
    assert again.json()["lead_id"] == first["id"]
    assert partner.post("/v1/leads", json={**body, "zone_id": None}).status_code == 201
    assert partner.post("/v1/leads", json={**body, "link_id": "ic.wafer_si"}).status_code == 201
    assert other_partner.post("/v1/leads", json=body).status_code == 201


def test_what_others_say_of_a_company_decides_nothing_for_me(
    partner: TestClient, other_partner: TestClient
) -> None:
    post(partner, investor=an_investor(name="甲示例公司"))
    post(other_partner, investor=an_investor(name="甲示例公司", aliases=["乙样本公司"]))
    body = a_lead(investor=an_investor(name="乙样本公司"))
    assert partner.post("/v1/leads", json=body).status_code == 201


def test_companies_are_found_and_joined_with_the_reason(
    partner: TestClient, other_partner: TestClient, admin: TestClient, engine: Engine
) -> None:
    uscc = "91320594MA1TEXT010"
    one = post(partner, investor=an_investor(name="示例株式会社"))
    two = post(other_partner, investor=an_investor(name="示例（株式会社）", uscc=uscc))
    three = post(partner, investor=an_investor(name="Renamed", uscc=uscc), zone_id=None)
    odd = an_investor(name="示例株式会社", uscc="91320594MA1TEXT029")
    other = post(other_partner, investor=odd, zone_id=None)
    shown = [admin.get(f"/v1/leads/{lead['id']}").json() for lead in (one, two, three, other)]
    assert [lead["company_id"] == shown[0]["company_id"] for lead in shown] == [
        True, True, True, False,
    ]  # fmt: skip
    told = {
        found["id"]: (found["type"], found["relation"], [r["key"] for r in found["reasons"]])
        for found in shown[2]["duplicates"]
    }
    assert told == {
        one["id"]: ("lead", "same", ["joined"]),
        two["id"]: ("lead", "same", ["same_uscc"]),
    }
    with Session(engine) as session:
        joins = session.exec(select(CompanyJoin)).all()
        assert [[r["key"] for r in join.reasons] for join in joins] == [
            ["same_core", "same_trade"],
            ["same_uscc"],
        ]
        assert {join.actor for join in joins} == {"system"}
        assert len(session.exec(select(Company)).all()) == 4


def test_duplicates_of_the_pool_are_for_administrators(
    partner: TestClient, admin: TestClient, portal: TestClient
) -> None:
    named = {"names": [{"lang": "en", "name": "Example Resist"}]}
    known = register(portal, "investors", an_investor(**named))["id"]
    closed = register(portal, "investors", an_investor(**named))["id"]
    portal.delete(f"/v1/investors/{closed}")
    lead = post(partner, investor=an_investor(name="EXAMPLE RESIST GmbH"))
    hidden = {"company_id", "holder_id", "duplicates"}
    whole = admin.get(f"/v1/leads/{lead['id']}").json()
    assert {name: whole[name] for name in lead} == lead
    assert set(whole) - set(lead) == hidden
    assert [(d["type"], d["id"]) for d in whole["duplicates"]] == [("investor", known)]
    assert known not in partner.get(f"/v1/leads/{lead['id']}").text
    assert not hidden & set(admin.get("/v1/leads").json()["items"][0])


def test_nothing_of_a_person_or_note_is_in_the_log(partner: TestClient, engine: Engine) -> None:
    lead = post(partner, note="机密备注", **a_person(phone="0512-77", email="wang@x.org"))
    with Session(engine) as session:
        told = "".join(row.model_dump_json() for row in session.exec(select(Event)))
        stored = session.get_one(Lead, lead["id"]).model_dump_json()
    for word in ("机密备注", "0512-77", "wang@x.org", "王小明", "洽谈落地"):
        assert word not in told
    assert "王小明" not in stored
    (event,) = events(engine, lead["id"])
    assert (event.action, event.subject_type) == ("lead.submitted", "lead")


def test_lists_are_of_ones_own_and_go_on_where_they_ended(
    partner: TestClient, other_partner: TestClient, admin: TestClient
) -> None:
    mine = [post(partner, zone_id=None)["id"] for _ in range(3)]
    theirs = post(other_partner)["id"]
    assert sorted(ids(partner, "limit=2")) == sorted(mine)
    assert ids(other_partner, "limit=2") == [theirs]
    assert sorted(ids(admin, "limit=3")) == sorted([*mine, theirs])
    assert ids(admin, "partner_id=ptn_others") == [theirs]
    assert ids(partner, "partner_id=ptn_others") == []
    assert ids(admin, "zone_id=CNHTZ-3205&link_id=ic.photoresist&chain_id=ic") == [theirs]
    assert ids(admin, "status=accepted") == []


def ids(client: TestClient, query: str) -> list[str]:
    found: list[str] = []
    cursor = ""
    while True:
        page = client.get(f"/v1/leads?{query}{cursor}").json()
        found += [one["id"] for one in page["items"]]
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"


def test_moves_are_told_page_by_page(partner: TestClient, admin: TestClient) -> None:
    lead = post(partner)
    path = f"/v1/leads/{lead['id']}/events"
    (move,) = partner.get(path).json()["items"]
    assert (move["status"], move["by"], move["reason"]) == ("submitted", "partner", None)
    (seen,) = admin.get(path).json()["items"]
    assert set(seen) - set(move) == {"key_id", "recorded_at"}
