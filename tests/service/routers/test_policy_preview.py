"""What a policy would change: the previewed tops are the rankings once it rules, to the place."""

from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from service import clock
from service.usecases import previews
from tests.factories import a_gap, a_policy, an_investor, register

PATH = "/v1/admin/policies"
ZONES = ("CNHTZ-3205", "CNHTZ-4201", "CNHTZ-6101", "CNHTZ-2201")
"""One of each region."""

SUBJECTS = {"gaps": "gap", "investors": "investor"}


def fill(admin: TestClient) -> dict[str, list[str]]:
    """Six gaps and six investors that please one policy or another; their ids by kind."""
    gaps = [
        a_gap(
            zone_id=ZONES[n % 4],
            kind="weak" if n % 3 else "missing",
            investment_min_cny=10**6 * (n + 1),
            investment_max_cny=10**8 * (n + 1),
            severity=10 * n,
        )
        for n in range(6)
    ]
    investors = [
        an_investor(
            country="CN" if n % 3 == 0 else "JP",
            rd_intensity_pct=1.5 * n,
            planned_investment_max_cny=10 ** (9 - n),
            planned_output_cny=10**9,
            emissions_tco2e=10.0 ** (n + 1),
            preferred_regions=["west"] if n % 2 else ["east"],
        )
        for n in range(6)
    ]
    return {
        "gaps": [register(admin, "gaps", gap)["id"] for gap in gaps],
        "investors": [register(admin, "investors", one)["id"] for one in investors],
    }


def draft(admin: TestClient, **fields: Any) -> str:
    weights = {"weights": {"frontier_technology": 100, "ecology": 3000, "investor_preference": 900}}
    return register(admin, "admin/policies", a_policy(**{**weights, **fields}))["id"]


def preview(admin: TestClient, policy_id: str, **body: Any) -> dict[str, Any]:
    answer = admin.post(f"{PATH}/{policy_id}/preview", json=body)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.json()


def matches_of(admin: TestClient, direction: str, id_: str, top: int) -> list[tuple[str, int]]:
    """Ids and scores of a ranking as it is served."""
    other = "investor" if direction == "gaps" else "gap"
    answer = admin.get(f"/v1/{direction}/{id_}/matches", params={"limit": top}).json()
    return [(match[other]["id"], match["score"]) for match in answer["matches"]]


def told(places: list[dict[str, Any]]) -> list[tuple[str, int]]:
    assert [place["rank"] for place in places] == list(range(1, len(places) + 1))
    return [(place["id"], place["score"]) for place in places]


def check_sums(answer: dict[str, Any]) -> None:
    """Deltas add up to differences of scores, shares to the whole, counts to each other."""
    for move in answer["moves"]:
        deltas = [part["delta"] for part in move["components"]]
        assert sum(deltas) == move["delta"] == move["score_after"] - move["score_before"]
        for side in ("before", "after"):
            assert (
                sum(part[f"points_{side}"] for part in move["components"])
                == (move[f"score_{side}"])
            )
    for side in ("share_before", "share_after"):
        assert sum(region[side] for region in answer["exposure"]) == 10_000
    totals = answer["totals"]
    assert totals["changed"] + totals["unchanged"] == answer["scope"]["subjects"]
    places = [abs(move["places"]) for move in answer["moves"]]
    assert places == sorted(places, reverse=True)


