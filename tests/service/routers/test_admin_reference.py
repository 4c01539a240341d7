"""Editions of the reference over HTTP: a draft moves nothing, an active one rules from its day."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from sqlmodel import col, select
from starlette.testclient import TestClient

from models.event import Event
from service import clock, database
from service.runtime import assemble
from service.scorer import Scorer
from service.settings import Settings
from tests.factories import a_gap, a_keyword_edition, an_investor, register
from tests.service.chain_editions import NEW_LINK, PATH, a_chain_edition, call, load, placed

PRODUCT = "玻璃基板封装"
Asked = Callable[[str], tuple[bytes, bytes]]


@pytest.fixture
def both(app: FastAPI, admin: TestClient, settings: Settings, scorer: Scorer) -> Iterator[Asked]:
    """What two processes answer to the same question, one after the other."""
    here, elsewhere = app.state.runtime, assemble(settings, scorer)

    def asked(path: str) -> tuple[bytes, bytes]:
        one = admin.get(path).content
        app.state.runtime = elsewhere
        two = admin.get(path).content
        app.state.runtime = here
        return one, two

    yield asked
    elsewhere.close()


def test_a_chain_is_renewed_in_two_processes_and_the_old_bytes_return(
    admin: TestClient, both: Asked
) -> None:
    gap = register(admin, "gaps", a_gap(link_id="ic.eda"))
    maker = register(admin, "investors", an_investor(products=[PRODUCT]))
    ranking, investor = f"/v1/gaps/{gap['id']}/matches", f"/v1/investors/{maker['id']}"
    before, before_elsewhere = both(ranking)
    chain = both("/v1/chains/ic")
    assert before == before_elsewhere
    made = load(admin, a_chain_edition(NEW_LINK))
    assert both(ranking) == (before, before)
    assert made["status"] == "draft"
    tried = call(admin, made, "preview")
    assert [moved["investor_id"] for moved in tried["moved"]] == [maker["id"]]
    ruling = call(admin, made, "activate")
    assert ruling["status"] == "active"
    now, now_elsewhere = both(ranking)
    assert now == now_elsewhere != before
    assert tried["after"].encode() in now
    assert b'"links.ic":"2027"' in now
    (policy,) = admin.get("/v1/policies").json()["items"]
    assert (policy["status"], policy["ruleset"]) == ("active", tried["after"])
    for answer in both(investor):
        assert b'"link_id":"ic.glass"' in answer
    over = call(admin, made, "rollback")
    assert (over["status"], over["effective_until"]) == ("retired", str(clock.china_day()))
    assert both(ranking) == (before, before)
    assert both("/v1/chains/ic") == chain


def test_a_receipt_replays_after_its_edition_was_rolled_back(embedded: TestClient) -> None:
    register(embedded, "gaps", a_gap(link_id="ic.eda"))
    maker = register(embedded, "investors", an_investor(products=["版图神器"]))
    path = f"/v1/investors/{maker['id']}/matches"
    assert embedded.get(path).json()["matches"] == []
    made = load(embedded, a_keyword_edition())
    call(embedded, made, "activate")
    answer = embedded.get(path).json()
    (match,) = answer["matches"]
    assert answer["editions"]["keywords"] == "2027"
    call(embedded, made, "rollback")
    assert embedded.get(path).json()["matches"] == []
    again = embedded.post("/v1/receipts/replay", json={"receipt": match["receipt"]})
    assert again.status_code == 200, again.text
    assert again.json()["match"]["components"] == match["components"]


def test_a_day_keeps_the_edition_that_ruled_on_it(
    embedded: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = clock.china_day()
    first = today + timedelta(days=10)
    gap = register(embedded, "gaps", a_gap(link_id="ic.eda"))
    register(embedded, "investors", an_investor(products=["版图神器"]))
    made = load(embedded, a_keyword_edition())
    assert call(embedded, made, "activate", effective_from=str(first))["status"] == "coming"

    def found(**asked: Any) -> int:
        return embedded.get(f"/v1/gaps/{gap['id']}/matches", params=asked).json()["eligible"]

    assert (found(), found(as_of=first), found(as_of=first - timedelta(days=1))) == (0, 1, 0)
    assert placed(embedded, "版图神器") == []
    monkeypatch.setattr(clock, "china_day", lambda: first + timedelta(days=5))
    assert placed(embedded, "版图神器") == ["ic.eda"]
    assert found() == 1
    call(embedded, made, "rollback")
    assert (found(), found(as_of=first + timedelta(days=4)), found(as_of=today)) == (0, 1, 0)


def test_editions_stand_side_by_side(embedded: TestClient) -> None:
    built_in = embedded.get(PATH).json()
    assert built_in["ruling"] == built_in["items"] == []
    tables = {table["table"]: table["edition"] for table in built_in["built_in"]}
    assert (tables["encouraged"], tables["links"]) == ("2025", "2026")
    one = load(embedded, a_keyword_edition())
    two = load(embedded, a_keyword_edition(edition="2028"))
    call(embedded, one, "activate")
    page = embedded.get(PATH, params={"limit": 1}).json()
    assert page["ruling"] == [one["id"]]
    assert page["digest"] != built_in["digest"]
    assert [(item["id"], item["status"]) for item in page["items"]] == [(two["id"], "draft")]
    rest = embedded.get(PATH, params={"limit": 1, "cursor": page["next_cursor"]}).json()
    assert [(item["id"], item["status"]) for item in rest["items"]] == [(one["id"], "active")]
    assert rest["next_cursor"] is None
    read = embedded.get(f"{PATH}/{one['id']}")
    assert read.json()["rows"] == a_keyword_edition()["rows"]
    assert read.json()["quality"] == "not stated"
    held = {"If-None-Match": read.headers["ETag"]}
    assert embedded.get(f"{PATH}/{one['id']}", headers=held).status_code == 304


def test_differences_are_told_row_by_row(embedded: TestClient) -> None:
    made = load(embedded, a_chain_edition(NEW_LINK, without="ic.ip"))
    found = embedded.get(f"{PATH}/{made['id']}/differences").json()
    changes = {(one["table"], one["key"]): one["change"] for one in found["items"]}
    assert found["total"] == len(changes)
    assert changes["links", "ic.glass"] == changes["edges", "ic.glass > ic.eda"] == "added"
    assert changes["links", "ic.ip"] == "removed"
    call(embedded, made, "activate")
    ruling = embedded.get(f"{PATH}/{made['id']}/differences").json()
    assert ruling == found


def test_an_edition_that_would_take_a_link_from_open_gaps_is_refused(embedded: TestClient) -> None:
    gap = register(embedded, "gaps", a_gap())
    made = load(embedded, a_chain_edition(without="ic.photoresist"))
    tried = call(embedded, made, "preview")
    assert (tried["gaps_without_link"], tried["gap_ids"]) == (1, [gap["id"]])
    refused = embedded.post(f"{PATH}/{made['id']}/activate", json={})
    assert refused.status_code == 409
    assert refused.json()["gap_ids"] == [gap["id"]]
    assert embedded.get(f"{PATH}/{made['id']}").json()["status"] == "draft"
    assert embedded.delete(f"/v1/gaps/{gap['id']}").status_code == 204
    assert call(embedded, made, "activate")["status"] == "active"
    unknown = embedded.post("/v1/gaps", json=a_gap())
    assert unknown.status_code == 422
    assert unknown.json()["errors"][0]["loc"] == ["body", "link_id"]


def test_a_gap_whose_link_a_rollback_takes_is_kept_and_told(embedded: TestClient) -> None:
    made = load(embedded, a_chain_edition(NEW_LINK))
    call(embedded, made, "activate")
    maker = register(embedded, "investors", an_investor(products=[PRODUCT]))
    gap = register(embedded, "gaps", a_gap(link_id="ic.glass", products=[PRODUCT]))
    path = f"/v1/gaps/{gap['id']}"
    assert embedded.get(f"{path}/matches").json()["eligible"] == 1
    call(embedded, made, "rollback")
    (warning,) = [w for w in embedded.get(path).json()["warnings"] if w["code"] == "link_unlisted"]
    assert warning["field"] == "link_id"
    ranking = embedded.get(f"{path}/matches").json()
    assert (ranking["eligible"], ranking["matches"]) == (0, [])
    assert "链目录" in ranking["kept_out"][0]["zh"]
    pair = embedded.get(f"/v1/investors/{maker['id']}/matches/{gap['id']}").json()
    assert pair["match"] is None
    assert embedded.get(f"/v1/investors/{maker['id']}/matches").json()["eligible"] == 0
    moved = embedded.patch(path, json={"link_id": "ic.photoresist"})
    assert moved.status_code == 200
    assert moved.json()["warnings"][0]["code"] != "link_unlisted"


def test_one_that_another_rests_on_is_rolled_back_after_it(embedded: TestClient) -> None:
    chain = load(embedded, a_chain_edition(NEW_LINK))
    row = {"link_id": "ic.glass", "keywords_zh": ["玻璃芯板"], "keywords_en": ["glass core"]}
    refused = embedded.post(PATH, json=a_keyword_edition(rows=[row]))
    assert refused.json()["errors"][0]["loc"] == ["body", "rows", 0, "link_id"]
    call(embedded, chain, "activate")
    words = load(embedded, a_keyword_edition(rows=[row]))
    call(embedded, words, "activate")
    assert placed(embedded, "玻璃芯板")[0] == "ic.glass"
    refused = embedded.post(f"{PATH}/{chain['id']}/rollback")
    assert refused.status_code == 409
    assert words["id"] in refused.json()["detail"]
    hiding = load(embedded, a_chain_edition(NEW_LINK, edition="2028"))
    assert call(embedded, hiding, "activate")["status"] == "active"
    assert embedded.get(f"{PATH}/{chain['id']}").json()["status"] == "retired"
    assert embedded.post(f"{PATH}/{chain['id']}/rollback").status_code == 409
    call(embedded, hiding, "rollback")
    call(embedded, words, "rollback")
    fault = embedded.get(f"{PATH}/{chain['id']}").json()
    assert (fault["status"], fault["fault"]) == ("active", None)
    call(embedded, chain, "rollback")
    assert embedded.get(PATH).json()["ruling"] == []


def test_a_draft_that_no_longer_fits_says_so(embedded: TestClient) -> None:
    gone = load(embedded, a_chain_edition(without="ic.eda"))
    words = load(embedded, a_keyword_edition())
    call(embedded, gone, "activate")
    told = embedded.get(f"{PATH}/{words['id']}").json()["fault"]
    assert told == "row 1 column link_id: ic.eda is not known"
    for answer in (
        embedded.post(f"{PATH}/{words['id']}/activate", json={}),
        embedded.post(f"{PATH}/{words['id']}/preview", json={}),
        embedded.get(f"{PATH}/{words['id']}/differences"),
    ):
        assert answer.status_code == 409
        assert answer.json()["type"] == "urn:bulian:problem:edition-does-not-fit"


def test_a_draft_is_discarded_and_an_activated_one_is_not(embedded: TestClient) -> None:
    draft, other = (load(embedded, a_keyword_edition()) for _ in range(2))
    path = f"{PATH}/{draft['id']}"
    assert embedded.delete(path, headers={"If-Match": '"9"'}).status_code == 412
    assert embedded.post(f"{path}/rollback").status_code == 409
    assert embedded.delete(path).status_code == embedded.delete(path).status_code == 204
    assert embedded.get(path).json()["status"] == "discarded"
    assert embedded.post(f"{path}/activate", json={}).status_code == 409
    call(embedded, other, "activate")
    assert embedded.delete(f"{PATH}/{other['id']}").status_code == 409
    assert embedded.post(f"{PATH}/{other['id']}/activate", json={}).status_code == 409


def test_history_cannot_be_changed_and_a_replay_loads_no_second(embedded: TestClient) -> None:
    headers = {"Idempotency-Key": "edition"}
    body = a_keyword_edition()
    made = embedded.post(PATH, json=body, headers=headers).json()
    again = embedded.post(PATH, json=body, headers=headers)
    assert (again.json(), again.headers["Idempotency-Replayed"]) == (made, "true")
    yesterday = str(clock.china_day() - timedelta(days=1))
    past = embedded.post(f"{PATH}/{made['id']}/activate", json={"effective_from": yesterday})
    assert past.json()["errors"][0]["loc"] == ["body", "effective_from"]


@pytest.mark.parametrize(
    ("fields", "loc", "told"),
    [
        ({"chain_id": "ic"}, ["chain_id"], "is needed for links, and for links only"),
        ({"kind": "links"}, ["chain_id"], "is needed for links, and for links only"),
        ({"kind": "encouraged"}, ["rows", 0, "item_nos"], "is needed in a row of encouraged"),
        ({"rows": []}, ["rows"], "at least 1"),
        ({"rows": [{"link_id": "甲"}]}, ["rows", 0, "link_id"], "should match"),
        ({"rows": [{"link_id": "ic.eda"}]}, ["rows", 0, "keywords_zh"], "is needed in a row of"),
    ],
)
def test_a_wrong_edition_names_row_and_column(
    embedded: TestClient, fields: dict[str, Any], loc: list[str | int], told: str
) -> None:
    answer = embedded.post(PATH, json=a_keyword_edition(**fields))
    assert answer.status_code == 422
    first = answer.json()["errors"][0]
    assert first["loc"] == ["body", *loc]
    assert told in first["msg"]


def test_an_unknown_edition_is_a_404(admin: TestClient) -> None:
    for method, path in (
        ("GET", ""),
        ("DELETE", ""),
        ("GET", "/differences"),
        ("POST", "/preview"),
        ("POST", "/activate"),
        ("POST", "/rollback"),
    ):
        answer = admin.request(method, f"{PATH}/edn_nothing{path}", json={})
        assert answer.status_code == 404, (method, path)


def test_each_step_leaves_one_event_without_the_rows(
    embedded: TestClient, blank_app: FastAPI
) -> None:
    made, other = (load(embedded, a_keyword_edition()) for _ in range(2))
    call(embedded, made, "activate")
    call(embedded, made, "rollback")
    embedded.delete(f"{PATH}/{other['id']}")
    steps = select(Event).where(Event.subject_type == "edition").order_by(col(Event.number))
    with database.snapshot(blank_app.state.runtime.engine) as session:
        told = session.exec(steps).all()
    assert [(event.subject_id, event.action) for event in told] == [
        (made["id"], "edition.loaded"),
        (other["id"], "edition.loaded"),
        (made["id"], "edition.activated"),
        (made["id"], "edition.rolled_back"),
        (other["id"], "edition.discarded"),
    ]
    assert told[0].after is not None
    assert told[0].after["digest"] == made["digest"]
    assert not any("rows" in (event.after or {}) for event in told)
