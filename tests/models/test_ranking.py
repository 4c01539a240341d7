"""The answers of the rankings, held against the JSON that callers were promised."""

from typing import Any

import pytest
from pydantic import BaseModel

from models.ranking import GapRanking, InvestorRanking, Pair
from tests.models.bodies import complaints

SENTENCE = {"zh": "…", "en": "…"}
ZONE = {"id": "CNHTZ-3205", "name_zh": "…", "name_en": "…", "region": "east"}
GAP: dict[str, Any] = {
    "id": "gap_1",
    "kind": "missing",
    "zone": ZONE,
    "version": 2,
    "severity": 70,
    "chain_id": "ic",
    "link_id": "ic.photoresist",
    "title_zh": "…",
    "title_en": "…",
}
INVESTOR = {"id": "inv_1", "name": "…", "country": "JP", "origin": "foreign", "version": 3}
GATE = {"gate": "negative_list", **SENTENCE, "source": "…"}
ASSESSMENT: dict[str, Any] = {
    "score": 7412,
    "coverage": 8600,
    "fdi_relevance": 690,
    "pillars": {"strategy": 2400, "space": 4212, "value": 800},
    "conditions": [{**GATE, "verdict": "conditional"}],
    "components": [
        {
            "criterion": "link_fit",
            "pillar": "space",
            "weight": 2600,
            "value": 930,
            "points": 2418,
            "assumed": False,
            "band": "same_product",
            **SENTENCE,
            "investor_value": "…",
            "gap_value": "…",
            "evidence": [],
            "source": "…",
        }
    ],
    "receipt": "…",
}
HEAD: dict[str, Any] = {
    "subject": {"type": "investor", "id": "inv_1", "version": 3},
    "policy": {"id": "national-2026", "version": 1},
    "ruleset": "sha256:…",
    "editions": {"negative_list": "2024", "encouraged": "2025"},
}
COUNTS: dict[str, Any] = {
    "kept_out": [],
    "eligible": 57,
    "blocked_total": 2,
    "next_cursor": None,
}
FOR_INVESTOR: dict[str, Any] = {
    **HEAD,
    **COUNTS,
    "blocked": [{"gap_id": "gap_2", **GATE}],
    "matches": [{"rank": 1, "gap": GAP, **ASSESSMENT}],
}
FOR_GAP: dict[str, Any] = {
    **HEAD,
    **COUNTS,
    "subject": {"type": "gap", "id": "gap_1", "version": 2},
    "blocked": [{"investor_id": "inv_2", **GATE}],
    "matches": [{"rank": 1, "investor": INVESTOR, **ASSESSMENT}],
}
COUNTERFACTUAL = {"change": {"rd_centre_committed": True}, "points": 225, **SENTENCE}
PAIR: dict[str, Any] = {
    **HEAD,
    "match": {"gap": GAP, "investor": INVESTOR, **ASSESSMENT, "counterfactuals": [COUNTERFACTUAL]},
    "gates": [{**GATE, "verdict": "check"}],
}
SHAPES = [(InvestorRanking, FOR_INVESTOR), (GapRanking, FOR_GAP), (Pair, PAIR)]


@pytest.mark.parametrize(("shape", "body"), SHAPES)
def test_answers_read_as_promised(shape: type[BaseModel], body: dict[str, Any]) -> None:
    assert shape.model_validate(body).model_dump(mode="json") == body


@pytest.mark.parametrize(("shape", "body"), SHAPES)
def test_nothing_may_be_left_out(shape: type[BaseModel], body: dict[str, Any]) -> None:
    for member in body:
        short = {name: value for name, value in body.items() if name != member}
        assert complaints(shape, short) == [(member, "Field required")]


def test_a_blocked_pair_has_no_match() -> None:
    blocked = {**PAIR, "match": None, "gates": [{**GATE, "verdict": "blocked"}]}
    assert Pair.model_validate(blocked).match is None


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"score": 10_001}, "score"),
        ({"score": 74.12}, "score"),
        ({"coverage": -1}, "coverage"),
        ({"fdi_relevance": 1001}, "fdi_relevance"),
        ({"rank": 0}, "rank"),
        ({"pillars": {"strategy": 1, "space": 2}}, "pillars.value"),
    ],
)
def test_figures_outside_their_ranges_are_found(change: dict[str, Any], where: str) -> None:
    body = {**FOR_INVESTOR, "matches": [{"rank": 1, "gap": GAP, **ASSESSMENT, **change}]}
    assert [place for place, _ in complaints(InvestorRanking, body)] == [f"matches.0.{where}"]


def test_an_assumed_value_is_null_and_relevance_is_null_for_domestic_investors() -> None:
    component = {**ASSESSMENT["components"][0], "assumed": True, "value": None}
    match = {"rank": 1, "gap": GAP, **ASSESSMENT, "components": [component], "fdi_relevance": None}
    ranking = InvestorRanking.model_validate({**FOR_INVESTOR, "matches": [match]})
    assert ranking.matches[0].components[0].value is None
    assert ranking.matches[0].fdi_relevance is None


def test_the_two_sides_are_not_mixed_up() -> None:
    places = [place for place, _ in complaints(GapRanking, FOR_INVESTOR)]
    assert places == ["blocked.0.investor_id", "matches.0.investor"]
