"""Files of reference rows: one draft edition each, whole or not at all."""

import json
from typing import Any, cast

import pytest
from starlette.testclient import TestClient

from models.edition import MOST_ROWS
from service.imports import packing
from tests.service.chain_editions import NEW_LINK, PATH, chain_rows
from tests.service.imports.sending import (
    HEAD,
    OF_EDITION,
    counts,
    csv_of,
    faults,
    imported,
    send,
    xlsx_of,
)

KEYWORDS = [
    ["环节代码", "中文关键词", "英文关键词"],
    ["ic.photoresist", "光刻胶；KrF光刻胶", "photoresist;KrF resist"],
    ["ic.photomask", "光掩模", "photomask"],
]


def keywords_with(line: int, column: int, cell: str) -> list[list[str]]:
    rows = [list(row) for row in KEYWORDS]
    rows[line - 1][column] = cell
    return rows


def editions(client: TestClient) -> list[dict[str, Any]]:
    return client.get(PATH).json()["items"]


def test_a_sheet_of_keywords_becomes_a_draft(admin: TestClient) -> None:
    job = imported(admin, xlsx_of(KEYWORDS), "k.xlsx", "keywords", **HEAD, quality="试用")
    assert counts(job) == (2, 0, 0, 0)
    head = {**HEAD, "kind": "keywords", "chain_id": None, "quality": "试用"}
    assert job["task"]["edition"] == head
    (edition,) = editions(admin)
    assert (edition["id"], edition["status"]) == (job["edition_id"], "draft")
    assert (edition["row_count"], edition["quality"]) == (2, "试用")
    loaded = admin.get(f"{PATH}/{job['edition_id']}").json()
    assert loaded["rows"][0]["keywords_zh"] == ["光刻胶", "KrF光刻胶"]
    answer = admin.post(f"{PATH}/{job['edition_id']}/activate", json={})
    assert answer.status_code == 200, answer.text


def test_links_come_in_with_their_edges_in_any_form(
    embedded: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "PORTION_ROWS", 5)
    rows = [*chain_rows(), NEW_LINK]
    lines = "\n".join(json.dumps(row) for row in rows).encode()
    names = list(chain_rows()[0])
    cells = [[told(row.get(name)) for name in names] for row in rows]
    said = OF_EDITION["links"]
    for content, name in [(lines, "l.jsonl"), (csv_of([names, *cells]), "l.csv")]:
        job = imported(embedded, content, name, "links", **said)
        assert counts(job) == (len(rows), 0, 0, 0), job["errors"]
    one, two = editions(embedded)
    assert one["digest"] == two["digest"]
    assert one["chain_id"] == "ic"


