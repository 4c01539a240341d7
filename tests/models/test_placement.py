from typing import Any

import pytest

from models.placement import (
    DuplicatePublic,
    IndustryPlacement,
    LinkPlacement,
    PlacementPublic,
    PlacementRequest,
)
from models.sentences import SentencePublic
from tests.models.bodies import complaints

WHY = SentencePublic(zh="同名", en="The same name")


@pytest.mark.parametrize(
    "body",
    [
        {"products": ["光刻胶"]},
        {"text": "We make photoresists.\nIn Japan."},
        {"industry_codes": [{"scheme": "nace2", "code": "20.59"}], "products": None},
        {"products": ["a"], "limit": 100},
        *PlacementRequest.model_json_schema()["examples"],
    ],
)
def test_good_bodies(body: dict[str, Any]) -> None:
    asked = PlacementRequest.model_validate(body)
    assert asked.limit == body.get("limit", 10)
    assert asked.products == (body.get("products") or [])
    assert asked.text == body.get("text")


@pytest.mark.parametrize(
    ("body", "where", "message"),
    [
        ({}, "", "one of products, text, industry_codes is needed"),
        ({"products": [], "limit": 5}, "", "one of products, text, industry_codes is needed"),
        ({"text": " "}, "text", "is blank"),
        ({"products": ["a"], "limit": 0}, "limit", "greater than or equal to 1"),
        ({"products": ["a"], "limit": 101}, "limit", "less than or equal to 100"),
        ({"products": ["a"], "limit": "5"}, "limit", "should be a number"),
        ({"products": ["a"], "limit": None}, "limit", "valid integer"),
        ({"product": ["a"]}, "product", "Extra inputs"),
    ],
)
def test_bad_bodies(body: dict[str, Any], where: str, message: str) -> None:
    found = complaints(PlacementRequest, body)
    assert [text for place, text in found if place == where and message in text], found


def test_the_answer_reads_as_documented() -> None:
    answer = PlacementPublic(
        links=[LinkPlacement(chain_id="ic", link_id="ic.photoresist", affinity=1000, why=WHY)],
        gb4754=[IndustryPlacement(code="3985", name_zh="电子专用材料制造", affinity=900, why=WHY)],
    )
    why = {"zh": "同名", "en": "The same name"}
    assert answer.model_dump(mode="json") == {
        "links": [
            {"chain_id": "ic", "link_id": "ic.photoresist", "affinity": 1000, "why": why},
        ],
        "gb4754": [{"code": "3985", "name_zh": "电子专用材料制造", "affinity": 900, "why": why}],
    }


@pytest.mark.parametrize("affinity", [-1, 1001, 0.5])
def test_an_affinity_is_in_thousandths(affinity: float) -> None:
    body = {"chain_id": "ic", "link_id": "ic.eda", "affinity": affinity, "why": WHY}
    assert [where for where, _ in complaints(LinkPlacement, body)] == ["affinity"]


def test_a_duplicate_says_why() -> None:
    found = DuplicatePublic(id="inv_1", name="甲", why=WHY)
    assert list(found.model_dump()) == ["id", "name", "why"]
