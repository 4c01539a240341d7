from typing import Any

import pytest

from matching.vocabulary import Honour
from models.enterprise import Enterprise, EnterpriseCreate, EnterpriseList, EnterprisePublic
from tests.models.bodies import an_enterprise, complaints, without


@pytest.mark.parametrize(
    "body",
    [
        an_enterprise(),
        without(an_enterprise(link_ids=["ic.photoresist"]), "products"),
        without(an_enterprise(industry_codes=[{"scheme": "gb4754", "code": "3985"}]), "products"),
        an_enterprise(revenue_cny=0, employees=0, honours=["listed"], origin="hmt"),
        *EnterpriseCreate.model_json_schema()["examples"],
    ],
)
def test_good_bodies(body: dict[str, Any]) -> None:
    create = EnterpriseCreate.model_validate(body)
    known = {"zone_id": "ZONE-1", "created_by": "key_1"}
    row = Enterprise.model_validate(create, update=known)
    answer = EnterprisePublic.model_validate(row, update={"has_landed": False})
    shown = answer.model_dump(mode="json")
    assert {name: shown[name] for name in body} == body
    assert shown["zone_id"] == "ZONE-1"


@pytest.mark.parametrize(
    ("body", "where", "message"),
    [
        (without(an_enterprise(), "name"), "name", "Field required"),
        (without(an_enterprise(), "external_id"), "external_id", "Field required"),
        (an_enterprise(external_id=None), "external_id", "valid string"),
        (
            without(an_enterprise(), "products"),
            "",
            "one of link_ids, products, industry_codes is needed",
        ),
        (an_enterprise(uscc="1"), "uscc", "GB 32100"),
        (an_enterprise(honours=["best"]), "honours.0", "'chain_leader'"),
        (an_enterprise(link_ids=["ic"]), "link_ids.0", "pattern"),
        (an_enterprise(revenue_cny="1"), "revenue_cny", "should be a number"),
        (an_enterprise(zone_id="ZONE-1"), "zone_id", "Extra inputs"),
    ],
)
def test_bad_bodies(body: dict[str, Any], where: str, message: str) -> None:
    found = complaints(EnterpriseCreate, body)
    assert [text for place, text in found if place == where and message in text], found


def test_lists_hold_each_item_once_and_null_is_empty() -> None:
    create = EnterpriseCreate.model_validate(
        an_enterprise(honours=["listed", "high_tech", "listed"], link_ids=None)
    )
    assert create.honours == [Honour.LISTED, Honour.HIGH_TECH]
    assert create.link_ids == []


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_list_comes_bare_or_as_items(*, wrapped: bool) -> None:
    items = [an_enterprise(), an_enterprise(external_id="E-2")]
    body = {"items": items} if wrapped else items
    assert [one.external_id for one in EnterpriseList.model_validate(body).items] == ["E-1", "E-2"]
    assert EnterpriseList.model_validate([]).items == []


@pytest.mark.parametrize(
    ("body", "where", "message"),
    [
        ([an_enterprise(), an_enterprise()], "", "the same external_id"),
        ({"items": [an_enterprise()], "zone_id": "Z"}, "zone_id", "Extra inputs"),
        ([an_enterprise(name="")], "items.0.name", "blank"),
        ({}, "items", "Field required"),
        ({"items": None}, "items", "valid list"),
        ("x", "", "valid dict"),
    ],
)
def test_lists_that_make_no_sense(body: object, where: str, message: str) -> None:
    found = complaints(EnterpriseList, body)
    assert [text for place, text in found if place == where and message in text], found