def told(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(map(str, cast("list[object]", value)))
    return "" if value is None else str(value)


def test_one_bad_row_keeps_the_edition_out(embedded: TestClient) -> None:
    for line, column, cell, fault in [
        (2, 0, "ic.none", (2, "link_id", "ic.none is not known")),
        (3, 0, "ic.photoresist", (3, "link_id", "repeats row 1")),
        (3, 1, "", (3, "keywords_zh", "is needed in a row of keywords")),
        (2, 2, "a;a", (2, "keywords_en", "repeats a part")),
        (3, 0, "no code", None),
    ]:
        job = imported(
            embedded, csv_of(keywords_with(line, column, cell)), "k.csv", "keywords", **HEAD
        )
        assert counts(job) == (0, 0, 0, 1), job
        assert job["edition_id"] is None
        (found,) = faults(job)
        assert found == fault or fault is None
        assert (found[0], job["errors"][0]["faults"][0]["column"]) == (line, KEYWORDS[0][column])
    file = embedded.get(f"/v1/admin/jobs/{job['id']}/errors").text
    assert "no code" in file
    assert "光掩模" in file
    assert editions(embedded) == []


def test_every_refused_row_is_told(embedded: TestClient) -> None:
    rows = [["link_id", "item_nos", "province_code"], ["ic.none", "x", "99"], ["ic.cmp"], ["", 1]]
    job = imported(embedded, csv_of(rows[:3]), "e.csv", "encouraged", **HEAD)
    assert [(line, field) for line, field, _ in faults(job)] == [(3, "item_nos")]
    job = imported(embedded, csv_of(rows), "e.csv", "encouraged", **HEAD)
    assert [(line, field) for line, field, _ in faults(job)] == [(4, "link_id")]
    rows[2] = ["ic.photoresist", 1, "x", "more"]
    job = imported(embedded, csv_of(rows), "e.csv", "encouraged", **HEAD)
    assert [line for line, _, _ in faults(job)] == [3, 4]


def test_a_dry_run_loads_nothing(embedded: TestClient) -> None:
    job = imported(embedded, csv_of(KEYWORDS), "k.csv", "keywords", **HEAD, dry_run="true")
    assert (counts(job), job["edition_id"]) == ((2, 0, 0, 0), None)
    assert editions(embedded) == []


def test_what_is_said_of_an_edition_is_checked_at_once(embedded: TestClient) -> None:
    content = csv_of(KEYWORDS)
    for kind, fields, wrong in [
        ("keywords", {"name_zh": "甲"}, {"name_en", "edition", "source"}),
        ("keywords", {**HEAD, "chain_id": "ic"}, {"chain_id"}),
        ("links", HEAD, {"chain_id"}),
        ("gaps", {"name_zh": "甲", "source": "乙"}, {"name_zh", "source"}),
        ("keywords", {**HEAD, "more": "x"}, {"more"}),
        ("keywords", {**HEAD, "name_zh": "甲\x00"}, {"name_zh"}),
    ]:
        answer = send(embedded, content, "k.csv", kind, **fields)
        assert answer.status_code == 422, (kind, fields)
        assert {error["loc"][-1] for error in answer.json()["errors"]} == wrong
    assert embedded.get("/v1/admin/jobs").json()["items"] == []


def test_an_edition_has_a_length(embedded: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [KEYWORDS[0], *[KEYWORDS[1]] * (MOST_ROWS + 1)]
    answer = send(embedded, csv_of(rows), "k.csv", "keywords", **HEAD)
    assert answer.json()["errors"][0]["msg"] == "has more than 5000 rows"
    monkeypatch.setattr(packing, "PORTION_LENGTH", 10)
    answer = send(embedded, csv_of(KEYWORDS), "k.csv", "keywords", **HEAD)
    assert answer.json()["errors"][0]["msg"] == "is longer than an edition may be"


def test_a_file_that_is_sent_again_is_another_draft(embedded: TestClient) -> None:
    first = imported(embedded, csv_of(KEYWORDS), "k.csv", "keywords", **HEAD)
    again = imported(embedded, csv_of(KEYWORDS), "k.csv", "keywords", **HEAD)
    assert again["edition_id"] != first["edition_id"]
    assert [one["id"] for one in editions(embedded)] == [again["edition_id"], first["edition_id"]]


def test_loading_is_told_with_the_key_that_sent_the_file(embedded: TestClient) -> None:
    job = imported(embedded, csv_of(KEYWORDS), "k.csv", "keywords", **HEAD)
    path = f"/v1/admin/events?subject_id={job['edition_id']}"
    (event,) = embedded.get(path).json()["items"]
    assert (event["action"], event["actor"]) == ("edition.loaded", job["created_by"])
    assert "rows" not in event["after"]


def test_headers_may_be_mapped(embedded: TestClient) -> None:
    rows = [["Link", "中文关键词", "英文关键词"], KEYWORDS[1]]
    mapping = json.dumps({"Link": "link_id"})
    job = imported(embedded, csv_of(rows), "k.csv", "keywords", **HEAD, mapping=mapping)
    assert counts(job) == (1, 0, 0, 0)
    answer = send(embedded, csv_of(rows), "k.csv", "keywords", **HEAD)
    assert "column 1: no header of keywords" in answer.json()["errors"][0]["msg"]
