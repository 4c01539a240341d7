"""`/v1/gaps`: what can be registered, read, changed and closed, and by whom."""

from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from service import clock
from tests.factories import a_gap, a_zone, register, without


def test_registered_gap_has_its_zone_and_can_be_read(portal: TestClient) -> None:
    answer = portal.post("/v1/gaps", json=a_gap(severity=70, owner="招商局"))
    made = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/v1/gaps/{made['id']}"
    assert made["zone"]["id"] == "CNHTZ-3205"
    assert made["zone"]["region"] == "east"
    assert (made["chain_id"], made["status"], made["capacity"]) == ("ic", "open", 1)
    assert made["placement"] == []
    read = portal.get(answer.headers["Location"])
    assert read.json() == made
    assert read.headers["ETag"] == answer.headers["ETag"]


def test_gap_without_link_is_placed_by_its_products(portal: TestClient) -> None:
    products = ["光掩模版", "相移掩模", "photomask"]
    made = register(portal, "gaps", without(a_gap(products=products), "link_id"))
    assert (made["chain_id"], made["link_id"]) == ("ic", "ic.photomask")
    assert made["placement"][0]["link_id"] == "ic.photomask"
    path = f"/v1/gaps/{made['id']}"
    moved = portal.patch(path, json={"products": ["EDA软件"]}).json()
    assert (moved["link_id"], moved["placement"][0]["link_id"]) == ("ic.eda", "ic.eda")
    declared = portal.patch(path, json={"link_id": "battery.cathode"}).json()
    assert (declared["chain_id"], declared["placement"]) == ("battery", [])
    again = portal.patch(path, json={"link_id": None}).json()
    assert again["link_id"] == "ic.eda"


@pytest.mark.parametrize(
    ("link_id", "products", "nearer"),
    [
        ("battery.anode", ["正极材料"], "battery.cathode"),
        ("battery.anode", ["三元前驱体"], "battery.precursor"),
        ("ic.photoresist", ["EDA软件"], "ic.eda"),
        ("battery.anode", ["负极材料", "正极材料"], None),
        ("battery.anode", ["somewhat unheard of thing"], None),
        ("display.mask", ["photomask"], None),
        ("battery.anode", ["石墨"], None),
        ("battery.anode", [], None),
    ],
)
def test_products_that_belong_at_another_link_are_told_not_refused(
    embedded: TestClient, link_id: str, products: list[str], nearer: str | None
) -> None:
    made = register(embedded, "gaps", a_gap(link_id=link_id, products=products))
    assert made["link_id"] == link_id
    told = [(warning["code"], warning["field"]) for warning in made["warnings"]]
    assert told == ([("products_elsewhere", "link_id")] if nearer else [])
    for warning in made["warnings"]:
        assert f"（{nearer}）" in warning["zh"]
        assert f"({nearer})" in warning["en"]
    assert embedded.get(f"/v1/gaps/{made['id']}").json() == made
    assert embedded.get("/v1/gaps").json()["items"] == [made]


def test_warning_goes_with_what_it_was_about(embedded: TestClient) -> None:
    made = register(embedded, "gaps", a_gap(link_id="battery.anode", products=["正极材料"]))
    path = f"/v1/gaps/{made['id']}"
    assert len(made["warnings"]) == 1
    assert embedded.patch(path, json={"link_id": "battery.cathode"}).json()["warnings"] == []
    assert len(embedded.patch(path, json={"link_id": "ic.eda"}).json()["warnings"]) == 1
    assert embedded.patch(path, json={"link_id": None}).json()["warnings"] == []


@pytest.mark.parametrize(
    ("products", "told"),
    [
        (["KrF光刻胶", "EDA软件"], ["ic.photoresist", "ic.eda"]),
        (["photomask"], ["ic.photomask", "display.mask"]),
        (["somewhat unheard of thing"], ["lead to no link", "none"]),
    ],
)
def test_doubtful_products_are_sent_back_with_what_was_found(
    embedded: TestClient, products: list[str], told: list[str]
) -> None:
    answer = embedded.post("/v1/gaps", json=without(a_gap(products=products), "link_id"))
    error = answer.json()["errors"][0]
    assert answer.status_code == 422
    assert error["loc"] == ["body", "products"]
    assert [word for word in told if word not in error["msg"]] == []


@pytest.mark.parametrize(
    ("fields", "loc"),
    [
        ({"zone_id": "CNHTZ-9999"}, ["body", "zone_id"]),
        ({"link_id": "ic.unheard_of"}, ["body", "link_id"]),
        ({"link_id": None}, ["body", "link_id"]),
        ({"investment_min_cny": 2, "investment_max_cny": 1}, ["body", "investment_min_cny"]),
        ({"valid_from": "2030-01-02", "valid_until": "2030-01-01"}, ["body", "valid_until"]),
    ],
)
def test_unknown_codes_and_fields_that_disagree_are_refused(
    portal: TestClient, fields: dict[str, Any], loc: list[str]
) -> None:
    answer = portal.post("/v1/gaps", json=a_gap(**fields))
    assert answer.status_code == 422
    assert loc in [error["loc"] for error in answer.json()["errors"]]
    made = register(portal, "gaps", a_gap())
    if fields != {"link_id": None}:
        assert portal.patch(f"/v1/gaps/{made['id']}", json=fields).status_code == 422
    assert portal.get(f"/v1/gaps/{made['id']}").json() == made


