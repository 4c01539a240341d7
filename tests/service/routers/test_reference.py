"""Chains, regions and placement: what the reference says, over HTTP."""

from typing import Any

import pytest
from starlette.testclient import TestClient


def test_chains_are_all_there(embedded: TestClient) -> None:
    page = embedded.get("/v1/chains").json()
    assert len(page["items"]) == 15
    assert sum(chain["link_count"] for chain in page["items"]) == 377
    assert page["next_cursor"] is None


def test_chain_has_its_links_and_the_edges_that_touch_it(embedded: TestClient) -> None:
    chain = embedded.get("/v1/chains/ic").json()
    links = {link["id"] for link in chain["links"]}
    assert len(links) == chain["link_count"] > 30
    assert all(link["keywords_zh"] and link["keywords_en"] for link in chain["links"])
    assert chain["edges"]
    assert all({edge["supplier"], edge["customer"]} & links for edge in chain["edges"])


def test_unknown_chain_is_not_found(embedded: TestClient) -> None:
    assert embedded.get("/v1/chains/unheard_of").json()["title"] == "No such chain"


def test_regions_hold_each_province_once(embedded: TestClient) -> None:
    regions = embedded.get("/v1/regions").json()["items"]
    assert [region["region"] for region in regions] == ["east", "central", "west", "northeast"]
    provinces = [one["province_code"] for region in regions for one in region["provinces"]]
    assert len(provinces) == len(set(provinces)) >= 31
    assert regions[0]["region_group"] == "east"
    assert regions[3]["name_zh"] == "东北"


@pytest.mark.parametrize(
    ("asked", "best"),
    [
        ({"products": ["12-inch silicon wafers"]}, "ic.wafer_si"),
        ({"products": ["KrF光刻胶"]}, "ic.photoresist"),
        ({"products": ["EDA软件"]}, "ic.eda"),
        ({"products": ["正极材料"]}, "battery.cathode"),
    ],
)
def test_products_are_placed(embedded: TestClient, asked: dict[str, Any], best: str) -> None:
    placed = embedded.post("/v1/placement", json=asked).json()
    assert placed["links"][0]["link_id"] == best
    assert placed["links"][0]["why"]["zh"]
    affinities = [link["affinity"] for link in placed["links"]]
    assert affinities == sorted(affinities, reverse=True)


def test_codes_of_other_schemes_lead_to_gb4754(embedded: TestClient) -> None:
    asked = {"industry_codes": [{"scheme": "nace2", "code": "26.11"}], "limit": 3}
    placed = embedded.post("/v1/placement", json=asked).json()
    assert 0 < len(placed["gb4754"]) <= 3
    assert all(found["name_zh"] and found["why"]["en"] for found in placed["gb4754"])


@pytest.mark.parametrize(
    ("asked", "loc"),
    [
        ({}, ["body", "products"]),
        ({"products": []}, ["body", "products"]),
        (
            {"industry_codes": [{"scheme": "isic4", "code": "nonsense"}]},
            ["body", "industry_codes", 0, "code"],
        ),
        ({"products": ["x"], "limit": 0}, ["body", "limit"]),
    ],
)
def test_what_cannot_be_placed_is_refused(
    embedded: TestClient, asked: dict[str, Any], loc: list[str | int]
) -> None:
    answer = embedded.post("/v1/placement", json=asked)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == loc
