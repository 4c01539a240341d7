"""Allocations over HTTP: pairs, totals, reasons, limits, and what is refused."""

from collections.abc import Mapping
from typing import Any

import pytest
from starlette.testclient import TestClient

from service.usecases import allocations
from tests.factories import a_gap, an_investor, register


@pytest.fixture
def ids(embedded: TestClient) -> Mapping[str, str]:
    """Two makers of photoresist, one of separators, and somebody who suits nobody."""
    found: dict[str, str] = {}
    for name, product, more in (
        ("first", "光刻胶", {"technology_level": 5, "rd_intensity_pct": 9.0}),
        ("second", "光刻胶", {}),
        ("separator", "锂电池隔膜", {}),
        ("stranger", "zzzz qqqq", {}),
    ):
        body = an_investor(name=f"示例{name}", products=[product], industry_codes=[], **more)
        found[name] = register(embedded, "investors", body)["id"]
    for name, link, more in (
        ("resist", "ic.photoresist", {}),
        ("membrane", "battery.separator", {"capacity": 2}),
    ):
        body = a_gap(link_id=link, products=[], **more)
        found[name] = register(embedded, "gaps", body)["id"]
    return found


def allocated(client: TestClient, **body: Any) -> Any:
    answer = client.post("/v1/allocations", json=body)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return answer.json()


def reasons(answer: Any) -> dict[str, str]:
    return {left["id"]: left["reason"] for left in answer["unmatched"]}


def test_the_stable_allocation_takes_the_best_and_says_why_others_are_left(
    embedded: TestClient, ids: Mapping[str, str]
) -> None:
    answer = allocated(embedded)
    assert answer["method"] == "stable"
    pairs = {pair["gap_id"]: pair["investor_id"] for pair in answer["pairs"]}
    assert pairs[ids["resist"]] == ids["first"]
    ranking = embedded.get(f"/v1/gaps/{ids['resist']}/matches").json()["matches"]
    assert ranking[0]["investor"]["id"] == ids["first"]
    assert answer["pairs"][0]["score"] in {match["score"] for match in ranking}
    assert answer["total"] == sum(pair["score"] for pair in answer["pairs"])
    assert answer["blocking_pairs"] == 0
    left = reasons(answer)
    assert left[ids["second"]] == "outranked"
    assert left[ids["stranger"]] == "nothing_near"
    assert all(one["zh"] and one["en"] for one in answer["unmatched"])


def test_both_methods_tell_of_the_other(embedded: TestClient, ids: Mapping[str, str]) -> None:
    stable, best = allocated(embedded), allocated(embedded, method="best_total")
    assert stable["other_method_total"] == best["total"] >= stable["total"]
    assert best["other_method_total"] == stable["total"]
    assert best["other_method_blocking_pairs"] == 0
    assert stable["other_method_blocking_pairs"] == best["blocking_pairs"]
    assert stable["shared_pairs"] == best["shared_pairs"] <= len(best["pairs"])
    assert stable["candidates"] == best["candidates"]


def test_regions_add_up_to_the_whole(embedded: TestClient, ids: Mapping[str, str]) -> None:
    answer = allocated(embedded)
    regions = answer["by_region"]
    assert sum(region["pairs"] for region in regions) == len(answer["pairs"])
    assert sum(region["total"] for region in regions) == answer["total"]
    assert sum(region["gaps"] for region in regions) == answer["gaps"] == 2
    assert sum(region["places"] for region in regions) == 3


def test_caps_are_kept_and_said(embedded: TestClient, ids: Mapping[str, str]) -> None:
    answer = allocated(embedded, method="best_total", caps={"chain": {"ic": 0}})
    assert ids["resist"] not in {pair["gap_id"] for pair in answer["pairs"]}
    left = reasons(answer)
    assert left[ids["resist"]] == left[ids["first"]] == "cap"
    whole = allocated(embedded, method="best_total")
    assert whole["total"] > answer["total"]


def test_floors_are_kept_or_refused(embedded: TestClient, ids: Mapping[str, str]) -> None:
    region = embedded.get(f"/v1/gaps/{ids['resist']}").json()
    zone = region["zone_id"]
    answer = allocated(embedded, method="best_total", floors={"zone": {zone: 1}})
    assert answer["pairs"]
    refused = embedded.post(
        "/v1/allocations", json={"method": "best_total", "floors": {"zone": {zone: 50}}}
    )
    assert refused.status_code == 422
    assert refused.json()["title"] == "No allocation keeps these floors and caps"
    assert f"zone {zone}: at least 50" in refused.json()["detail"]
    elsewhere = {"method": "best_total", "floors": {"zone": {"CNHTZ-1101": 1}}}
    nothing = embedded.post("/v1/allocations", json=elsewhere)
    assert (nothing.status_code, "0 are possible" in nothing.text) == (422, True)
    above = {
        "method": "best_total",
        "floors": {"region": {"east": 2}},
        "caps": {"region": {"east": 1}},
    }
    refused = embedded.post("/v1/allocations", json=above)
    assert "region east: at least 2, but at most 1" in refused.json()["detail"]


