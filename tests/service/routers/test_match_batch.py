"""Many rankings in one call, and what else is asked of a ranking: stability, receipts."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from matching import receipt
from matching.vocabulary import Kind
from tests.factories import a_gap, an_investor, register
from tests.matching.making import RULES

WEST = "CNHTZ-6101"


def match(client: TestClient, **body: Any) -> dict[str, Any]:
    answer = client.post("/v1/match", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()["results"]


def test_stored_and_unsaved_subjects_rank_like_the_single_calls(portal: TestClient) -> None:
    maker = register(portal, "investors", an_investor())
    gap = register(portal, "gaps", a_gap())
    register(portal, "gaps", a_gap(zone_id=WEST))
    unsaved = an_investor()
    results = match(
        portal,
        queries={
            "of investor": {"investor_id": maker["id"]},
            "of gap": {"gap_id": gap["id"]},
            "unsaved": {"investor": unsaved},
        },
    )
    assert list(results) == ["of investor", "of gap", "unsaved"]
    assert results["of investor"] == portal.get(f"/v1/investors/{maker['id']}/matches").json()
    assert results["of gap"] == portal.get(f"/v1/gaps/{gap['id']}/matches").json()
    scores = [m["score"] for m in results["unsaved"]["matches"]]
    assert scores == [m["score"] for m in results["of investor"]["matches"]]
    assert portal.get("/v1/investors").json()["items"][0]["id"] == maker["id"]
    assert len(portal.get("/v1/investors").json()["items"]) == 1


def test_filters_limits_and_exclusions_hold(portal: TestClient) -> None:
    maker = register(portal, "investors", an_investor())
    east = register(portal, "gaps", a_gap())
    west = register(portal, "gaps", a_gap(zone_id=WEST))
    results = match(
        portal,
        queries={
            "east": {"investor_id": maker["id"], "region": "east"},
            "none": {"investor_id": maker["id"], "min_score": 10_000},
            "all": {"investor_id": maker["id"]},
        },
        limit=1,
        exclude_pairs=[{"investor_id": maker["id"], "gap_id": west["id"]}],
    )
    assert [m["gap"]["id"] for m in results["east"]["matches"]] == [east["id"]]
    assert results["none"]["matches"] == []
    assert [m["gap"]["id"] for m in results["all"]["matches"]] == [east["id"]]
    assert results["all"]["eligible"] == 1
    listed = match(
        portal,
        queries={"q": {"gap_id": east["id"]}},
        exclude_pairs=[[maker["id"], east["id"]]],
    )
    assert listed["q"]["eligible"] == 0


def test_weights_of_ones_own_are_scaled_and_told(portal: TestClient) -> None:
    maker = register(portal, "investors", an_investor())
    register(portal, "gaps", a_gap())
    plain = match(portal, queries={"q": {"investor_id": maker["id"]}})["q"]
    tried = match(
        portal,
        queries={"q": {"investor_id": maker["id"]}},
        weights={"regional_orientation": 5000},
    )["q"]
    assert tried["ruleset"] != plain["ruleset"]
    components = tried["matches"][0]["components"]
    assert sum(c["weight"] for c in components) == 10_000
    held = {c["criterion"]: c["weight"] for c in components}
    assert held["regional_orientation"] == 5000
    assert sum(c["points"] for c in components) == tried["matches"][0]["score"]


def test_orientation_of_ones_own_moves_only_where_it_is_named(portal: TestClient) -> None:
    maker = register(portal, "investors", an_investor())
    register(portal, "gaps", a_gap())
    register(portal, "gaps", a_gap(zone_id=WEST))
    queries = {"q": {"investor_id": maker["id"]}}
    plain, nothing = match(portal, queries=queries)["q"], dict.fromkeys(Kind, 0)
    tried = match(portal, queries=queries, orientation={"west": nothing})["q"]

    def points(found: dict[str, Any], region: str) -> int:
        one = next(m for m in found["matches"] if m["gap"]["zone"]["region"] == region)
        held = {c["criterion"]: c["points"] for c in one["components"]}
        return held["regional_orientation"]

    assert points(tried, "west") == 0 < points(plain, "west")
    assert points(tried, "east") == points(plain, "east")
    assert tried["ruleset"] != plain["ruleset"]


@pytest.mark.parametrize(
    ("body", "loc", "told"),
    [
        ({"queries": {}}, ["body", "queries"], ""),
        ({"queries": {"q": {}}}, ["body", "queries", "q"], "exactly one"),
        ({"queries": {"q": {"investor_id": "a", "gap_id": "b"}}}, ["body", "queries", "q"], ""),
        ({"queries": {"q": {"gap_id": "b", "nope": 1}}}, ["body", "queries", "q", "nope"], ""),
        (
            {"queries": {"q": {"gap_id": "b"}}, "weights": {"link_fti": 1}},
            ["body", "weights"],
            "link_fit",
        ),
        (
            {
                "queries": {"q": {"gap_id": "b"}},
                "orientation": {"east": {"services": 1001}},
            },
            ["body", "orientation"],
            "from 0 to 1000",
        ),
        (
            {"queries": {"q": {"gap_id": "b"}}, "orientation": {"south": {}}},
            ["body", "orientation", "south", "[key]"],
            "",
        ),
        ({"queries": {"q": {"gap_id": "b"}}, "policy_id": "nope"}, ["body", "policy_id"], "known"),
        (
            {"queries": {"q": {"gap_id": "b", "chain_id": "nope"}}},
            ["body", "queries", "q", "chain_id"],
            "nope",
        ),
        (
            {"queries": {"q": {"gap_id": "b"}}, "exclude_pairs": [["a"]]},
            ["body", "exclude_pairs", 0],
            "",
        ),
        (
            {
                "queries": {
                    "q": {
                        "investor": {
                            "name": "x",
                            "country": "JP",
                            "industry_codes": [{"scheme": "gb4754", "code": "0000"}],
                        }
                    }
                }
            },
            ["body", "queries", "q", "investor", "industry_codes", 0, "code"],
            "",
        ),
    ],
)
def test_a_faulty_batch_is_refused_with_its_place(
    embedded: TestClient, body: dict[str, Any], loc: list[Any], told: str
) -> None:
    answer = embedded.post("/v1/match", json=body)
    assert answer.status_code == 422
    error = answer.json()["errors"][0]
    assert error["loc"][: len(loc)] == loc
    assert told in error["msg"]


@pytest.mark.parametrize("query", [{"investor_id": "inv_x"}, {"gap_id": "gap_x"}])
def test_an_unknown_subject_is_a_404(embedded: TestClient, query: dict[str, str]) -> None:
    assert embedded.post("/v1/match", json={"queries": {"q": query}}).status_code == 404


def test_diversified_no_zone_takes_more_than_its_share(portal: TestClient) -> None:
    maker = register(portal, "investors", an_investor())
    for zone in ["CNHTZ-3205"] * 4 + [WEST] * 2 + ["CNHTZ-4201"]:
        register(portal, "gaps", a_gap(zone_id=zone))
    path = f"/v1/investors/{maker['id']}/matches"
    plain = portal.get(path).json()["matches"]
    mixed = portal.get(path, params={"diversify": "zone"}).json()["matches"]
    assert {m["gap"]["id"] for m in plain} == {m["gap"]["id"] for m in mixed}
    assert len({m["gap"]["zone"]["id"] for m in mixed[:3]}) == 3
    rank = {m["gap"]["id"]: m["rank"] for m in plain}
    assert [m["rank"] for m in mixed] == [rank[m["gap"]["id"]] for m in mixed]
    first = portal.get(path, params={"diversify": "zone", "limit": 4}).json()
    second = portal.get(
        path, params={"diversify": "zone", "limit": 4, "cursor": first["next_cursor"]}
    ).json()
    assert first["matches"] + second["matches"] == mixed
    chains = portal.get(path, params={"diversify": "chain"}).json()["matches"]
    assert [m["rank"] for m in chains] == list(range(1, 8))


def test_a_receipt_replays_to_the_same_match(portal: TestClient) -> None:
    maker = register(portal, "investors", an_investor())
    gap = register(portal, "gaps", a_gap())
    pair = portal.get(f"/v1/investors/{maker['id']}/matches/{gap['id']}").json()["match"]
    again = portal.post("/v1/receipts/replay", json={"receipt": pair["receipt"]})
    assert again.status_code == 200
    assert again.json()["match"] == pair


@pytest.mark.parametrize("what", ["investor", "gap", "zone", "ruleset"])
def test_a_receipt_whose_inputs_changed_says_what(admin: TestClient, what: str) -> None:
    maker = register(admin, "investors", an_investor())
    gap = register(admin, "gaps", a_gap())
    line = admin.get(f"/v1/gaps/{gap['id']}/matches").json()["matches"][0]["receipt"]
    if what == "investor":
        admin.patch(f"/v1/investors/{maker['id']}", json={"jobs": 5})
    if what == "gap":
        admin.patch(f"/v1/gaps/{gap['id']}", json={"jobs": 5})
    if what == "zone":
        admin.patch("/v1/zones/CNHTZ-3205", json={"leading_chains": ["nev"]})
    if what == "ruleset":
        weighed = admin.post(
            "/v1/match", json={"queries": {"q": {"gap_id": gap["id"]}}, "weights": {"ecology": 1}}
        )
        line = weighed.json()["results"]["q"]["matches"][0]["receipt"]
    answer = admin.post("/v1/receipts/replay", json={"receipt": line})
    assert answer.status_code == 410
    assert what in answer.json()["detail"]


def test_a_receipt_of_a_pair_that_opted_out_is_gone(admin: TestClient) -> None:
    gap = register(admin, "gaps", a_gap(valid_until="2020-01-01"))
    maker = register(admin, "investors", an_investor())
    line = make_receipt(maker["id"], gap["id"])
    answer = admin.post("/v1/receipts/replay", json={"receipt": line})
    assert answer.status_code == 410
    assert "period" in answer.json()["detail"]


def make_receipt(investor_id: str, gap_id: str) -> str:
    """A receipt of a pair that has none now: its gap was open once."""
    rules = RULES
    made = receipt.Receipt(
        rules.digest, rules.policy.id, 1, investor_id, 1, gap_id, 1, "CNHTZ-3205", 1
    )
    return receipt.write(made)


def test_what_is_no_receipt_is_refused(embedded: TestClient) -> None:
    answer = embedded.post("/v1/receipts/replay", json={"receipt": "r1.nonsense"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == ["body", "receipt"]


def test_stability_tells_how_much_of_the_top_survives(portal: TestClient) -> None:
    maker = register(portal, "investors", an_investor())
    gaps = [register(portal, "gaps", a_gap(severity=n))["id"] for n in range(5)]
    path = f"/v1/investors/{maker['id']}/stability"
    first, second = portal.get(path), portal.get(path)
    assert first.content == second.content
    assert second.headers["cache-status"] == "bulian; hit"
    answer = first.json()
    assert answer["top"] == [gaps[4], gaps[3], gaps[2]]
    assert (answer["same_first"], answer["same_top"]) == (10_000, 10_000)
    assert [m["method"] for m in answer["methods"]] == ["topsis", "promethee_ii"]
    other = portal.get(f"/v1/gaps/{gaps[0]}/stability").json()
    assert other["top"] == [maker["id"]]
    assert other["subject"]["type"] == "gap"


@pytest.mark.parametrize("path", ["investors/inv_x", "gaps/gap_x"])
def test_stability_of_nobody_is_a_404(embedded: TestClient, path: str) -> None:
    assert embedded.get(f"/v1/{path}/stability").status_code == 404
