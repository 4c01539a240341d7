"""Reports over all zones: what they count, what they say where little is known, and their ends."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from service.usecases import exposure
from tests.factories import a_gap, a_zone, an_investor, register

CONVERGENCE = "/v1/insights/convergence"
EXPOSURE = "/v1/insights/exposure"
RESIST = "ic.photoresist"
SUZHOU, WUXI, XIAN = "CNHTZ-3205", "CNHTZ-3203", "CNHTZ-6101"


def ask(client: TestClient, path: str, **query: Any) -> dict[str, Any]:
    answer = client.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def crowd_of(client: TestClient, link_id: str = RESIST) -> dict[str, Any]:
    links = ask(client, CONVERGENCE, chain_id=link_id.partition(".")[0])["links"]
    return next(link for link in links if link["link_id"] == link_id)


def place(parts: list[dict[str, Any]], key: str, value: str) -> tuple[int, int, int]:
    found = next(part for part in parts if part[key] == value)
    return found["seeking"], found["holding"], found["engaged"]


def test_an_open_gap_is_counted_where_it_is_and_a_closed_one_is_not(embedded: TestClient) -> None:
    before = crowd_of(embedded)
    gap = register(embedded, "gaps", a_gap(zone_id=WUXI))
    register(embedded, "gaps", a_gap(zone_id=WUXI))
    after = crowd_of(embedded)
    assert after["seeking"] == before["seeking"] + 1
    assert after["holding"] == before["holding"] - 1
    assert after["engaged"] == before["engaged"]
    assert place(after["by_province"], "province_code", "32")[0] == 1
    assert place(after["by_region"], "region", "east")[0] == 1
    assert place(after["by_region"], "region", "west")[0] == 0
    embedded.delete(f"/v1/gaps/{gap['id']}")
    assert crowd_of(embedded)["seeking"] == 1
    register(embedded, "gaps", a_gap(zone_id=WUXI, kind="weak"))
    assert crowd_of(embedded)["holding"] == before["holding"]


def test_crowding_now_and_after_one_project_stand_beside_what_is_in_force(
    embedded: TestClient,
) -> None:
    found = ask(embedded, CONVERGENCE, chain_id="ic")
    assert found["landscape"]["table"] == "zone_chains"
    known = {group["region_group"]: group["zones_known"] for group in found["groups"]}
    assert sum(known.values()) == found["zones_known"] < found["zones"] == 179
    assert not any(group["is_thin"] for group in found["groups"])
    for link in found["links"]:
        for group in link["by_region_group"]:
            count = known[group["region_group"]]
            assert group["crowding"] == int(group["engaged"] / count * 1000 + 0.5)
            assert group["crowding_after"] == int((group["engaged"] + 1) / count * 1000 + 0.5)
            assert group["crowding_in_force"] == group["crowding"]
    assert "derived" in found["notes"][0]["en"]


def test_all_chains_together_are_the_chains_one_by_one(embedded: TestClient) -> None:
    every = ask(embedded, CONVERGENCE)
    for chain in ("ic", "prodsvc"):
        of_chain = [link for link in every["links"] if link["chain_id"] == chain]
        assert of_chain == ask(embedded, CONVERGENCE, chain_id=chain)["links"] != []
    assert len(every["links"]) == 377
    assert any(link["is_scarce"] for link in every["links"])
    assert every["project"] is None


def test_alike_zones_are_listed_with_both_indices(embedded: TestClient) -> None:
    code = register(embedded, "zones", a_zone(leading_chains=["ic"]))["id"]
    twin = register(embedded, "zones", a_zone(leading_chains=["ic"]))["id"]
    found = ask(embedded, CONVERGENCE, chain_id="ic", limit=100)["alike"]
    assert found["pairs"] == found["compared"] * (found["compared"] - 1) // 2
    pairs = {tuple(zone["id"] for zone in one["zones"]): one for one in found["items"]}
    one = pairs[code, twin]
    assert (one["similarity"], one["specialisation"]) == (1000, 0)
    figures = [(-one["similarity"], one["specialisation"]) for one in found["items"]]
    assert figures == sorted(figures)


def test_one_more_project_is_told_for_the_zone_asked_for(embedded: TestClient) -> None:
    code = register(embedded, "zones", a_zone(leading_chains=["ic"]))["id"]
    (same,) = ask(embedded, CONVERGENCE, chain_id="ic", zone_id=code)["project"]
    assert (same["entropy_before"], same["entropy_after"]) == (0, 0)
    assert same["similarity_before"] == same["similarity_after"]
    (other,) = ask(embedded, CONVERGENCE, chain_id="nev", zone_id=code)["project"]
    assert other["entropy_after"] == 693
    assert len(ask(embedded, CONVERGENCE, zone_id=code)["project"]) == 15
    unknown = register(embedded, "zones", a_zone(leading_chains=[]))["id"]
    assert ask(embedded, CONVERGENCE, zone_id=unknown)["project"] is None


def test_a_link_near_to_what_a_zone_does_comes_before_a_far_one(embedded: TestClient) -> None:
    register(embedded, "gaps", a_gap(zone_id=WUXI))
    path = f"/v1/zones/{WUXI}/related-links"
    found = ask(embedded, path, limit=100)
    assert (found["method"], found["zone"]["id"]) == ("density", WUXI)
    first = found["items"][0]
    assert (first["link_id"], first["gap_kind"], first["steps"]) == (RESIST, "missing", 1)
    assert len(first["nearest"]) == 3
    assert first["why"]["en"].endswith("one edge from the nearest link it holds")
    densities = [one["density"] for one in found["items"] if one["density"] is not None]
    assert densities == sorted(densities, reverse=True)
    assert ask(embedded, path, chain_id="ic")["lacks"] == 1
    assert found["holds"] + found["lacks"] == 377


def test_of_an_unknown_zone_nothing_is_said_to_lie_near(embedded: TestClient) -> None:
    code = register(embedded, "zones", a_zone(leading_chains=[]))["id"]
    register(embedded, "gaps", a_gap(zone_id=code))
    found = ask(embedded, f"/v1/zones/{code}/related-links")
    assert (found["method"], found["items"], found["holds"], found["lacks"]) == (
        "none", [], None, None,
    )  # fmt: skip
    assert "declare" in found["notes"][0]["en"]


def shown_to(client: TestClient, top: int) -> list[tuple[str, str, str]]:
    """Zone, region and origin of every place of every ranking, as the rankings themselves say."""
    return [
        (match["gap"]["zone"]["id"], match["gap"]["zone"]["region"], investor["origin"])
        for investor in client.get("/v1/investors?limit=100").json()["items"]
        for match in client.get(f"/v1/investors/{investor['id']}/matches?limit={top}").json()[
            "matches"
        ]
    ]


@pytest.fixture
def pool(embedded: TestClient) -> TestClient:
    """Five investors, one of whom wants no match; gaps of three zones, one that nobody meets."""
    for zone_id in (SUZHOU, WUXI, WUXI, XIAN):
        register(embedded, "gaps", a_gap(zone_id=zone_id))
    register(embedded, "gaps", a_gap(zone_id="CNHTZ-2202", link_id="nev.motor"))
    for country in ("JP", "CN", "HK", "DE"):
        register(embedded, "investors", an_investor(country=country))
    register(embedded, "investors", an_investor(opt_out=True))
    return embedded


@pytest.mark.parametrize("top", [1, 2, 10])
def test_exposure_counts_what_the_rankings_show(pool: TestClient, top: int) -> None:
    found, places = ask(pool, EXPOSURE, top=top), shown_to(pool, top)
    assert found["places"] == len(places) == 4 * min(top, 4)
    zones = {one["zone"]["id"]: one["places"] for one in found["zones"]}
    seen = [zone for zone, _, _ in places]
    assert zones == {zone: seen.count(zone) for zone in (SUZHOU, WUXI, XIAN, "CNHTZ-2202")}
    regions = {one["region"]: one["places"] for one in found["regions"]}
    of_region = [region for _, region, _ in places]
    assert regions == {region: of_region.count(region) for region in regions}
    assert len(regions) == 4
    for one in found["origins"]:
        mine = [region for _, region, origin in places if origin == one["origin"]]
        assert one["places"] == len(mine)
        assert one["by_region"] == {region: mine.count(region) for region in regions}
    assert found["by_zone"]["never_shown"] == list(zones.values()).count(0)
    assert found["scope"]["is_whole"]
    assert (found["scope"]["investors"], found["scope"]["of"], found["gaps"]) == (4, 4, 5)


def test_shares_add_up_and_stand_beside_what_is_due(pool: TestClient) -> None:
    found = ask(pool, EXPOSURE)
    for rows in (found["zones"], found["regions"], found["provinces"], found["origins"]):
        assert sum(row["share"] for row in rows) == 10_000
        assert sum(row["due"] for row in rows) == 10_000
    first = found["zones"][0]
    assert (first["zone"]["id"], first["gaps"], first["places"], first["due"]) == (WUXI, 2, 8, 4000)
    assert found["by_zone"]["share_of_first"] == first["share"] == 5000
    # places 8, 4, 4, 0: all differences 2 * (4 + 4 + 8 + 0 + 4 + 4) / (2 * 16 * 4)
    assert found["by_zone"]["gini"] == 375
    assert ask(pool, EXPOSURE) == found


def test_of_a_large_pool_a_sample_is_counted_and_told(
    pool: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exposure, "MOST_INVESTORS", 2)
    scope = ask(pool, EXPOSURE)["scope"]
    assert (scope["investors"], scope["of"], scope["is_whole"]) == (2, 4, False)
    assert scope["rule"] == "bit_reversed"
    monkeypatch.setattr(exposure, "MOST_PAIRS_PLAIN", 4)
    scope = ask(pool, EXPOSURE, top=9)["scope"]
    assert (scope["investors"], scope["pairs"]) == (1, 4)


def test_nobody_and_nothing_is_no_inequality(embedded: TestClient) -> None:
    found = ask(embedded, EXPOSURE)
    assert (found["zones"], found["places"], found["gaps"]) == ([], 0, 0)
    assert found["by_zone"]["gini"] is None
    assert [row["share"] for row in found["regions"]] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    "path", [CONVERGENCE, EXPOSURE, f"/v1/zones/{SUZHOU}/related-links?limit=1"]
)
def test_a_report_is_kept_until_something_changes(pool: TestClient, path: str) -> None:
    first, again = pool.get(path), pool.get(path)
    assert first.headers["Cache-Status"] == "bulian; fwd=miss"
    assert again.headers["Cache-Status"] == "bulian; hit"
    assert again.content == first.content
    held = pool.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert held.status_code == 304
    anew = pool.get(path, headers={"Cache-Control": "no-cache"})
    assert (anew.headers["Cache-Status"], anew.content) == ("bulian; fwd=bypass", first.content)
    register(pool, "gaps", a_gap(zone_id=XIAN))
    later = pool.get(path)
    assert later.json()["event"] > first.json()["event"]


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (f"{CONVERGENCE}?chain_id=zz", "chain_id"),
        (f"{CONVERGENCE}?chain_id=%00", "chain_id"),
        (f"{CONVERGENCE}?zone_id=NOPE", "zone_id"),
        (f"{CONVERGENCE}?limit=0", "limit"),
        (f"{CONVERGENCE}?limit=99999999999999999999", "limit"),
        (f"{CONVERGENCE}?colour=red", "colour"),
        (f"{EXPOSURE}?top=51", "top"),
        (f"{EXPOSURE}?policy_id=nope", "policy_id"),
        (f"{EXPOSURE}?as_of=1000-01-01", "as_of"),
        (f"/v1/zones/{SUZHOU}/related-links?chain_id=zz", "chain_id"),
        (f"/v1/zones/{SUZHOU}/related-links?limit=101", "limit"),
    ],
)
def test_what_is_not_known_is_refused_by_its_name(
    embedded: TestClient, path: str, field: str
) -> None:
    answer = embedded.get(path)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == ["query", field]


def test_an_unknown_zone_has_no_related_links(embedded: TestClient) -> None:
    assert embedded.get("/v1/zones/NOPE/related-links").status_code == 404
