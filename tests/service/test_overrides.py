"""Officers' words on links and firms: they stand before what is computed, and outlive lists."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from matching.diagnosis.strength import Counted
from service.scorer import Scorer
from tests.factories import OTHER_PORTAL
from tests.service.battery import (
    CELLS,
    FIRMS,
    PATH,
    SEPARATOR,
    as_key,
    computed,
    diagnosed,
    link_of,
    outcome,
    send,
)


def test_an_officers_word_stands_until_withdrawn(office: TestClient) -> None:
    said = {"status": "weak", "reason": "尚未量产"}
    path = f"{PATH}/diagnosis/overrides/{CELLS}"
    first = office.put(path, json=said)
    assert (first.status_code, first.json()["version"]) == (200, 1)
    assert office.put(path, json=said).json() == first.json()
    link = link_of(office, CELLS)
    assert (link["status"], link["computed_status"]) == ("weak", "strong")
    assert (link["override"]["reason"], link["gap"]["kind"]) == ("尚未量产", "weak")
    assert outcome(computed(office), CELLS)[0] == "registered"
    changed = office.put(path, json={**said, "status": "steady"}).json()
    assert changed["version"] == 2
    assert as_key(office, OTHER_PORTAL).delete(path).status_code == 403
    assert office.delete(path, headers={"If-Match": '"1"'}).status_code == 412
    assert [office.delete(path).status_code for _ in range(2)] == [204, 204]
    assert link_of(office, CELLS)["override"] is None
    told = office.get(f"{PATH}/timeline", params={"link_id": CELLS}).json()["items"]
    assert [entry["action"] for entry in told if entry["action"].startswith("zone.over")] == [
        "zone.override_set", "zone.override_set", "zone.override_withdrawn",
    ]  # fmt: skip


def test_a_correction_outlives_the_list(office: TestClient) -> None:
    path = f"{PATH}/enterprises/B-6/links"
    body = {"link_ids": [SEPARATOR], "reason": "走访：涂覆隔膜"}
    assert office.put(path, json=body).json()["link_ids"] == [SEPARATOR]
    send(office, FIRMS[:5])
    assert link_of(office, SEPARATOR)["status"] == "missing"
    send(office, FIRMS)
    (firm,) = link_of(office, SEPARATOR)["firms"]
    assert (firm["external_id"], firm["placed_by"]) == ("B-6", "correction")
    assert diagnosed(office)["firms"]["corrected"] == 1
    office.put(path, json={**body, "link_ids": []})
    (unplaced,) = diagnosed(office)["firms"]["unplaced"]
    assert "经办人员" in unplaced["why"]["zh"]
    assert office.delete(path).status_code == 204
    told = office.get(f"{PATH}/timeline", params={"link_id": SEPARATOR}).json()["items"]
    assert told[-1]["action"] == "zone.correction_set"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("diagnosis/overrides/ic.none", {"status": "weak", "reason": "x"}, 404),
        (f"diagnosis/overrides/{CELLS}", {"status": "odd", "reason": "x"}, 422),
        (f"diagnosis/overrides/{CELLS}", {"status": "weak"}, 422),
        ("enterprises/none/links", {"link_ids": [], "reason": "x"}, 404),
        ("enterprises/B-1/links", {"link_ids": ["ic.none"], "reason": "x"}, 422),
        ("enterprises/B-1/links", {"link_ids": [CELLS] * 60, "reason": "x"}, 422),
    ],
)
def test_what_makes_no_sense_is_refused(
    office: TestClient, path: str, body: dict[str, Any], status: int
) -> None:
    before = diagnosed(office)
    answer = office.put(f"{PATH}/{path}", json=body)
    assert answer.status_code == status, answer.text
    assert diagnosed(office) == before


def test_a_zone_there_is_not_takes_no_word(embedded: TestClient) -> None:
    said = {"status": "weak", "reason": "x"}
    path = f"/v1/zones/CNHTZ-9999/diagnosis/overrides/{CELLS}"
    assert embedded.put(path, json=said).status_code == 404
    assert embedded.post("/v1/zones/CNHTZ-9999/diagnosis/gaps").status_code == 404


def test_a_timeline_goes_on_after_words_and_corrections(office: TestClient) -> None:
    override, correction = f"{PATH}/diagnosis/overrides/{CELLS}", f"{PATH}/enterprises/B-6/links"
    for status in ("weak", "missing"):
        office.put(override, json={"status": status, "reason": "走访"})
        office.put(correction, json={"link_ids": [SEPARATOR], "reason": "走访"})
        office.delete(correction)
    office.delete(override)
    computed(office)
    path = f"{PATH}/timeline"
    whole = office.get(path, params={"limit": 100}).json()["items"]
    pages: list[Any] = []
    page: dict[str, Any] = {"next_cursor": None}
    while not pages or page["next_cursor"]:
        asked = {"limit": 1} | ({"cursor": page["next_cursor"]} if pages else {})
        page = office.get(path, params=asked).json()
        pages += page["items"]
    assert pages == whole
    told = {entry["action"] for entry in whole}
    assert {"zone.override_withdrawn", "zone.correction_withdrawn", "gap.created"} <= told


def test_a_timeline_counts_firms_only_where_they_change(
    office: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"{PATH}/diagnosis/overrides/{CELLS}"
    for status in ("weak", "steady", "missing"):
        office.put(path, json={"status": status, "reason": "走访"})
    counted: list[int] = []
    count = Scorer.count

    def noted(scorer: Scorer, *asked: Any) -> Counted:
        found = count(scorer, *asked)
        counted.append(len(found.firms))
        return found

    monkeypatch.setattr(Scorer, "count", noted)
    told = office.get(f"{PATH}/timeline", params={"link_id": CELLS}).json()["items"]
    assert [link["status_after"] for entry in told for link in entry["links"]][-3:] == [
        "weak", "steady", "missing",
    ]  # fmt: skip
    assert counted == [0, len(FIRMS)]
    assert office.get(f"{PATH}/timeline?chain_id=ic&link_id={CELLS}").json()["items"] == []
    assert len(counted) == 2