def test_who_takes_part_can_be_named_and_narrowed(
    embedded: TestClient, ids: Mapping[str, str]
) -> None:
    named = allocated(
        embedded, investor_ids=[ids["second"], ids["second"]], gap_ids=[ids["resist"]]
    )
    assert named["pairs"] == [
        {
            "investor_id": ids["second"],
            "gap_id": ids["resist"],
            "score": named["pairs"][0]["score"],
        }
    ]
    narrowed = allocated(embedded, filters={"chain_id": "ic"})
    assert {pair["gap_id"] for pair in narrowed["pairs"]} == {ids["resist"]}
    nobody = allocated(embedded, investor_ids=[], method="best_total")
    assert (nobody["pairs"], nobody["total"], nobody["investors"]) == ([], 0, 0)
    assert reasons(nobody)[ids["resist"]] == "nothing_near"


def test_investors_may_take_several_gaps(embedded: TestClient, ids: Mapping[str, str]) -> None:
    again = register(embedded, "gaps", a_gap(link_id="ic.photoresist", products=[], severity=1))
    one, two = (allocated(embedded, investor_capacity=n) for n in (1, 2))
    assert len(two["pairs"]) >= len(one["pairs"])
    of_first = {p["gap_id"] for p in two["pairs"] if p["investor_id"] == ids["first"]}
    assert {ids["resist"], again["id"]} <= of_first


def test_a_closed_gap_and_one_who_opted_out_are_said_to_be(
    embedded: TestClient, ids: Mapping[str, str]
) -> None:
    embedded.patch(f"/v1/investors/{ids['first']}", json={"opt_out": True})
    embedded.delete(f"/v1/gaps/{ids['membrane']}")
    answer = allocated(
        embedded, investor_ids=[ids["first"]], gap_ids=[ids["resist"], ids["membrane"]]
    )
    left = reasons(answer)
    assert left[ids["first"]] == left[ids["membrane"]] == "standing"
    assert left[ids["resist"]] == "nothing_near"
    assert ids["first"] not in {p["investor_id"] for p in allocated(embedded)["pairs"]}


def test_the_gate_that_stops_both_sides_is_named(embedded: TestClient) -> None:
    gap = register(embedded, "gaps", a_gap(products=[], technology_level_floor=5))["id"]
    low = an_investor(products=["光刻胶"], technology_level=1)
    investor = register(embedded, "investors", low)["id"]
    answer = allocated(embedded, investor_ids=[investor], gap_ids=[gap])
    assert [(one["id"], one["reason"], one["gate"]) for one in answer["unmatched"]] == [
        (investor, "blocked", "technology_level_floor"),
        (gap, "blocked", "technology_level_floor"),
    ]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"investor_ids": ["inv_nobody"]}, ["body", "investor_ids", 0]),
        ({"gap_ids": ["gap_none"]}, ["body", "gap_ids", 0]),
        ({"filters": {"chain_id": "nothing"}}, ["body", "filters", "chain_id"]),
        ({"policy_id": "nobody-s"}, ["body", "policy_id"]),
        ({"method": "fair"}, ["body", "method"]),
        ({"investor_capacity": 0}, ["body", "investor_capacity"]),
        ({"method": "best_total", "floors": {"zone": {"a b": 1}}}, None),
        (
            {"method": "best_total", "floors": {"zone": {"CNHTZ-0": 1}}},
            ["body", "floors", "zone", "CNHTZ-0"],
        ),
        (
            {"method": "best_total", "caps": {"zone": {"CNHTZ-0": 1}}},
            ["body", "caps", "zone", "CNHTZ-0"],
        ),
        (
            {"method": "best_total", "caps": {"chain": {"nothing": 1}}},
            ["body", "caps", "chain", "nothing"],
        ),
        ({"method": "best_total", "caps": {"region": {"north": 1}}}, None),
        ({"method": "best_total", "caps": {"region": {"east": -1}}}, None),
        ({"caps": {"region": {"east": 1}}}, None),
        ({"floors": {"chain": {"ic": 1}}, "method": "best_total"}, None),
    ],
)
def test_what_is_not_known_is_refused(embedded: TestClient, body: Any, where: Any) -> None:
    answer = embedded.post("/v1/allocations", json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    if where is not None:
        assert where in [error["loc"] for error in answer.json()["errors"]]


def test_too_many_pairs_are_refused_before_anything_is_looked_at(
    embedded: TestClient, ids: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allocations, "MOST_LOOKED_AT", 7)
    answer = embedded.post("/v1/allocations", json={})
    assert answer.status_code == 422
    assert "8 pairs; at most 7 are looked at" in answer.json()["detail"]
