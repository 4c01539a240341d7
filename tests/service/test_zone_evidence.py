"""A score rests on the zone's firms: rankings, receipts and every process follow them."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from matching.preparing import prepare_gap
from service import clock, database
from service.index import Index
from tests.factories import PARTNER, a_gap, a_lead, bearer, register, runtime_of
from tests.service.battery import CELLS, ELECTROLYTE, FIRMS, SEPARATOR, SEPARATOR_MAKER, ZONE

PATH = f"/v1/zones/{ZONE}"
FIRMS_PATH = f"{PATH}/enterprises"


@pytest.fixture
def pair(embedded: TestClient) -> tuple[str, str]:
    """(an investor, a gap) at the separator link of a zone without a list."""
    gap = register(embedded, "gaps", a_gap(link_id=SEPARATOR))["id"]
    return register(embedded, "investors", SEPARATOR_MAKER)["id"], gap


def match_of(client: TestClient, pair: tuple[str, str]) -> dict[str, Any]:
    answer = client.get(f"/v1/investors/{pair[0]}/matches/{pair[1]}")
    assert answer.status_code == 200, answer.text
    return answer.json()["match"]


def linkage(client: TestClient, pair: tuple[str, str]) -> dict[str, Any]:
    found = match_of(client, pair)["components"]
    return next(part for part in found if part["criterion"] == "local_linkage")


def gap_rows(client: TestClient, index: Index) -> dict[str, str]:
    """Every gap as an index holds it."""
    with database.snapshot(runtime_of(client).engine) as session:
        state = index.at(session, clock.china_day())
    return {gap: repr(state.gaps.records[gap].profile) for gap in state.gaps.records}


def test_strong_customers_draw_a_supplier(embedded: TestClient, pair: tuple[str, str]) -> None:
    before = linkage(embedded, pair)
    embedded.put(FIRMS_PATH, json=FIRMS)
    after = linkage(embedded, pair)
    assert after["points"] > before["points"]
    assert any("企业名录" in fact["zh"] for fact in after["evidence"])
    override = f"{PATH}/diagnosis/overrides/{CELLS}"
    embedded.put(override, json={"status": "missing", "reason": "已搬迁"})
    assert linkage(embedded, pair)["points"] < after["points"]
    embedded.delete(override)
    assert linkage(embedded, pair) == after
    moved = {"link_ids": ["battery.bms"], "reason": "实为电池管理系统"}
    for firm in ("B-1", "B-2"):
        embedded.put(f"{FIRMS_PATH}/{firm}/links", json=moved)
    assert linkage(embedded, pair)["points"] < after["points"]


def test_the_zones_level_is_what_honours_vouch_for(embedded: TestClient) -> None:
    gap = register(embedded, "gaps", a_gap(link_id=ELECTROLYTE, kind="weak"))["id"]
    maker = {**SEPARATOR_MAKER, "products": ["电解液"], "technology_level": 4}
    pair = register(embedded, "investors", maker)["id"], gap

    def lift() -> dict[str, Any]:
        parts = match_of(embedded, pair)["components"]
        return next(part for part in parts if part["criterion"] == "weak_link_upgrade")

    embedded.put(FIRMS_PATH, json=FIRMS)
    assert "zone_technology_level" not in lift()["gap_value"]
    honoured = [{**firm, "honours": ["high_tech"]} for firm in FIRMS[2:4]]
    embedded.put(FIRMS_PATH, json=[*FIRMS[:2], *honoured])
    found = lift()
    assert "zone_technology_level 3 (derived)" in found["gap_value"]
    assert "本区现有3" in found["zh"]
    assert "the zone's is 3" in found["en"]


def test_a_receipt_names_changed_evidence(embedded: TestClient, pair: tuple[str, str]) -> None:
    embedded.put(FIRMS_PATH, json=FIRMS)
    held = {"receipt": match_of(embedded, pair)["receipt"]}
    assert embedded.post("/v1/receipts/replay", json=held).status_code == 200
    embedded.put(FIRMS_PATH, json=FIRMS[2:])
    gone = embedded.post("/v1/receipts/replay", json=held)
    assert gone.status_code == 410
    assert f"what the firms of zone {ZONE} say" in gone.json()["detail"]
    embedded.put(FIRMS_PATH, json=FIRMS)
    assert embedded.post("/v1/receipts/replay", json=held).status_code == 200


def test_every_process_holds_the_same(embedded: TestClient, pair: tuple[str, str]) -> None:
    """One that follows the log step by step, and one that reads all of it at the end."""
    runtime = runtime_of(embedded)
    follower = Index(runtime.scorer)
    seen = [gap_rows(embedded, follower)]
    lead = register_lead(embedded, pair[1])
    for change in (
        lambda: embedded.put(FIRMS_PATH, json=FIRMS),
        lambda: embedded.put(
            f"{PATH}/diagnosis/overrides/{CELLS}", json={"status": "weak", "reason": "x"}
        ),
        lambda: embedded.put(
            f"{FIRMS_PATH}/B-6/links", json={"link_ids": [SEPARATOR], "reason": "x"}
        ),
        lambda: embedded.delete(f"{PATH}/diagnosis/overrides/{CELLS}"),
        lambda: land(embedded, lead),
        lambda: embedded.put(FIRMS_PATH, json=[]),
    ):
        assert change().is_success
        seen.append(gap_rows(embedded, follower))
        assert seen[-1] == gap_rows(embedded, Index(runtime.scorer))
        assert seen[-1] != seen[-2]


def register_lead(client: TestClient, gap: str) -> str:
    """A lead of the tests' partner for a gap, accepted and signed."""
    body = a_lead(gap_id=gap, investor={**SEPARATOR_MAKER, "name": "Example Membranes KK"})
    lead = client.post("/v1/leads", json=body, headers=bearer(PARTNER)).json()["id"]
    for to in ("under_review", "accepted", "negotiating", "signed"):
        move(client, lead, to)
    return lead


def move(client: TestClient, lead: str, to: str) -> Any:
    answer = client.post(f"/v1/leads/{lead}/transitions", json={"to": to, "reason": "步骤"})
    assert answer.status_code == 200, answer.text
    return answer


def land(client: TestClient, lead: str) -> Any:
    return move(client, lead, "landed")


def test_a_zone_nobody_speaks_of_is_as_before(embedded: TestClient, pair: tuple[str, str]) -> None:
    state_of = runtime_of(embedded)
    with database.snapshot(state_of.engine) as session:
        state = Index(state_of.scorer).at(session, clock.china_day())
    profile = state.gaps.records[pair[1]].profile
    assert profile.facts.zone.evidence is None
    anew = prepare_gap(profile.facts, state_of.scorer.reference, is_open=True)
    assert repr(anew.row) == repr(profile.row)
