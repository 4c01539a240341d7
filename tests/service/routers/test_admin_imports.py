"""Imports over HTTP, from the upload to the records, on both databases."""

import json
from typing import Any

import pytest
from sqlmodel import Session, col, select
from starlette.testclient import TestClient

from models.event import Event
from models.gap import Gap
from models.investor import Investor
from service.imports import packing
from tests.factories import register
from tests.service.imports.sending import (
    GAP,
    counts,
    csv_of,
    engine_of,
    faults,
    gap_rows,
    imported,
    send,
    work,
    xlsx_of,
)

CHINESE = [
    ["外部编号", "高新区代码", "缺口类型", "环节代码", "产品", "期望投资下限（元）", "有效期止"],
    ["甲-1", "CNHTZ-3205", "缺链", "ic.photoresist", "KrF光刻胶；ArF光刻胶", "200,000,000",
     "2030/12/31"],
    ["甲-2", "CNHTZ-3205", "弱链环节", "", "光刻胶", "", ""],
]  # fmt: skip


@pytest.fixture(autouse=True)
def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "PORTION_ROWS", 40)


def test_a_file_of_gaps_goes_in_with_an_event_each(admin: TestClient) -> None:
    rows = gap_rows(100, severity=70)
    for line in (3, 50, 101):
        rows[line - 1][1] = "CNHTZ-NONE"
    job = imported(admin, csv_of(rows))
    assert counts(job) == (97, 0, 0, 3)
    assert faults(job) == [(n, "zone_id", "is no registered zone") for n in (3, 50, 101)]
    assert (job["rows"], job["rows_done"]) == (100, 100)
    with Session(engine_of(admin)) as session:
        gaps = session.exec(select(Gap).order_by(col(Gap.number))).all()
        events = {
            event.number: event
            for event in session.exec(select(Event).where(Event.action == "gap.created"))
        }
        numbers = session.exec(select(Event.number).order_by(col(Event.number))).all()
    assert len(gaps) == len(events) == 97
    assert numbers == list(range(1, len(numbers) + 1)), "the log has no hole"
    for gap in gaps:
        event = events[gap.number]
        told = gap.model_dump(mode="json")
        assert (event.subject_id, event.subject_version, event.after) == (gap.id, 1, told)


def test_records_are_as_if_they_had_been_sent(embedded: TestClient) -> None:
    job = imported(embedded, csv_of(CHINESE))
    assert counts(job) == (2, 0, 0, 0)
    declared, placed = sorted(
        embedded.get("/v1/gaps").json()["items"], key=lambda gap: gap["external_id"]
    )
    same = register(
        embedded,
        "gaps",
        {
            **GAP,
            "products": ["KrF光刻胶", "ArF光刻胶"],
            "investment_min_cny": 200_000_000,
            "valid_until": "2030-12-31",
        },
    )
    own = {"id", "external_id", "created_at", "updated_at"}
    assert {k: v for k, v in declared.items() if k not in own} == {
        k: v for k, v in same.items() if k not in own
    }
    assert placed["link_id"] == "ic.photoresist"
    assert placed["placement"] != []
    assert placed["kind"] == "weak"


def test_a_file_is_sent_again_without_doubles(admin: TestClient) -> None:
    rows = gap_rows(90, severity=70)
    assert counts(imported(admin, csv_of(rows))) == (90, 0, 0, 0)
    assert counts(imported(admin, xlsx_of(rows), "gaps.xlsx")) == (0, 0, 90, 0)
    rows[10][-1] = 71
    rows[60][3] = "ic.developer"
    job = imported(admin, csv_of(rows, "gb18030", ";"))
    assert (job["counts"]["updated"], job["counts"]["unchanged"]) == (1, 88), job
    assert job["counts"]["refused"] == 1
    again = {gap["external_id"]: gap for gap in admin.get("/v1/gaps?limit=100").json()["items"]}
    assert len(again) == 90
    assert (again["G-9"]["severity"], again["G-9"]["version"]) == (71, 2)
    with Session(engine_of(admin)) as session:
        (event,) = session.exec(select(Event).where(Event.action == "gap.updated")).all()
    assert (event.before, event.after) == ({"severity": 70}, {"severity": 71})


