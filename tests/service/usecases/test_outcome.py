"""Signed and landed: capacity, status, severity, the zone's firms, and the next ranking."""

from typing import Any

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from service.usecases.outcome import share_of
from tests.factories import a_gap, an_enterprise, an_investor, register
from tests.service.routers.test_enterprises import PATH, listed
from tests.service.usecases.test_history import events
from tests.service.usecases.test_transitions import hand_in, move


def land(admin: TestClient, lead: str, *, until: str = "landed") -> None:
    for to in ("accepted", "signed", "landed"):
        answer = move(admin, lead, to)
        assert answer.status_code == 200, answer.text
        if to == until:
            return


def gap_of(portal: TestClient, gap: str) -> dict[str, Any]:
    return portal.get(f"/v1/gaps/{gap}").json()


def test_each_landing_takes_its_share_until_the_gap_is_filled(
    partner: TestClient, admin: TestClient, portal: TestClient, engine: Engine
) -> None:
    gap = register(portal, "gaps", a_gap(capacity=3, severity=70, evidence="调研"))["id"]
    seen: list[tuple[Any, ...]] = []
    for _ in range(3):
        lead = hand_in(partner, gap_id=gap)
        land(admin, lead, until="signed")
        signed = gap_of(portal, gap)
        seen.append((signed["filled"], signed["status"], signed["severity"]))
        move(admin, lead, "landed")
        landed = gap_of(portal, gap)
        seen.append((landed["filled"], landed["status"], landed["severity"]))
    assert seen == [
        (1, "open", 70), (1, "open", 47),
        (2, "open", 47), (2, "open", 24),
        (3, "filled", 24), (3, "filled", 0),
    ]  # fmt: skip
    lines = gap_of(portal, gap)["evidence"].splitlines()
    assert lines[0] == "调研"
    assert [line.rpartition(": ")[2] for line in lines[1:]] == [
        "severity 70 → 47", "severity 47 → 24", "severity 24 → 0",
    ]  # fmt: skip
    assert all("环节 ic.photoresist 有企业落地" in line for line in lines[1:])
    told = [event.action for event in events(engine, gap)]
    assert told == ["gap.created", *["gap.signed_for", "gap.strengthened"] * 3]


def test_a_full_gap_takes_no_more(
    partner: TestClient, admin: TestClient, portal: TestClient
) -> None:
    gap = register(portal, "gaps", a_gap())["id"]
    one, other = hand_in(partner, gap_id=gap), hand_in(partner, gap_id=gap)
    for lead in (one, other):
        assert move(admin, lead, "accepted").status_code == 200
    assert move(admin, one, "signed").status_code == 200
    refused = move(admin, other, "signed")
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:bulian:problem:gap-full")
    assert move(admin, one, "released").status_code == 200
    reopened = gap_of(portal, gap)
    assert (reopened["filled"], reopened["status"]) == (0, "open")
    assert move(admin, other, "signed").status_code == 200


def test_a_gap_its_zone_has_closed_stays_closed(
    partner: TestClient, admin: TestClient, portal: TestClient
) -> None:
    gap = register(portal, "gaps", a_gap())["id"]
    lead = hand_in(partner, gap_id=gap)
    move(admin, lead, "accepted")
    portal.delete(f"/v1/gaps/{gap}")
    for to, filled in (("signed", 1), ("released", 0)):
        assert move(admin, lead, to).status_code == 200
        assert (gap_of(portal, gap)["filled"], gap_of(portal, gap)["status"]) == (filled, "closed")