def test_policy_promises(admin: TestClient) -> None:
    """Previewed, activated, rolled back: the previewed tops rule, then the old bytes return."""
    ids = fill(admin)
    path = f"/v1/gaps/{ids['gaps'][0]}/matches"
    old = admin.get(path)
    policy_id = draft(admin)
    seen = {way: preview(admin, policy_id, direction=way, top=3, limit=200) for way in SUBJECTS}
    was = {way: {id_: matches_of(admin, way, id_, 3) for id_ in ids[way]} for way in SUBJECTS}
    assert admin.get(path).content == old.content
    assert admin.post(f"{PATH}/{policy_id}/activate", json={}).status_code == 200
    for way, answer in seen.items():
        check_sums(answer)
        assert answer["moves"], way
        now = {id_: matches_of(admin, way, id_, 3) for id_ in ids[way]}
        changed = {one["subject"]["id"]: one for one in answer["rankings"]}
        assert len(changed) == answer["totals"]["changed"]
        for id_, one in changed.items():
            assert told(one["before"]) == was[way][id_]
            assert told(one["after"]) == now[id_]
        for id_ in set(ids[way]) - set(changed):
            assert [who for who, _ in now[id_]] == [who for who, _ in was[way][id_]]
    ruling = admin.get(path)
    assert ruling.json()["ruleset"] == seen["gaps"]["policy"]["ruleset"]
    day = {"as_of": str(clock.china_day())}
    assert admin.get(path, params=day).json() == ruling.json()
    yesterday = {"as_of": str(clock.china_day() - timedelta(days=1))}
    assert admin.get(path, params=yesterday).content == old.content
    assert ruling.headers["ETag"] != old.headers["ETag"]
    assert admin.post(f"{PATH}/{policy_id}/rollback").status_code == 200
    back = admin.get(path)
    assert (back.content, back.headers["ETag"]) == (old.content, old.headers["ETag"])


Filled = tuple[TestClient, dict[str, list[str]]]


@pytest.fixture
def filled(embedded: TestClient) -> Filled:
    return embedded, fill(embedded)


def test_a_move_names_both_sides_and_says_why(
    filled: Filled,
) -> None:
    admin, ids = filled
    answer = preview(admin, draft(admin), direction="gaps", top=1)
    changes = {move["change"] for move in answer["moves"]}
    assert changes == {"enters", "leaves"}
    totals = answer["totals"]
    assert totals["enters"] == totals["leaves"] == totals["changed"] > 0
    move = next(move for move in answer["moves"] if move["change"] == "enters")
    assert move["subject"]["id"] == move["gap"]["id"] in ids["gaps"]
    assert move["investor"]["id"] in ids["investors"]
    assert move["rank_after"] == 1 < move["rank_before"]
    assert move["zh"].startswith(f"进入前 1 位，由第 {move['rank_before']} 位到第 1 位：")
    assert move["en"].startswith("Enters the top 1, from ")
    assert (answer["against"]["id"], answer["scope"]["limited_by"]) == ("national-2026", None)


def test_without_a_body_each_gap_is_compared(filled: Filled) -> None:
    admin, ids = filled
    policy_id = draft(admin)
    answer = admin.post(f"{PATH}/{policy_id}/preview").json()
    assert (answer["direction"], answer["top"]) == ("gaps", 10)
    assert answer["scope"]["subjects"] == answer["scope"]["of"] == len(ids["gaps"])
    assert answer == preview(admin, policy_id)


def test_regions_show_where_investors_are_asked_for(
    filled: Filled,
) -> None:
    admin, ids = filled
    answer = preview(admin, draft(admin), direction="investors")
    assert answer["scope"]["subjects"] == answer["scope"]["of"] == len(ids["investors"])
    assert answer["scope"]["pairs"] == 36
    before = [region["places_before"] for region in answer["exposure"]]
    assert sum(before) == 36
    check_sums(answer)


def test_a_sample_is_a_part_of_a_larger_one_and_says_so(
    filled: Filled,
) -> None:
    admin, _ = filled
    policy_id = draft(admin)
    two, four, again = (
        preview(admin, policy_id, direction="gaps", sample=n, limit=200) for n in (2, 4, 4)
    )
    assert again == four
    assert (two["scope"]["subjects"], two["scope"]["of"]) == (2, 6)
    assert two["scope"]["limited_by"] == "sample"
    assert two["scope"]["rule"] == "bit_reversed"
    smaller, larger = (
        {one["subject"]["id"] for one in answer["rankings"]} for answer in (two, four)
    )
    assert smaller <= larger