def test_columns_that_a_file_lacks_stay_as_they_are(embedded: TestClient) -> None:
    imported(embedded, csv_of(gap_rows(2, severity=70, jobs=5)))
    rows = [["external_id", "zone_id", "kind", "link_id", "severity"], ["G-0", *GAP.values(), ""]]
    assert counts(imported(embedded, csv_of(rows))) == (0, 1, 0, 0)
    gaps = {gap["external_id"]: gap for gap in embedded.get("/v1/gaps").json()["items"]}
    assert (gaps["G-0"]["severity"], gaps["G-0"]["jobs"]) == (None, 5)
    assert gaps["G-1"]["severity"] == 70


def test_rows_without_an_id_are_known_by_what_they_say(embedded: TestClient) -> None:
    rows = [[*GAP, "severity"], *([*GAP.values(), number] for number in (1, 2, 2, 3))]
    assert counts(imported(embedded, csv_of(rows))) == (3, 0, 1, 0)
    assert counts(imported(embedded, csv_of(rows))) == (0, 0, 4, 0)
    rows.append([*GAP.values(), 4])
    assert counts(imported(embedded, xlsx_of(rows), "x.xlsx")) == (1, 0, 4, 0)


def test_a_later_row_of_the_same_id_changes_what_the_earlier_made(admin: TestClient) -> None:
    rows = gap_rows(3, severity=1)
    rows += [["G-1", *GAP.values(), 2], ["G-1", *GAP.values(), 3]]
    assert counts(imported(admin, csv_of(rows))) == (3, 2, 0, 0)
    gaps = {gap["external_id"]: gap for gap in admin.get("/v1/gaps").json()["items"]}
    assert (gaps["G-1"]["severity"], gaps["G-1"]["version"]) == (3, 3)


def test_a_dry_run_stores_nothing_but_tells_all(embedded: TestClient) -> None:
    imported(embedded, csv_of(gap_rows(3, severity=70)))
    with Session(engine_of(embedded)) as session:
        before = session.exec(select(Gap.id, Gap.version).order_by(col(Gap.id))).all()
    rows = gap_rows(5, severity=80)
    rows[5][1] = "CNHTZ-NONE"
    job = imported(embedded, csv_of(rows), dry_run="true")
    assert counts(job) == (1, 3, 0, 1)
    assert job["task"]["dry_run"] is True
    with Session(engine_of(embedded)) as session:
        assert session.exec(select(Gap.id, Gap.version).order_by(col(Gap.id))).all() == before
        assert not session.exec(select(Event).where(Event.action == "gap.updated")).all()


def test_what_breaks_a_rule_once_merged_is_refused_and_left_alone(embedded: TestClient) -> None:
    imported(embedded, csv_of(gap_rows(2, investment_max_cny=100)))
    rows = [
        ["external_id", *GAP, "investment_min_cny"],
        ["G-0", *GAP.values(), 200],
        ["G-1", *GAP.values(), 50],
    ]
    job = imported(embedded, csv_of(rows))
    assert counts(job) == (0, 1, 0, 1)
    assert {line for line, _, _ in faults(job)} == {2}
    gaps = {gap["external_id"]: gap for gap in embedded.get("/v1/gaps").json()["items"]}
    assert [gaps[f"G-{n}"]["investment_min_cny"] for n in (0, 1)] == [None, 50]


def test_json_lines_are_bodies(embedded: TestClient) -> None:
    lines: list[Any] = [
        {**GAP, "external_id": "a", "products": ["光刻胶"]},
        {**GAP, "external_id": "b", "surprise": 1},
        {**GAP, "external_id": "c", "severity": "70"},
        {**GAP, "external_id": "d", "severity": 70},
    ]
    text = "\n".join(map(json.dumps, lines)) + "\n\n[1]\n{\n"
    job = imported(embedded, text.encode(), "gaps.jsonl")
    assert counts(job) == (2, 0, 0, 4)
    assert [line for line, _, _ in faults(job)] == [2, 3, 6, 7]
    changed = json.dumps({**GAP, "external_id": "a", "kind": "weak"})
    assert counts(imported(embedded, changed.encode(), "gaps.jsonl")) == (0, 1, 0, 0)
    (gap,) = [g for g in embedded.get("/v1/gaps").json()["items"] if g["external_id"] == "a"]
    assert (gap["kind"], gap["products"]) == ("weak", ["光刻胶"])


