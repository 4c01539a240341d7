from typing import Any

import pytest

from models.ranking_query import RankingQuery
from tests.models.bodies import complaints


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"limit": 100, "kind": "weak", "chain_id": "ic", "region": "west", "province_code": "51"},
        {"origin": "hmt", "min_score": 10_000, "as_of": "2026-01-01", "diversify": "none"},
    ],
)
def test_good_queries(body: dict[str, Any]) -> None:
    asked = RankingQuery.model_validate(body).model_dump(mode="json")
    assert {name: asked[name] for name in body} == body


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"limit": 0}, "limit"),
        ({"limit": 101}, "limit"),
        ({"kind": "strong"}, "kind"),
        ({"region": "south"}, "region"),
        ({"min_score": 10_001}, "min_score"),
        ({"cursor": "x" * 201}, "cursor"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_bad_queries(body: dict[str, Any], where: str) -> None:
    assert [place for place, _ in complaints(RankingQuery, body)] == [where]


def test_the_key_tells_different_questions_apart_and_not_their_order() -> None:
    one = RankingQuery.model_validate({"kind": "weak", "limit": 5})
    assert one.parts() == RankingQuery.model_validate({"limit": 5, "kind": "weak"}).parts()
    assert one.parts() == sorted(one.parts())
    assert one.parts() != RankingQuery.model_validate({"limit": 5}).parts()