def test_filters_narrow_subjects_and_candidates(
    filled: Filled,
) -> None:
    admin, _ = filled
    policy_id = draft(admin)
    east = preview(admin, policy_id, direction="gaps", region="east")
    assert east["scope"]["of"] == 2
    assert {region["region"] for region in east["exposure"] if region["places_after"]} == {"east"}
    of_investors = preview(
        admin, policy_id, direction="investors", region="west", chain_id="ic", origin="domestic"
    )
    assert (of_investors["scope"]["of"], of_investors["scope"]["pairs"]) == (2, 2)
    assert preview(admin, policy_id, chain_id="nev", limit=0)["scope"]["pairs"] == 0


def test_the_work_of_one_call_is_bounded_and_said(
    filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin, _ = filled
    policy_id = draft(admin)
    monkeypatch.setattr(previews, "MOST_PAIRS", 13)
    monkeypatch.setattr(previews, "MOST_PAIRS_PLAIN", 13)
    answer = preview(admin, policy_id, direction="gaps")
    assert (answer["scope"]["subjects"], answer["scope"]["pairs"]) == (2, 12)
    assert answer["scope"]["limited_by"] == "work"
    monkeypatch.setattr(previews, "MOST_PAIRS", 1)
    monkeypatch.setattr(previews, "MOST_PAIRS_PLAIN", 1)
    assert preview(admin, policy_id, direction="gaps")["scope"]["subjects"] == 1


def test_the_floor_is_named_as_the_gate(filled: Filled) -> None:
    admin, _ = filled
    register(admin, "investors", an_investor(products=["晶圆制造"]))
    policy_id = draft(admin, weights=None, relevance_floor=400)
    answer = preview(admin, policy_id, direction="gaps")
    assert answer["gates"] == [{"gate": "relevance", "stopped": 6, "freed": 0}]
    left = [move for move in answer["moves"] if move["rank_after"] is None]
    assert len(left) == 6
    assert left[0]["stopped_after"]["gate"] == "relevance"
    assert left[0]["stopped_before"] is None
    assert "环节契合度" in left[0]["zh"]
    check_sums(answer)


def test_closed_gaps_and_investors_that_opted_out_are_no_subjects(
    filled: Filled,
) -> None:
    admin, ids = filled
    admin.delete(f"/v1/gaps/{ids['gaps'][0]}")
    admin.patch(f"/v1/investors/{ids['investors'][0]}", json={"opt_out": True})
    policy_id = draft(admin)
    for way in SUBJECTS:
        scope = preview(admin, policy_id, direction=way)["scope"]
        assert (scope["of"], scope["pairs"] > 0) == (5, True)


def test_any_two_policies_can_be_compared(
    filled: Filled,
) -> None:
    admin, _ = filled
    one, other = draft(admin), draft(admin, weights={"link_fit": 5000})
    there = preview(admin, one, against=other, direction="gaps")
    back = preview(admin, other, against=one, direction="gaps")
    assert there["against"]["id"] == back["policy"]["id"] == other
    assert there["totals"]["enters"] == back["totals"]["leaves"]
    assert {abs(move["delta"]) for move in there["moves"]} == {
        abs(move["delta"]) for move in back["moves"]
    }
    same = preview(admin, one, against=one)
    assert (same["moves"], same["rankings"], same["totals"]["changed"]) == ([], [], 0)
    named = preview(admin, one, against="national-2026", direction="gaps")
    assert named == preview(admin, one, direction="gaps")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"against": "pol_nothing"}, "against"),
        ({"chain_id": "nothing"}, "chain_id"),
        ({"top": 0}, "top"),
        ({"top": 51}, "top"),
        ({"limit": 201}, "limit"),
        ({"sample": 0}, "sample"),
        ({"sample": "5"}, "sample"),
        ({"direction": "zones"}, "direction"),
        ({"weights": {}}, "weights"),
    ],
)
def test_what_cannot_be_compared_is_named(
    embedded: TestClient, body: dict[str, Any], field: str
) -> None:
    answer = embedded.post(f"{PATH}/{draft(embedded)}/preview", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == ["body", field]


def test_an_unknown_or_built_in_policy_is_not_previewed(embedded: TestClient) -> None:
    for policy_id in ("pol_nothing", "national-2026"):
        assert embedded.post(f"{PATH}/{policy_id}/preview", json={}).status_code == 404
