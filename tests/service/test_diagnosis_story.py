"""From a zone's firms to its gaps and back: the story of a separator maker, over HTTP."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.factories import ADMIN, OTHER_PORTAL, PARTNER, a_gap, a_lead, register
from tests.service.battery import (
    BATTERY,
    CELLS,
    ELECTROLYTE,
    FIRMS,
    PATH,
    SEPARATOR,
    SEPARATOR_MAKER,
    ZONE,
    as_key,
    computed,
    diagnosed,
    link_of,
    outcome,
    send,
)


def test_a_zone_is_diagnosed_with_evidence(office: TestClient) -> None:
    found = diagnosed(office)
    assert found["provenance"] == "derived"
    assert (found["policy_id"], found["links_edition"]) != ("", "")
    firms = found["firms"]
    assert (firms["total"], firms["placed"], firms["compared_by"]) == (6, 5, "employees")
    assert [(firm["external_id"], bool(firm["why"]["zh"])) for firm in firms["unplaced"]] == [
        ("B-6", True)
    ]
    (chain,) = found["chains"]
    assert (chain["chain_id"], chain["leads"], chain["firms"]) == ("battery", True, 5)
    assert chain["location_quotient"] > 10
    cells, missing, weak = (link_of(office, link) for link in (CELLS, SEPARATOR, ELECTROLYTE))
    assert [link["status"] for link in (cells, missing, weak)] == ["strong", "missing", "weak"]
    assert [firm["external_id"] for firm in cells["firms"]] == ["B-1", "B-2"]
    assert cells["firms"][0]["size"] == "large"
    weighed = sum(part["weight"] * part["value"] for part in cells["parts"]) / 1000
    assert abs(weighed - cells["strength"]) <= 2
    assert (missing["gap"]["type"], missing["gap"]["kind"]) == ("fill", "missing")
    assert "动力电芯" in missing["gap"]["reasons"][0]["zh"]
    assert (weak["gap"]["type"], weak["gap"]["kind"]) == ("strengthen", "weak")
    assert (missing["strength"], missing["parts"], missing["confidence_band"]) == (0, [], "medium")
    order = [link["gap"]["priority"] for link in found["links"] if link["gap"]]
    assert order == sorted(order, reverse=True)


def test_a_zone_without_a_list_is_unknown_not_zero(embedded: TestClient) -> None:
    found = diagnosed(embedded)
    assert "尚未提交企业名录" in found["reading"]["zh"]
    assert {link["status"] for link in found["links"]} == {None}
    assert {link["strength"] for link in found["links"]} == {None}
    assert found["chains"][0]["leads"] is None
    assert found["services_and_kinds"]["high_end_services"] is None
    assert computed(embedded)["items"] == []
    everything = embedded.get(f"{PATH}/diagnosis").json()
    assert {c["declared"] for c in everything["chains"]} <= {True}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/zones/CNHTZ-9999/diagnosis", 404),
        (f"{PATH}/diagnosis?chain_id=none", 404),
        (f"{PATH}/timeline?chain_id=none", 404),
        (f"{PATH}/timeline?link_id=ic.none", 404),
        ("/v1/zones/CNHTZ-9999/timeline", 404),
        (f"{PATH}/timeline?cursor=x", 422),
        (f"{PATH}/timeline?link_id=%00", 422),
    ],
)
def test_what_there_is_not_cannot_be_diagnosed(
    embedded: TestClient, path: str, status: int
) -> None:
    answer = embedded.get(path)
    assert (answer.status_code, answer.json()["status"]) == (status, status)


def test_the_same_call_again_changes_nothing(office: TestClient) -> None:
    first = computed(office)
    assert first["registered"] > 3
    status, gap_id = outcome(first, SEPARATOR)
    assert status == "registered"
    gap = office.get(f"/v1/gaps/{gap_id}").json()
    assert (gap["kind"], gap["is_computed"], gap["title_zh"]) == ("missing", True, "补链：隔膜")
    assert gap["severity"] == link_of(office, SEPARATOR)["gap"]["priority"]
    assert link_of(office, SEPARATOR)["gaps"][0]["agrees"]
    before = office.get("/v1/gaps", params={"zone_id": ZONE, "limit": 100}).json()
    again = computed(office)
    assert (again["registered"], again["refreshed"], again["closed"]) == (0, 0, 0)
    assert again["unchanged"] == first["registered"]
    assert office.get("/v1/gaps", params={"zone_id": ZONE, "limit": 100}).json() == before


def test_what_is_no_longer_computed_is_closed_unless_somebody_edited_it(
    office: TestClient,
) -> None:
    first = computed(office)
    foil, case = (str(outcome(first, f"battery.{name}")[1]) for name in ("foil", "case"))
    office.patch(f"/v1/gaps/{foil}", json={"severity": 90})
    office.delete(f"/v1/gaps/{case}")
    stronger = [
        {"external_id": f"N-{n}", "name": f"示例{link}", "link_ids": [link], "employees": 2000,
         "honours": ["chain_leader"]}
        for n, link in enumerate((SEPARATOR, "battery.foil"))
    ]  # fmt: skip
    send(office, [*FIRMS, *stronger])
    second = computed(office)
    assert outcome(second, SEPARATOR) == ("closed", outcome(first, SEPARATOR)[1])
    assert outcome(second, "battery.foil") == ("kept", foil)
    assert outcome(second, "battery.case") == ("not_registered", None)
    assert second["refreshed"] > 0
    send(office, FIRMS)
    third = computed(office)
    assert outcome(third, SEPARATOR)[0] == "registered"
    assert outcome(third, "battery.foil") == ("kept", foil)


def test_declared_gaps_and_those_of_others_stay(office: TestClient) -> None:
    other = as_key(office, OTHER_PORTAL)
    declared = register(other, "gaps", a_gap(link_id=SEPARATOR))["id"]
    first = computed(office)
    assert outcome(first, SEPARATOR) == ("kept", declared)
    assert outcome(first, "battery.li") == ("not_registered", None)
    send(office, FIRMS[:4])
    told = computed(other)
    assert (told["refreshed"], told["closed"]) == (0, 0)
    assert "kept" in {item["outcome"] for item in told["items"]}
    assert computed(office)["closed"] > 0


def test_a_landed_lead_changes_strength_gap_and_ranking(office: TestClient) -> None:
    admin, partner = as_key(office, ADMIN), as_key(office, PARTNER)
    gap = str(outcome(computed(office), SEPARATOR)[1])
    maker = register(office, "investors", SEPARATOR_MAKER)["id"]
    ranking = office.get(f"/v1/investors/{maker}/matches").json()["matches"]
    assert ranking[0]["gap"]["id"] == gap
    body = a_lead(gap_id=gap, investor={**SEPARATOR_MAKER, "name": "Example Separator KK"})
    lead = register(partner, "leads", body)["id"]
    for to in ("under_review", "accepted", "negotiating", "signed", "landed"):
        moved = admin.post(f"/v1/leads/{lead}/transitions", json={"to": to, "reason": "步骤"})
        assert moved.status_code == 200, moved.text
    after = link_of(office, SEPARATOR)
    assert after["status"] != "missing"
    assert after["strength"] > 0
    assert [firm["has_landed"] for firm in after["firms"]] == [True]
    assert link_of(office, CELLS)["strength"] > 0
    assert office.get(f"/v1/gaps/{gap}").json()["status"] == "filled"
    left = office.get(f"/v1/investors/{maker}/matches").json()["matches"]
    assert gap not in {match["gap"]["id"] for match in left}
    assert outcome(computed(office), SEPARATOR) == ("kept", gap)
    told = admin.get(f"{PATH}/timeline", params={"link_id": SEPARATOR, "limit": 100}).json()
    landed = next(x for x in told["items"] if x["action"] == "enterprise.landed")
    (moved_link,) = landed["links"]
    assert (moved_link["status_before"], moved_link["strength_before"]) == ("missing", 0)
    assert moved_link["strength_after"] == after["strength"]
    changes = [
        (x["gap"]["status_after"], x["gap"]["severity_after"]) for x in told["items"] if x["gap"]
    ]
    assert (changes[0][0], changes[-1]) == ("open", ("filled", 0))
    leads = [x["lead"]["status"] for x in told["items"] if x["lead"]]
    assert leads[-1] == "landed"


def test_a_gap_with_its_investor_keeps_its_figures(office: TestClient) -> None:
    admin, partner = as_key(office, ADMIN), as_key(office, PARTNER)
    gap = str(outcome(computed(office), ELECTROLYTE)[1])
    body = a_lead(gap_id=gap, investor={**SEPARATOR_MAKER, "name": "Example Electrolytes KK"})
    lead = register(partner, "leads", body)["id"]
    for to in ("under_review", "accepted", "negotiating", "signed"):
        admin.post(f"/v1/leads/{lead}/transitions", json={"to": to, "reason": "步骤"})
    send(office, [*FIRMS, {**FIRMS[3], "external_id": "B-7"}])
    before = office.get(f"/v1/gaps/{gap}").json()
    assert before["status"] == "filled"
    assert outcome(computed(office), ELECTROLYTE) == ("kept", gap)
    send(office, [*FIRMS, {**FIRMS[1], "external_id": "B-8", "products": ["电解液"]}])
    assert link_of(office, ELECTROLYTE)["gap"]["kind"] is None
    assert outcome(computed(office), ELECTROLYTE) == ("kept", gap)
    assert office.get(f"/v1/gaps/{gap}").json() == before


def test_lines_are_the_policys(office: TestClient) -> None:
    admin = as_key(office, ADMIN)
    draft = {
        "name_zh": "严格诊断", "name_en": "Strict diagnosis", "source": "tests",
        "diagnosis": {"strong_from": 900},
    }  # fmt: skip
    made = register(admin, "admin/policies", draft)
    assert made["diagnosis"]["strong_from"] == 900
    assert admin.post(f"/v1/admin/policies/{made['id']}/activate", json={}).status_code == 200
    assert (link_of(office, CELLS)["status"], diagnosed(office)["policy_id"]) == (
        "steady", made["id"],
    )  # fmt: skip
    wrong = {**draft, "diagnosis": {"strong": 900}}
    assert admin.post("/v1/admin/policies", json=wrong).status_code == 422


@pytest.mark.parametrize("limit", [1, 4])
def test_a_timeline_tells_portals_all_but_leads(office: TestClient, limit: int) -> None:
    computed(office)
    send(office, FIRMS[2:])
    path = f"{PATH}/timeline"
    whole = office.get(path, params={**BATTERY, "limit": 100}).json()["items"]
    pages: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        page = office.get(path, params={**BATTERY, "limit": limit, **cursor}).json()
        pages += page["items"]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert pages == whole
    assert {entry["lead"] for entry in whole} == {None}
    last = whole[-1]
    assert last["action"] == "zone.enterprises_replaced"
    assert last["firms"] == ["B-1", "B-2"]
    cells = next(link for link in last["links"] if link["link_id"] == CELLS)
    assert (cells["status_before"], cells["status_after"]) == ("strong", "missing")
