"""`/v1/investors`: what can be registered, read, changed and closed, and by whom."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from service.usecases.duplicates import MOST
from tests.factories import a_gap, an_investor, register


def test_registered_investor_is_placed_and_can_be_read(portal: TestClient) -> None:
    code = {"scheme": "gb4754", "code": "3985"}
    answer = portal.post("/v1/investors", json=an_investor(industry_codes=[code]))
    made = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/v1/investors/{made['id']}"
    assert made["placement"][0]["link_id"] == "ic.photoresist"
    assert made["placement"][0]["why"]["zh"]
    assert made["origin"] == "foreign"
    assert 0 < made["completeness"] < 10_000
    assert made["possible_duplicates"] == made["warnings"] == []
    read = portal.get(answer.headers["Location"])
    assert read.json() == made
    assert read.headers["ETag"] == answer.headers["ETag"]


def test_longest_names_of_real_companies_are_taken(embedded: TestClient) -> None:
    name = "Gesellschaft für Halbleiter " * 11
    assert 300 < len(name.strip()) < 310
    assert register(embedded, "investors", an_investor(name=name))["name"] == name.strip()
    answer = embedded.post("/v1/investors", json=an_investor(name="x" * 501))
    assert answer.json()["errors"][0]["loc"] == ["body", "name"]


def test_more_evidence_makes_the_record_more_complete(portal: TestClient) -> None:
    bare = register(portal, "investors", an_investor())
    told = register(portal, "investors", an_investor(technology_level=4, rd_intensity_pct=8.5))
    assert told["completeness"] > bare["completeness"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"products": ["somewhat unheard of thing"]}, "not_placed"),
        ({"uscc": "91110000600037341X"}, "uscc_check_digit"),
    ],
)
def test_doubts_are_told_not_refused(
    embedded: TestClient, fields: dict[str, Any], code: str
) -> None:
    made = register(embedded, "investors", an_investor(**fields))
    assert [warning["code"] for warning in made["warnings"]] == [code]
    assert all(warning["zh"] and warning["en"] for warning in made["warnings"])


def test_change_touches_what_was_sent_and_null_clears(portal: TestClient) -> None:
    made = register(portal, "investors", an_investor(jobs=10, patents=3, country="HK"))
    path = f"/v1/investors/{made['id']}"
    changed = portal.patch(path, json={"jobs": None, "technology_level": 5}).json()
    assert (changed["jobs"], changed["patents"], changed["technology_level"]) == (None, 3, 5)
    assert (changed["version"], changed["name"]) == (2, made["name"])
    assert portal.patch(path, json={"country": "DE"}).json()["origin"] == "foreign"
    assert portal.get(path).json()["version"] == 3


def test_change_of_nothing_is_no_new_version(portal: TestClient) -> None:
    made = register(portal, "investors", an_investor(jobs=10))
    path = f"/v1/investors/{made['id']}"
    assert portal.patch(path, json={"jobs": 10}).json()["version"] == 1
    assert portal.patch(path, json={}).json()["version"] == 1


@pytest.mark.parametrize(
    ("change", "loc"),
    [
        ({"planned_investment_min_cny": 900}, ["body", "planned_investment_min_cny"]),
        ({"products": []}, ["body", "products"]),
        ({"name": None}, ["body", "name"]),
        ({"industry_codes": [{"scheme": "gb4754", "code": "0000"}]},
         ["body", "industry_codes", 0, "code"]),
        ({"preferred_provinces": ["32", "99"]}, ["body", "preferred_provinces", 1]),
    ],
)  # fmt: skip
def test_change_must_leave_the_whole_valid(
    portal: TestClient, change: dict[str, Any], loc: list[str | int]
) -> None:
    made = register(portal, "investors", an_investor(planned_investment_max_cny=800))
    path = f"/v1/investors/{made['id']}"
    answer = portal.patch(path, json=change)
    assert answer.status_code == 422
    assert loc in [error["loc"] for error in answer.json()["errors"]]
    assert portal.get(path).json() == made


def test_closed_investor_leaves_the_pool_but_stays_readable(portal: TestClient) -> None:
    made = register(portal, "investors", an_investor(external_id="A"))
    gap = register(portal, "gaps", a_gap())
    path = f"/v1/investors/{made['id']}"
    ranked = f"/v1/gaps/{gap['id']}/matches"
    assert portal.get(ranked).json()["eligible"] == 1
    assert portal.delete(path).status_code == 204
    assert portal.get(ranked).json()["eligible"] == 0
    closed = portal.get(path).json()
    assert closed["closed_at"].endswith("Z")
    assert portal.get("/v1/investors").json()["items"] == []
    assert portal.patch(path, json={"jobs": 1}).status_code == 409
    assert portal.delete(path).status_code == 204
    assert portal.get(path).json() == closed
    assert register(portal, "investors", an_investor(external_id="A"))["external_id"] == "A"


def test_own_ids_are_unique_among_active_records_of_a_key(
    portal: TestClient, other_portal: TestClient
) -> None:
    made = register(portal, "investors", an_investor(external_id="A"))
    other = register(portal, "investors", an_investor(external_id="B"))
    assert portal.post("/v1/investors", json=an_investor(external_id="A")).status_code == 409
    assert other_portal.post("/v1/investors", json=an_investor(external_id="A")).status_code == 201
    change = portal.patch(f"/v1/investors/{other['id']}", json={"external_id": "A"})
    assert change.status_code == 409
    same = portal.patch(f"/v1/investors/{made['id']}", json={"external_id": "A", "jobs": 1})
    assert same.status_code == 200


def test_only_the_registering_key_and_administrators_change_a_record(
    portal: TestClient, other_portal: TestClient, admin: TestClient
) -> None:
    made = register(portal, "investors", an_investor())
    path = f"/v1/investors/{made['id']}"
    assert other_portal.get(path).json() == made
    for refused in (other_portal.patch(path, json={"jobs": 1}), other_portal.delete(path)):
        assert refused.status_code == 403
        assert refused.json()["type"] == "urn:bulian:problem:not-yours"
    assert admin.patch(path, json={"jobs": 1}).json()["jobs"] == 1
    assert admin.delete(path).status_code == 204


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
def test_what_is_not_there_is_not_found(portal: TestClient, method: str) -> None:
    body: dict[str, Any] | None = {} if method == "patch" else None
    answer = portal.request(method, "/v1/investors/inv_none", json=body)
    assert answer.status_code == 404
    assert answer.json()["title"] == "No such investor"


def test_filters_hold_together(portal: TestClient) -> None:
    first = register(
        portal, "investors", an_investor(name="Alpha 50% Resist", country="JP", external_id="A")
    )
    second = register(portal, "investors", an_investor(aliases=["贝塔刻胶"], country="CN"))
    register(portal, "investors", an_investor(country="HK", products=["正极材料"]))

    def found(**query: str) -> list[str]:
        answer = portal.get("/v1/investors", params=query)
        return [item["id"] for item in answer.json()["items"]]

    assert found(q="alpha") == [first["id"]]
    assert found(q="50%") == [first["id"]]
    assert found(q="贝塔") == [second["id"]]
    assert found(q="photoresist") == [second["id"], first["id"]]
    assert found(country="JP") == found(origin="foreign") == found(external_id="A") == [first["id"]]
    assert found(country="JP", origin="domestic") == []
    assert found(q="_") == []


def test_twins_are_named_not_merged(portal: TestClient, other_portal: TestClient) -> None:
    code = "91110000600037341L"
    first = register(
        portal, "investors", an_investor(name="示例 光刻胶（中国）有限公司", uscc=code)
    )
    same_code = register(other_portal, "investors", an_investor(uscc=code))
    same_name = register(portal, "investors", an_investor(name="示例光刻胶(中國)有限公司"))
    assert [twin["id"] for twin in same_code["possible_duplicates"]] == [first["id"]]
    assert [twin["id"] for twin in same_name["possible_duplicates"]] == [first["id"]]
    assert same_code["possible_duplicates"][0]["why"]["en"].endswith("credit code")
    assert same_name["possible_duplicates"][0]["why"]["en"] == "The same name"
    listed = portal.get("/v1/investors").json()["items"]
    assert {len(item["possible_duplicates"]) for item in listed} == {1, 2}
    portal.delete(f"/v1/investors/{first['id']}")
    alone = portal.get(f"/v1/investors/{same_name['id']}").json()
    assert alone["possible_duplicates"] == []


@pytest.mark.parametrize(
    ("identifier", "told"),
    [
        ({"uscc": "91110000600037341L"}, "The same unified social credit code"),
        ({"lei": "529900T8BM49AURSDO55"}, "The same LEI"),
    ],
)
def test_who_has_no_identifier_shares_none(
    portal: TestClient, identifier: dict[str, str], told: str
) -> None:
    bystanders = [register(portal, "investors", an_investor()) for _ in range(MOST + 1)]
    first = register(portal, "investors", an_investor(**identifier))
    second = register(portal, "investors", an_investor(**identifier))
    (twin,) = second["possible_duplicates"]
    assert (twin["id"], twin["why"]["en"]) == (first["id"], told)
    for bystander in bystanders:
        read = portal.get(f"/v1/investors/{bystander['id']}").json()
        assert read["possible_duplicates"] == []


def test_twins_by_legal_entity_identifier(embedded: TestClient) -> None:
    lei = "529900T8BM49AURSDO55"
    first = register(embedded, "investors", an_investor(lei=lei))
    second = register(embedded, "investors", an_investor(lei=lei))
    assert [twin["id"] for twin in second["possible_duplicates"]] == [first["id"]]
    assert second["possible_duplicates"][0]["why"]["en"] == "The same LEI"