def test_closed_gap_stays_readable_and_can_be_opened_again(portal: TestClient) -> None:
    made = register(portal, "gaps", a_gap(external_id="A"))
    path = f"/v1/gaps/{made['id']}"
    assert portal.delete(path).status_code == 204
    assert portal.delete(path).status_code == 204
    closed = portal.get(path).json()
    assert (closed["status"], closed["version"]) == ("closed", 2)
    assert portal.patch(path, json={"status": "open"}).json()["status"] == "open"
    assert portal.delete(path).status_code == 204
    register(portal, "gaps", a_gap(external_id="A"))
    assert portal.patch(path, json={"status": "open"}).status_code == 409
    assert portal.patch(path, json={"jobs": 3}).json()["jobs"] == 3


def test_own_ids_are_unique_among_open_gaps_of_a_key(
    portal: TestClient, other_portal: TestClient
) -> None:
    register(portal, "gaps", a_gap(external_id="A"))
    other = register(portal, "gaps", a_gap(external_id="B"))
    assert portal.post("/v1/gaps", json=a_gap(external_id="A")).status_code == 409
    assert other_portal.post("/v1/gaps", json=a_gap(external_id="A")).status_code == 201
    path = f"/v1/gaps/{other['id']}"
    assert portal.patch(path, json={"external_id": "A"}).status_code == 409
    assert portal.patch(path, json={"external_id": "B"}).status_code == 200


def test_only_the_registering_key_and_administrators_change_a_gap(
    portal: TestClient, other_portal: TestClient, admin: TestClient
) -> None:
    path = f"/v1/gaps/{register(portal, 'gaps', a_gap())['id']}"
    assert other_portal.get(path).status_code == 200
    assert other_portal.patch(path, json={"jobs": 1}).status_code == 403
    assert other_portal.delete(path).status_code == 403
    assert admin.patch(path, json={"jobs": 1}).json()["jobs"] == 1


def test_partners_see_what_is_open_today_without_internal_fields(
    portal: TestClient, partner: TestClient
) -> None:
    today = clock.china_day()
    day = timedelta(days=1)
    fields: dict[str, Any] = {"owner": "招商局", "external_id": "A", "severity": 40}
    seen = register(portal, "gaps", a_gap(**fields, valid_until=str(today)))
    hidden = [
        register(portal, "gaps", a_gap(valid_until=str(today - day))),
        register(portal, "gaps", a_gap(valid_from=str(today + day))),
        register(portal, "gaps", a_gap()),
    ]
    portal.delete(f"/v1/gaps/{hidden[-1]['id']}")
    items = partner.get("/v1/gaps").json()["items"]
    assert items == [seen | {"owner": None, "external_id": None, "filled": None}]
    assert partner.get(f"/v1/gaps/{seen['id']}").json() == items[0]
    for gap in hidden:
        assert partner.get(f"/v1/gaps/{gap['id']}").status_code == 404
        assert portal.get(f"/v1/gaps/{gap['id']}").status_code == 200
    assert partner.get("/v1/gaps", params={"status": "closed"}).json()["items"] == []


def test_filters_hold_together(portal: TestClient) -> None:
    zone = register(portal, "zones", a_zone(province_code="61"))
    east = register(portal, "gaps", a_gap(title_en="Resist wanted"))
    west = register(
        portal, "gaps", a_gap(zone_id=zone["id"], kind="weak", link_id="battery.cathode")
    )
    portal.patch(f"/v1/gaps/{west['id']}", json={"status": "filled"})

    def found(**query: str) -> list[str]:
        answer = portal.get("/v1/gaps", params=query)
        return [item["id"] for item in answer.json()["items"]]

    for query in (
        {"zone_id": zone["id"]},
        {"chain_id": "battery"},
        {"link_id": "battery.cathode"},
        {"kind": "weak"},
        {"region": "west"},
        {"province_code": "61"},
        {"status": "filled"},
        {"region": "west", "province_code": "61", "kind": "weak"},
    ):
        assert found(**query) == [west["id"]], query
    assert found(q="RESIST") == [east["id"]]
    assert found(kind="weak", region="east") == []
    assert found() == [west["id"], east["id"]]


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
def test_what_is_not_there_is_not_found(portal: TestClient, method: str) -> None:
    body: dict[str, Any] | None = {} if method == "patch" else None
    answer = portal.request(method, "/v1/gaps/gap_none", json=body)
    assert answer.status_code == 404
    assert answer.json()["title"] == "No such gap"


def test_gap_moves_to_another_zone(portal: TestClient) -> None:
    zone = register(portal, "zones", a_zone(province_code="51"))
    made = register(portal, "gaps", a_gap())
    moved = portal.patch(f"/v1/gaps/{made['id']}", json={"zone_id": zone["id"]}).json()
    assert moved["zone"]["region"] == "west"
