"""What an investor is told about its own record, made once for each version."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from models.investor import Investor, InvestorCreate
from service import descriptions
from service.descriptions import MOST_LINKS, Descriptions
from service.scorer import Scorer
from tests.factories import a_gap, an_investor, register


def a_row(**fields: Any) -> Investor:
    body = InvestorCreate.model_validate(an_investor(**fields))
    return Investor.model_validate(body, update={"number": 1, "created_by": "key_1"})


def test_description_is_made_once_for_a_version(scorer: Scorer) -> None:
    known = Descriptions(scorer)
    row = a_row()
    first = known.of(row, scorer.rulesets[0])
    assert known.of(row, scorer.rulesets[0]) is first
    row.version, row.products = 2, ["EDA软件"]
    assert known.of(row, scorer.rulesets[0]).placement[0].link_id == "ic.eda"


def test_no_more_than_so_many_are_kept(scorer: Scorer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(descriptions, "MOST_KEPT", 2)
    known = Descriptions(scorer)
    rows, rules = [a_row() for _ in range(3)], scorer.rulesets[0]
    first, second = known.of(rows[0], rules), known.of(rows[1], rules)
    assert known.of(rows[0], rules) is first
    known.of(rows[2], rules)
    assert known.of(rows[0], rules) is first
    assert known.of(rows[1], rules) is not second


def test_placement_is_short_and_best_first(scorer: Scorer) -> None:
    code = {"scheme": "gb4754", "code": "3985"}
    placement = Descriptions(scorer).of(a_row(industry_codes=[code]), scorer.rulesets[0]).placement
    affinities = [link.affinity for link in placement]
    assert affinities == sorted(affinities, reverse=True)
    assert 1 < len(placement) <= MOST_LINKS
    assert all(0 < affinity <= 1000 for affinity in affinities)


def test_without_a_policy_in_force_nothing_is_called_complete(scorer: Scorer) -> None:
    bare = Scorer(scorer.reference, scorer.placer, ())
    assert Descriptions(bare).of(a_row(), None).completeness == 0
    vague = a_row(products=[], industry_codes=[{"scheme": "nace2", "code": "26.11"}])
    assert [warning.code for warning in Descriptions(bare).of(vague, None).warnings] == [
        "code_alone"
    ]


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({}, []),
        (
            {"products": [], "industry_codes": [{"scheme": "gb4754", "code": "3985"}]},
            ["code_alone"],
        ),
        (
            {"products": [], "industry_codes": [{"scheme": "nace2", "code": "26.11"}]},
            ["below_floor"],
        ),
        (
            {"products": ["房地产开发"], "industry_codes": [{"scheme": "nace2", "code": "26.11"}]},
            ["below_floor"],
        ),
        ({"products": ["房地产开发"]}, ["not_placed"]),
        ({"country": "US", "origin": "domestic"}, ["origin_differs"]),
        ({"country": "CN", "origin": "foreign"}, ["origin_differs"]),
        ({"country": "JP", "origin": "hmt"}, ["origin_differs"]),
        ({"country": "TW", "origin": "hmt"}, []),
        ({"country": "CN", "origin": "domestic"}, []),
        ({"industry_codes": [{"scheme": "gb4754", "code": "3988"}]}, ["code_read_wider"]),
        ({"uscc": "91110000100000000X"}, ["uscc_check_digit"]),
    ],
)
def test_what_to_look_at_is_said_in_both_languages(
    embedded: TestClient, fields: dict[str, Any], codes: list[str]
) -> None:
    answer = register(embedded, "investors", an_investor(**fields))
    assert [warning["code"] for warning in answer["warnings"]] == codes
    for warning in answer["warnings"]:
        assert warning["zh"] != warning["en"]
        assert warning["field"] in {"products", "industry_codes", "uscc", "origin"}


def test_below_the_floor_is_told_of_exactly_those_whom_nothing_matches(
    embedded: TestClient, scorer: Scorer
) -> None:
    rules = scorer.rulesets[0]
    met: set[bool] = set()
    for code in ("26.11", "27.20", "21.20", "30.30", "20.59"):
        fields = {"products": [], "industry_codes": [{"scheme": "nace2", "code": code}]}
        made = register(embedded, "investors", an_investor(**fields))
        best = made["placement"][0]
        register(embedded, "gaps", a_gap(link_id=best["link_id"], products=["光刻胶"]))
        ranked = embedded.get(f"/v1/investors/{made['id']}/matches").json()
        is_below = best["affinity"] < rules.policy.relevance_floor
        assert ("below_floor" in [w["code"] for w in made["warnings"]]) == is_below, code
        assert (ranked["eligible"] + ranked["blocked_total"] == 0) == is_below, code
        met.add(is_below)
    assert met == {True, False}


def test_more_known_is_more_complete_and_best_placement_comes_first(embedded: TestClient) -> None:
    little = register(embedded, "investors", an_investor())
    more = register(embedded, "investors", an_investor(rd_intensity_pct=5, technology_level=4))
    assert 0 < little["completeness"] < more["completeness"] <= 10_000
    affinities = [placed["affinity"] for placed in more["placement"]]
    assert affinities == sorted(affinities, reverse=True)
    assert more["placement"][0]["chain_id"] == "ic"


def test_a_description_follows_the_record(embedded: TestClient) -> None:
    made = register(embedded, "investors", an_investor())
    path = f"/v1/investors/{made['id']}"
    assert embedded.patch(path, json={"products": ["工业机器人"]}).status_code == 200
    after = embedded.get(path).json()
    assert after["placement"][0]["link_id"].startswith("robot.")
    assert embedded.get(path).json() == after
