from typing import Any

import pytest

from models.reference import ChainDetail, ChainPublic, RegionPublic
from tests.models.bodies import complaints

CHAIN: dict[str, Any] = {
    "id": "ic",
    "name_zh": "集成电路",
    "name_en": "Integrated circuits",
    "link_count": 2,
    "provenance": "expert_draft",
}
LINK: dict[str, Any] = {
    "id": "ic.photoresist",
    "chain_id": "ic",
    "name_zh": "光刻胶",
    "name_en": "Photoresist",
    "segment": "upstream",
    "keywords_zh": ["光刻胶"],
    "keywords_en": ["photoresist"],
    "gb4754_codes": ["3985"],
    "tech_barrier": 3,
    "is_core": True,
    "confusable_with": [],
    "provenance": "expert_draft",
}
EDGE = {"supplier": "ic.photoresist", "customer": "ic.foundry"}


def test_a_chain_in_a_list() -> None:
    assert ChainPublic.model_validate(CHAIN).model_dump(mode="json") == CHAIN


def test_a_chain_with_its_links_and_edges() -> None:
    body = {**CHAIN, "links": [LINK], "edges": [EDGE]}
    assert ChainDetail.model_validate(body).model_dump(mode="json") == body


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"segment": "stage"}, "links.0.segment"),
        ({"tech_barrier": 4}, "links.0.tech_barrier"),
        ({"tech_barrier": 0}, "links.0.tech_barrier"),
        ({"provenance": "rumour"}, "links.0.provenance"),
    ],
)
def test_a_link_outside_its_ranges_is_found(change: dict[str, Any], where: str) -> None:
    body = {**CHAIN, "links": [{**LINK, **change}], "edges": []}
    assert [place for place, _ in complaints(ChainDetail, body)] == [where]


def test_a_region_with_its_provinces() -> None:
    body = {
        "region": "east",
        "name_zh": "东部",
        "name_en": "East",
        "region_group": "east",
        "provinces": [{"province_code": "32", "name_zh": "江苏省", "name_en": "Jiangsu"}],
    }
    assert RegionPublic.model_validate(body).model_dump(mode="json") == body