def test_a_landed_lead_changes_the_next_ranking(
    partner: TestClient, admin: TestClient, portal: TestClient
) -> None:
    strong = register(portal, "gaps", a_gap(severity=80, capacity=2))["id"]
    other = register(portal, "gaps", a_gap(severity=50, zone_id="CNHTZ-3201"))["id"]
    near = register(portal, "gaps", a_gap(severity=60, link_id="ic.fab"))["id"]
    away = register(portal, "gaps", a_gap(severity=60, link_id="ic.fab", zone_id="CNHTZ-1101"))[
        "id"
    ]
    unknown = register(portal, "gaps", a_gap(link_id="ic.fab"))["id"]
    investor = register(portal, "investors", an_investor())["id"]
    path = f"/v1/investors/{investor}/matches"

    def ranking() -> dict[str, int]:
        matches = portal.get(path).json()["matches"]
        return {match["gap"]["id"]: match["gap"]["severity"] for match in matches}

    assert (ranking()[strong], ranking()[other]) == (80, 50)
    land(admin, hand_in(partner, gap_id=strong))
    assert (ranking()[strong], ranking()[other]) == (40, 50)
    mended = gap_of(portal, near)
    assert mended["severity"] < 60
    assert f"severity 60 → {mended['severity']}" in mended["evidence"]
    assert (gap_of(portal, away)["severity"], gap_of(portal, unknown)["severity"]) == (60, None)
    assert gap_of(portal, unknown)["evidence"] is None
    land(admin, hand_in(partner, gap_id=strong))
    assert strong not in ranking()


def test_the_firm_becomes_an_enterprise_of_the_zone(
    partner: TestClient, admin: TestClient, portal: TestClient, engine: Engine
) -> None:
    portal.put(PATH, json=[an_enterprise(external_id="E-1")])
    profile = an_investor(is_chain_leader=True, revenue_cny=10**9, employees=9)
    lead = hand_in(partner, investor=profile)
    investor = admin.get(f"/v1/leads/{lead}").json()["investor_id"]
    land(admin, lead)
    land(admin, hand_in(partner, investor_id=investor, link_id="ic.wafer_si"))
    (firm,) = [row for row in listed(portal) if row["has_landed"]]
    assert (firm["name"], firm["external_id"]) == (profile["name"], investor)
    assert firm["link_ids"] == ["ic.photoresist", "ic.wafer_si"]
    assert (firm["origin"], firm["honours"]) == ("foreign", ["chain_leader"])
    assert (firm["revenue_cny"], firm["employees"]) == (None, None)
    assert [event.action for event in events(engine, firm["id"])] == ["enterprise.landed"] * 2
    answer = portal.put(PATH, json=[]).json()
    assert (answer["removed"], answer["landed"], answer["total"]) == (1, 1, 1)
    refused = portal.put(PATH, json=[an_enterprise(external_id=investor)])
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["loc"] == ["body", "items", 0, "external_id"]


def test_without_a_zone_nothing_of_a_zone_changes(
    partner: TestClient, admin: TestClient, portal: TestClient
) -> None:
    gap = register(portal, "gaps", a_gap(severity=70))["id"]
    land(admin, hand_in(partner, zone_id=None))
    assert gap_of(portal, gap)["severity"] == 70
    assert listed(portal) == []


def test_a_lead_for_the_link_strengthens_the_gaps_there(
    partner: TestClient, admin: TestClient, portal: TestClient
) -> None:
    gap = register(portal, "gaps", a_gap(severity=70))["id"]
    land(admin, hand_in(partner))
    after = gap_of(portal, gap)
    assert (after["severity"], after["filled"], after["status"]) == (35, 0, "open")


def test_partners_do_not_learn_how_many_have_signed(
    partner: TestClient, other_partner: TestClient, admin: TestClient, portal: TestClient
) -> None:
    gap = register(portal, "gaps", a_gap(capacity=2))["id"]
    before = other_partner.get(f"/v1/gaps/{gap}").json()
    land(admin, hand_in(partner, gap_id=gap), until="signed")
    after = other_partner.get(f"/v1/gaps/{gap}").json()
    assert before["filled"] is after["filled"] is None
    assert {n for n in after if after[n] != before[n]} == {"version", "updated_at"}


@pytest.mark.parametrize("value", range(101))
def test_a_share_is_rounded_to_the_nearest(value: int) -> None:
    for of in (1, 2, 3, 7):
        for part in range(of + 1):
            assert abs(share_of(value, part, of) - value * part / of) <= 0.5
            assert share_of(value, part, of) <= value
