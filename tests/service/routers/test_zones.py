"""`/v1/zones`: the national ones from the start, others beside them."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.factories import a_zone, register


def test_national_zones_are_there_with_their_sources(partner: TestClient) -> None:
    items: list[dict[str, Any]] = []
    query: dict[str, Any] = {"limit": 100, "tier": "national"}
    while True:
        page = partner.get("/v1/zones", params=query).json()
        items += page["items"]
        if page["next_cursor"] is None:
            break
        query["cursor"] = page["next_cursor"]
    assert len(items) == len({item["id"] for item in items}) == 179
    assert [item["id"] for item in items] == sorted(item["id"] for item in items)
    assert all(item["provenance"] and item["region"] for item in items)
    leading = next(item for item in items if item["id"] == "CNHTZ-1101")
    assert "ic" in leading["leading_chains"]
    assert "leading chains: memory_unverified" in leading["source_note"]


def test_registered_zone_takes_its_region_from_its_province(portal: TestClient) -> None:
    body = a_zone(leading_chains=["ic"], promotion_path={"plan": True})
    answer = portal.post("/v1/zones", json=body)
    made = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/v1/zones/{body['code']}"
    assert (made["id"], made["code"]) == (body["code"], body["code"])
    assert (made["region"], made["provenance"]) == ("east", None)
    assert portal.get(answer.headers["Location"]).json() == made
    moved = portal.patch(answer.headers["Location"], json={"province_code": "21"}).json()
    assert (moved["region"], moved["version"]) == ("northeast", 2)
    assert moved["promotion_path"]["plan"] is True


def test_a_code_is_given_once(portal: TestClient) -> None:
    body = register(portal, "zones", a_zone())
    again = portal.post("/v1/zones", json=a_zone(code=body["code"]))
    assert again.status_code == 409
    assert again.json()["type"] == "urn:bulian:problem:zone-exists"
    assert portal.post("/v1/zones", json=a_zone(code="CNHTZ-3205")).status_code == 409


@pytest.mark.parametrize(
    ("fields", "loc"),
    [
        ({"province_code": "99"}, ["body", "province_code"]),
        ({"leading_chains": ["ic", "unheard_of"]}, ["body", "leading_chains", 1]),
    ],
)
def test_unknown_codes_are_refused(
    portal: TestClient, fields: dict[str, Any], loc: list[str | int]
) -> None:
    answer = portal.post("/v1/zones", json=a_zone(**fields))
    assert answer.status_code == 422
    assert [error["loc"] for error in answer.json()["errors"]] == [loc]
    made = register(portal, "zones", a_zone())
    assert portal.patch(f"/v1/zones/{made['id']}", json=fields).status_code == 422


def test_national_zones_are_the_administrators(
    portal: TestClient, other_portal: TestClient, admin: TestClient
) -> None:
    national = "/v1/zones/CNHTZ-3205"
    assert portal.patch(national, json={"land_available_ha": 1}).status_code == 403
    assert admin.patch(national, json={"land_available_ha": 1}).json()["land_available_ha"] == 1.0
    own = f"/v1/zones/{register(portal, 'zones', a_zone())['id']}"
    assert other_portal.patch(own, json={"city_zh": "苏州市"}).status_code == 403
    assert portal.patch(own, json={"city_zh": "苏州市"}).json()["city_zh"] == "苏州市"


@pytest.mark.parametrize("method", ["get", "patch"])
def test_what_is_not_there_is_not_found(portal: TestClient, method: str) -> None:
    body: dict[str, Any] | None = {} if method == "patch" else None
    answer = portal.request(method, "/v1/zones/none", json=body)
    assert answer.status_code == 404
    assert answer.json()["title"] == "No such zone"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "苏州"}, {"CNHTZ-3202"}),
        ({"q": "zhongguancun"}, {"CNHTZ-1101"}),
        ({"province_code": "11"}, {"CNHTZ-1101"}),
        ({"region": "west", "province_code": "11"}, set[str]()),
        ({"tier": "provincial"}, set[str]()),
    ],
)
def test_filters_hold_together(
    portal: TestClient, query: dict[str, str], expected: set[str]
) -> None:
    found = {item["id"] for item in portal.get("/v1/zones", params=query).json()["items"]}
    assert expected <= found
    assert expected or not found
