"""Editions of the reference over HTTP: a draft moves nothing, an active one rules from its day."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service import clock
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


def test_items_of_a_renewed_catalogue_are_quoted_under_its_edition(embedded: TestClient) -> None:
    gap = register(embedded, "gaps", a_gap())
    register(embedded, "investors", an_investor())
    path = f"/v1/gaps/{gap['id']}/matches"

    def quoted() -> tuple[str, str]:
        answer = embedded.get(path).json()
        (part,) = [
            component
            for component in answer["matches"][0]["components"]
            if component["criterion"] == "encouraged_catalogue"
        ]
        return answer["editions"]["encouraged"], part["zh"]

    before = quoted()
    assert before[0] == "2025"
    row = {"link_id": "ic.photoresist", "item_nos": ["4321"], "province_code": "32"}
    made = load(embedded, a_keyword_edition(kind="encouraged", rows=[row]))
    call(embedded, made, "activate")
    assert quoted()[0] == "2027"
    assert "第4321项" in quoted()[1]
    call(embedded, made, "rollback")
    assert quoted() == before


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
    assert embedded.get(PATH).json()["gap_ids"] == [gap["id"]]
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
    assert embedded.get(PATH).json()["gaps_without_link"] == 0


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
