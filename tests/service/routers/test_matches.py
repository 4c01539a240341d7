"""Rankings over HTTP, as a zone office and an investor's desk ask for them."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.factories import a_gap, an_investor, register

WEST = "CNHTZ-6101"
FULL = {
    "industry_codes": [{"scheme": "gb4754", "code": "3985"}],
    "planned_investment_max_cny": 500_000_000,
    "technology_level": 4,
}


def ranking(client: TestClient, path: str, **query: Any) -> dict[str, Any]:
    answer = client.get(f"/v1/{path}/matches", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def component(match: dict[str, Any], criterion: str) -> dict[str, Any]:
    return next(c for c in match["components"] if c["criterion"] == criterion)


def test_a_photoresist_maker_finds_photoresist_gaps_before_wafers(portal: TestClient) -> None:
    maker = register(portal, "investors", an_investor(**FULL))
    assert maker["placement"][0]["link_id"] == "ic.photoresist"
    wafer = register(portal, "gaps", a_gap(link_id="ic.wafer_si"))
    missing = register(portal, "gaps", a_gap(technology_level_wanted=4))
    weak = register(portal, "gaps", a_gap(kind="weak", technology_level_wanted=4))
    answer = ranking(portal, f"investors/{maker['id']}")
    assert answer["eligible"] == 3
    assert answer["matches"][2]["gap"]["id"] == wafer["id"]
    by_id = {m["gap"]["id"]: m for m in answer["matches"]}
    assert component(by_id[missing["id"]], "missing_link_anchor")["points"] > 0
    assert component(by_id[weak["id"]], "weak_link_upgrade")["points"] > 0
    for match in answer["matches"]:
        assert sum(c["points"] for c in match["components"]) == match["score"]
        assert sum(match["pillars"].values()) == match["score"]


def test_both_directions_and_the_pair_agree(portal: TestClient) -> None:
    maker = register(portal, "investors", an_investor(**FULL))
    gap = register(portal, "gaps", a_gap(severity=70, title_zh="光刻胶"))
    one = ranking(portal, f"investors/{maker['id']}")["matches"][0]
    other = ranking(portal, f"gaps/{gap['id']}")["matches"][0]
    pair = portal.get(f"/v1/investors/{maker['id']}/matches/{gap['id']}").json()
    assert one["gap"]["title_zh"] == "光刻胶"
    assert other["investor"]["id"] == maker["id"]
    for name in ("score", "coverage", "components", "pillars", "receipt", "fdi_relevance"):
        assert one[name] == other[name] == pair["match"][name]
    assert pair["gates"] == []


def test_moving_a_gap_to_the_west_moves_the_orientation_and_says_why(portal: TestClient) -> None:
    maker = register(portal, "investors", an_investor(**FULL))
    gap = register(portal, "gaps", a_gap())
    path = f"/v1/investors/{maker['id']}/matches/{gap['id']}"
    east = component(portal.get(path).json()["match"], "regional_orientation")
    assert portal.patch(f"/v1/gaps/{gap['id']}", json={"zone_id": WEST}).status_code == 200
    west = component(portal.get(path).json()["match"], "regional_orientation")
    assert (east["value"], west["value"]) == (1000, 900)
    assert "东部高新区侧重" in east["zh"]
    assert "中西部高新区注重" in west["zh"]


def test_a_counterfactual_applied_gives_exactly_its_points(portal: TestClient) -> None:
    maker = register(portal, "investors", an_investor())
    gap = register(portal, "gaps", a_gap(investment_min_cny=10**9))
    path = f"/v1/investors/{maker['id']}/matches/{gap['id']}"
    match = portal.get(path).json()["match"]
    promise = next(c for c in match["counterfactuals"] if "rd_centre_committed" in c["change"])
    portal.patch(f"/v1/investors/{maker['id']}", json=promise["change"])
    assert portal.get(path).json()["match"]["score"] == match["score"] + promise["points"]


GENE = {"products": ["基因治疗"], "industry_codes": [{"scheme": "gb4754", "code": "7340"}]}
CELLS = {"link_id": "biopharma.cgt", "zone_id": "CNHTZ-4201"}


def test_a_prohibited_field_is_blocked_for_foreign_investors_only(portal: TestClient) -> None:
    foreign = register(portal, "investors", an_investor(**GENE))
    domestic = register(portal, "investors", an_investor(**GENE, country="CN"))
    gap = register(portal, "gaps", a_gap(**CELLS))
    answer = ranking(portal, f"investors/{foreign['id']}")
    assert (answer["matches"], answer["blocked_total"]) == ([], 1)
    assert answer["blocked"][0]["gap_id"] == gap["id"]
    assert "第17项" in answer["blocked"][0]["zh"]
    assert ranking(portal, f"investors/{domestic['id']}")["eligible"] == 1
    blocked = ranking(portal, f"gaps/{gap['id']}")
    assert [b["investor_id"] for b in blocked["blocked"]] == [foreign["id"]]
    pair = portal.get(f"/v1/investors/{foreign['id']}/matches/{gap['id']}")
    assert pair.status_code == 200
    assert pair.json()["match"] is None
    assert pair.json()["gates"][0]["verdict"] == "blocked"


def test_a_code_alone_asks_for_a_check(portal: TestClient) -> None:
    codes = [{"scheme": "gb4754", "code": "7340"}]
    maker = register(portal, "investors", an_investor(industry_codes=codes))
    register(portal, "gaps", a_gap())
    match = ranking(portal, f"investors/{maker['id']}")["matches"][0]
    assert [c["verdict"] for c in match["conditions"]] == ["check"]


def test_pages_cut_one_order(portal: TestClient) -> None:
    maker = register(portal, "investors", an_investor(**FULL))
    for severity in range(7):
        register(portal, "gaps", a_gap(severity=severity))
    whole = ranking(portal, f"investors/{maker['id']}")["matches"]
    paged: list[dict[str, Any]] = []
    cursor = None
    while True:
        query = {"limit": 3} if cursor is None else {"limit": 3, "cursor": cursor}
        page = ranking(portal, f"investors/{maker['id']}", **query)
        paged += page["matches"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert paged == whole
    assert [m["rank"] for m in paged] == list(range(1, 8))
    assert [m["gap"]["severity"] for m in paged] == list(range(6, -1, -1))


@pytest.mark.parametrize(
    ("query", "eligible"),
    [
        ({}, 3),
        ({"kind": "weak"}, 1),
        ({"chain_id": "ic"}, 3),
        ({"chain_id": "battery"}, 0),
        ({"region": "west"}, 1),
        ({"province_code": "32"}, 2),
        ({"origin": "foreign"}, 3),
        ({"origin": "domestic"}, 0),
        ({"policy_id": "national-2026", "as_of": "2026-06-01"}, 3),
    ],
)
def test_filters_narrow_the_pool(
    embedded: TestClient, query: dict[str, str], eligible: int
) -> None:
    maker = register(embedded, "investors", an_investor())
    for gap in ({}, {"kind": "weak"}, {"zone_id": WEST}):
        register(embedded, "gaps", a_gap(**gap))
    assert ranking(embedded, f"investors/{maker['id']}", **query)["eligible"] == eligible


def test_filters_hold_for_a_gap_too(embedded: TestClient) -> None:
    register(embedded, "investors", an_investor())
    register(embedded, "investors", an_investor(country="CN"))
    gap = register(embedded, "gaps", a_gap())
    assert ranking(embedded, f"gaps/{gap['id']}", origin="domestic")["eligible"] == 1
    assert ranking(embedded, f"gaps/{gap['id']}", kind="weak")["eligible"] == 0


def test_a_least_score_narrows_what_is_listed_only(embedded: TestClient) -> None:
    maker = register(embedded, "investors", an_investor())
    register(embedded, "gaps", a_gap())
    answer = ranking(embedded, f"investors/{maker['id']}", min_score=10_000)
    assert (answer["eligible"], answer["matches"]) == (1, [])


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "101"}, "limit"),
        ({"cursor": "nonsense"}, "cursor"),
        ({"cursor": "é"}, "cursor"),
        ({"chain_id": "nope"}, "chain_id"),
        ({"province_code": "99"}, "province_code"),
        ({"region": "south"}, "region"),
        ({"policy_id": "nope"}, "policy_id"),
        ({"as_of": "2020-01-01"}, "as_of"),
        ({"diversify": "maybe"}, "diversify"),
        ({"minscore": "1"}, "minscore"),
    ],
)
def test_a_faulty_query_is_refused_with_its_field(
    embedded: TestClient, query: dict[str, str], field: str
) -> None:
    maker = register(embedded, "investors", an_investor())
    answer = embedded.get(f"/v1/investors/{maker['id']}/matches", params=query)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert field in answer.json()["errors"][0]["loc"]


@pytest.mark.parametrize(
    "path",
    [
        "/v1/investors/inv_none/matches",
        "/v1/gaps/gap_none/matches",
        "/v1/investors/inv_none/matches/gap_none",
        "/v1/investors/{maker}/matches/gap_none",
    ],
)
def test_what_is_not_there_is_a_404(embedded: TestClient, path: str) -> None:
    maker = register(embedded, "investors", an_investor())
    answer = embedded.get(path.format(maker=maker["id"]))
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_partners_read_no_rankings(partner: TestClient) -> None:
    assert partner.get("/v1/investors/inv_x/matches").status_code == 403
    assert partner.get("/v1/gaps/gap_x/matches").status_code == 403
