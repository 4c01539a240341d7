"""A landscape: counted, previewed, activated; it moves one criterion as it was told to."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from matching.insight import convergence
from tests.factories import a_gap, an_investor, register
from tests.service.chain_editions import PATH, call

MAKE = f"{PATH}/landscape"
WUXI, XIAN, JILIN = "CNHTZ-3203", "CNHTZ-6101", "CNHTZ-2202"
LINKS = ("ic.photoresist", "nev.motor")
DIVERSITY = "cluster_diversity"


@pytest.fixture
def pool(embedded: TestClient) -> TestClient:
    """Gaps at two links that zones of all region groups seek, and investors for both."""
    for zone_id in (WUXI, XIAN, JILIN):
        for link_id in LINKS:
            register(embedded, "gaps", a_gap(zone_id=zone_id, link_id=link_id))
    for product in ("光刻胶", "驱动电机"):
        register(embedded, "investors", an_investor(products=[product]))
    return embedded


def made(client: TestClient, **headers: str) -> dict[str, Any]:
    answer = client.post(MAKE, headers={name.replace("_", "-"): v for name, v in headers.items()})
    assert answer.status_code == 201, answer.text
    return answer.json()


def matches(client: TestClient) -> dict[tuple[str, str], dict[str, Any]]:
    """Every match, by investor and gap."""
    investors = client.get("/v1/investors?limit=100").json()["items"]
    return {
        (investor["id"], match["gap"]["id"]): match
        for investor in investors
        for match in client.get(f"/v1/investors/{investor['id']}/matches").json()["matches"]
    }


def points(match: dict[str, Any]) -> dict[str, int]:
    return {part["criterion"]: part["points"] for part in match["components"]}


def test_a_draft_moves_nothing_and_the_same_state_counts_the_same(pool: TestClient) -> None:
    before = matches(pool)
    one, two = made(pool), made(pool)
    assert (one["kind"], one["status"], one["fault"]) == ("landscape", "draft", None)
    assert one["row_count"] == 377 * 3
    rows = [pool.get(f"{PATH}/{made_['id']}").json()["rows"] for made_ in (one, two)]
    assert rows[0] == rows[1]
    assert "of 179 zones known" in one["source"]
    assert matches(pool) == before


def test_it_changes_diversity_alone_and_as_the_preview_said(pool: TestClient) -> None:
    before, landscape = matches(pool), made(pool)
    told = call(pool, landscape, "preview", sample=100, top=20)
    call(pool, landscape, "activate")
    after = matches(pool)
    assert after.keys() == before.keys()
    assert told["pairs"] == len(after) == 6
    deltas: list[int] = []
    for pair, match in after.items():
        was, is_ = points(before[pair]), points(match)
        assert {key for key in is_ if is_[key] != was[key]} <= {DIVERSITY}
        assert match["score"] - before[pair]["score"] == is_[DIVERSITY] - was[DIVERSITY]
        deltas.append(is_[DIVERSITY] - was[DIVERSITY])
    moved = [delta for delta in deltas if delta]
    assert moved
    assert told["criteria"] == [
        {
            "criterion": DIVERSITY,
            "pairs": len(moved),
            "least": min(moved),
            "most": max(moved),
            "total": sum(moved),
        }
    ]
    answer = pool.get(f"/v1/gaps/{next(iter(after))[1]}/matches").json()
    assert answer["ruleset"] == told["after"]
    assert answer["editions"]["landscape"] == landscape["edition"]
    assert f"landscape {landscape['edition']}" in str(answer)


def test_no_candidate_moves_another_under_a_landscape(pool: TestClient) -> None:
    call(pool, made(pool), "activate")
    before = matches(pool)
    for zone_id in ("CNHTZ-3201", "CNHTZ-3205"):
        register(pool, "gaps", a_gap(zone_id=zone_id))
    register(pool, "investors", an_investor())
    after = matches(pool)
    assert len(after) > len(before)
    assert {pair: after[pair]["score"] for pair in before} == {
        pair: match["score"] for pair, match in before.items()
    }
    live = pool.get("/v1/insights/convergence?chain_id=ic").json()
    assert live["landscape"]["table"] == "landscape"
    link = next(one for one in live["links"] if one["link_id"] == LINKS[0])
    east = link["by_region_group"][0]
    assert east["crowding"] > east["crowding_in_force"]


def test_old_receipts_replay_and_a_rollback_brings_the_old_bytes_back(pool: TestClient) -> None:
    before, landscape = matches(pool), made(pool)
    pair = next(iter(before))
    old = {"receipt": before[pair]["receipt"]}
    replayed = pool.post("/v1/receipts/replay", json=old).content
    call(pool, landscape, "activate")
    new = {"receipt": matches(pool)[pair]["receipt"]}
    assert new != old
    assert pool.post("/v1/receipts/replay", json=old).content == replayed
    call(pool, landscape, "rollback")
    assert matches(pool) == before
    assert pool.post("/v1/receipts/replay", json=new).status_code == 200


def test_a_call_sent_again_makes_no_second(pool: TestClient) -> None:
    one = made(pool, Idempotency_Key="landscape")
    answer = pool.post(MAKE, headers={"Idempotency-Key": "landscape"})
    assert answer.json() == one
    assert answer.headers["Idempotency-Replayed"] == "true"
    assert len(pool.get(PATH).json()["items"]) == 1


def test_where_too_few_zones_are_known_there_is_no_landscape(
    embedded: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(convergence, "LEAST_KNOWN", 1_000)
    answer = embedded.post(MAKE)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:bulian:problem:too-few-known")
    assert embedded.get(PATH).json()["items"] == []


def test_counts_that_cannot_be_are_named_row_by_row(embedded: TestClient) -> None:
    row = {"link_id": "ic.eda", "region_group": "east", "zones_known": 5}
    wrong = {**row, "zones_engaged": 6, "zones_seeking": 6, "zones_holding": 0}
    head = {"name_zh": "布局", "name_en": "Landscape", "edition": "1", "source": "tests"}
    body = {"kind": "landscape", **head, "rows": [wrong, row]}
    answer = embedded.post(PATH, json=body)
    assert answer.status_code == 422
    missing = {tuple(one["loc"]) for one in answer.json()["errors"]}
    assert missing == {
        ("body", "rows", 1, name) for name in ("zones_engaged", "zones_seeking", "zones_holding")
    }
    answer = embedded.post(PATH, json={**body, "rows": [wrong]})
    assert answer.json()["errors"][0]["loc"] == ["body", "rows", 0, "zones_engaged"]