def test_an_upload_is_made_once_for_one_key(embedded: TestClient) -> None:
    content = csv_of(gap_rows(2))
    embedded.headers["Idempotency-Key"] = "once"
    first, again = send(embedded, content), send(embedded, content)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert first.json()["id"] == again.json()["id"]
    assert send(embedded, csv_of(gap_rows(3))).status_code == 422
    del embedded.headers["Idempotency-Key"]
    work(embedded)
    assert len(embedded.get("/v1/gaps").json()["items"]) == 2


def test_investors_are_imported(admin: TestClient) -> None:
    rows = [
        ["名称", "国家或地区", "产品", "行业代码", "各语言名称", "拟开展活动", "是否链主",
         "外部编号"],
        ["示例光刻胶", "日本", "光刻胶", "", "", "", "", "I-0"],
        ["示例光刻胶", "JP", "光刻胶", "gb4754:3985", "zh:示例光刻胶；en:Example",
         "制造、研发", "是", "I-1"],
    ]  # fmt: skip
    job = imported(admin, csv_of(rows), kind="investors")
    assert counts(job) == (1, 0, 0, 1)
    assert counts(imported(admin, csv_of(rows), kind="investors")) == (0, 0, 1, 1)
    rows[2][1] = "CN"
    assert counts(imported(admin, csv_of(rows), kind="investors")) == (0, 1, 0, 1)
    (investor,) = admin.get("/v1/investors").json()["items"]
    assert (investor["origin"], investor["activities"]) == (
        "domestic",
        ["manufacturing", "r_and_d"],
    )
    assert investor["industry_codes"] == [{"scheme": "gb4754", "code": "3985"}]
    assert [one["lang"] for one in investor["names"]] == ["zh", "en"]
    with Session(engine_of(admin)) as session:
        row = session.exec(select(Investor)).one()
        created = session.exec(select(Event).where(Event.action == "investor.created")).one()
    assert (created.number, created.subject_id) == (row.number, row.id)


def test_zones_are_imported_by_their_code(admin: TestClient) -> None:
    rows = [
        ["code", "name_zh", "province_code", "级别", "综合发展效率", "规划", "land_available_ha"],
        ["NEW-1", "示例高新区", "32", "省级", 70, "是", 1.5],
        ["CNHTZ-3205", "苏州国家高新技术产业开发区", "32", "国家级", "", "", 12.5],
        ["NEW-2", "示例高新区", "99", "省级", "", "", ""],
    ]
    job = imported(admin, xlsx_of(rows), "zones.xlsx", "zones")
    assert counts(job)[0::3] == (1, 1)
    assert counts(imported(admin, xlsx_of(rows), "zones.xlsx", "zones")) == (0, 0, 2, 1)
    made = admin.get("/v1/zones/NEW-1").json()
    assert made["readiness"]["strategy_planning"]["overall_development_efficiency"] == 70
    assert (made["promotion_path"]["plan"], made["region"]) == (True, "east")
    assert admin.get("/v1/zones/CNHTZ-3205").json()["land_available_ha"] == 12.5


def test_enterprises_join_their_zones(admin: TestClient) -> None:
    rows = [
        ["zone_id", "external_id", "name", "link_ids", "honours"],
        ["CNHTZ-3205", "E-1", "甲", "ic.photoresist", "小巨人"],
        ["CNHTZ-3205", "E-2", "乙", "ic.photoresist", ""],
        ["CNHTZ-3201", "E-1", "丙", "ic.photoresist", ""],
        ["CNHTZ-NONE", "E-1", "丁", "ic.photoresist", ""],
        ["", "E-1", "戊", "ic.photoresist", ""],
        ["CNHTZ-3205", "E-3", "己", "", ""],
    ]
    job = imported(admin, csv_of(rows), kind="enterprises")
    assert counts(job) == (3, 0, 0, 3)
    rows[1][2] = "甲改"
    assert counts(imported(admin, csv_of(rows), kind="enterprises")) == (0, 1, 2, 3)
    items = admin.get("/v1/zones/CNHTZ-3205/enterprises").json()["items"]
    assert [(one["name"], one["honours"]) for one in items] == [
        ("甲改", ["little_giant"]),
        ("乙", []),
    ]
    with Session(engine_of(admin)) as session:
        told = session.exec(select(Event).where(Event.action == "zone.enterprises_imported")).all()
    assert sorted(event.subject_id for event in told) == ["CNHTZ-3201", "CNHTZ-3205", "CNHTZ-3205"]
    assert told[-1].before == {"enterprises": {"E-1": {"name": "甲"}}}
