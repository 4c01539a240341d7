"""The pages of imports: a file sent, followed and corrected; templates and exports."""

import dataclasses
import re
from typing import Any

import pytest
from fastapi import FastAPI
from sqlmodel import Session, col, select
from starlette.testclient import TestClient

from models.event import Event
from models.import_task import ExportKind, RecordKind
from models.job import Job, JobStatus
from service import database
from service.jobs import turns
from service.repositories import jobs
from tests.factories import PARTNER, a_gap, register
from tests.service.imports.sending import (
    HEAD,
    csv_of,
    engine_of,
    gap_rows,
    imported,
    work,
    xlsx_of,
)
from tests.service.jobs.making import store_job
from tests.service.pages.visitor import Visitor, words_of
from tests.service.usecases.test_history import events

REFRESH = '<meta http-equiv="refresh"'


def sent(office: Visitor, content: bytes, name: str = "gaps.csv", **fields: str) -> str:
    """The path of the page of an import that is taken."""
    answer = office.send_file(content, name, **{"kind": "gaps", **fields})
    assert answer.status_code == 303, words_of(answer)
    path, _, done = answer.headers["Location"].removeprefix("/admin").partition("?")
    assert done == "done=sent"
    return path


def test_a_file_is_sent_followed_and_its_bad_row_comes_back(
    embedded: TestClient, office: Visitor
) -> None:
    rows = gap_rows(3)
    rows[2][1] = "CNHTZ-NONE"
    path = sent(office, csv_of(rows))
    waiting = office.get(path)
    assert REFRESH in waiting.text
    assert "排队中" in words_of(waiting)
    work(embedded)
    ended = office.get(path)
    assert REFRESH not in ended.text
    for words in ("导入：弱链缺链", "已完成", "3 / 3", "gaps.csv", "zone_id ：没有登记这个高新区"):
        assert words in words_of(ended)
    assert "zone_id : is no registered zone" in office.text(f"{path}?lang=en")
    file = office.get(f"{path}/refused?format=csv")
    assert file.headers["Content-Disposition"].endswith('.csv"')
    assert file.headers["Cache-Control"] == "no-store"
    assert "CNHTZ-NONE" in file.text
    assert embedded.get("/v1/gaps").json()["items"][0]["external_id"] == "G-2"
    job_id = path.rpartition("/")[2]
    assert {event.actor for event in events(engine_of(embedded), job_id)} > {"system"}
    assert "gaps.csv" in office.text("/imports?status=done")
    assert "No such jobs" in office.text("/imports?status=failed")


def test_the_same_form_sent_twice_is_one_import(office: Visitor) -> None:
    first = sent(office, csv_of(gap_rows(2)), once="form-1")
    assert sent(office, csv_of(gap_rows(2)), once="form-1") == first
    other = office.send_file(csv_of(gap_rows(3)), "gaps.csv", kind="gaps", once="form-1")
    assert other.status_code == 422
    assert "此表单已提交过" in words_of(other)


def test_keywords_become_a_draft_that_the_page_leads_to(
    embedded: TestClient, office: Visitor
) -> None:
    rows = [["环节代码", "中文关键词", "英文关键词"], ["ic.cmp", "抛光液", "slurry"]]
    said = {"kind": "keywords", "dry_run": "true", **HEAD, "chain_id": "", "quality": ""}
    path = sent(office, xlsx_of(rows), "k.xlsx", **said)
    work(embedded)
    assert "仅校验" in office.text(path)
    assert "查看载入的草案" not in office.text(path)
    path = sent(office, xlsx_of(rows), "again.xlsx", **{**said, "dry_run": ""})
    work(embedded)
    edition = path.replace("/imports/job_", "/admin/reference/edn_")
    assert f'href="{edition}"' in office.get(path).text
    rows[1][2] = ""
    path = sent(office, xlsx_of(rows), "bad.xlsx", **said)
    work(embedded)
    assert "草案未载入" in office.text(path)
    assert "英文关键词 ：必填" in office.text(path)


def test_files_that_are_no_good_are_told_in_the_readers_words(
    office: Visitor, blank_app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = csv_of(gap_rows(1))
    for content, fields, words in [
        (b"surprise\n1\n", {}, "表头不在模板中，请对照模板修改 "),
        (b"external_id\n", {}, "文件 : 表头下面没有数据"),
        (b"", {}, "文件 : 为空"),
        (good, {"kind": ""}, "类别 : 必填"),
        (good, {"kind": "none"}, "类别 : 没有这个选项"),
        (good, {"kind": "links", **HEAD}, "产业链 : 导入环节时必填"),
        (good, {"source": "x"}, "依据 : 仅导入环节、关键词、鼓励目录时填写"),
        (good, {"more": "x"}, "more"),
    ]:
        answer = office.send_file(content, "gaps.csv", **{"kind": "gaps", **fields})
        assert answer.status_code == 422
        assert words.replace("修改 ", "修改（") in words_of(answer)
    assert "没有符合条件的任务" in office.text("/imports")
    monkeypatch.setattr(blank_app.state, "runtime", smaller(blank_app.state.runtime))
    answer = office.send_file(csv_of(gap_rows(100)), "gaps.csv", kind="gaps")
    assert answer.status_code == 413
    assert "请拆分为几个文件" in words_of(answer)


def smaller(runtime: Any) -> Any:
    """The same parts, for files of a kilobyte at most."""
    return dataclasses.replace(runtime, import_bytes=1000)


def test_nothing_is_taken_without_a_session_or_from_elsewhere(
    office: Visitor, stranger: Visitor, embedded: TestClient
) -> None:
    content = csv_of(gap_rows(1))
    for fields in ({"token": "forged"}, {"token": ""}):
        answer = office.send_file(content, "gaps.csv", kind="gaps", **fields)
        assert answer.status_code == 403
    elsewhere = office.client.post(
        "/admin/imports", files={"file": content}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert elsewhere.status_code == 403
    assert office.send("/imports", kind="gaps").status_code == 415
    broken = {"Content-Type": "multipart/form-data"}
    assert office.client.post("/admin/imports", content=b"x", headers=broken).status_code == 400
    office.client.cookies.clear()
    assert (
        stranger.send_file(content, "gaps.csv", kind="gaps")
        .headers["Location"]
        .startswith("/sign-in")
    )
    assert stranger.get("/imports/exports/leads?format=csv").status_code == 303
    with Session(engine_of(embedded)) as session:
        assert session.exec(select(Job)).all() == []


def test_a_job_is_cancelled_and_one_that_failed_goes_on(
    embedded: TestClient, office: Visitor
) -> None:
    path = sent(office, csv_of(gap_rows(1)))
    assert office.done(f"{path}/cancel") == f"/admin{path}?done=cancelled"
    assert "已取消" in office.text(path)
    again = office.send(f"{path}/cancel")
    assert (again.status_code, "任务已结束" in words_of(again)) == (409, True)
    assert office.send(f"{path}/retry").status_code == 409
    job_id = store_job(engine_of(embedded))
    with database.transaction(engine_of(embedded)) as session:
        job = jobs.find_for_change(session, job_id)
        assert job is not None
        turns.finish(session, job, JobStatus.FAILED, "OperationalError")
    assert "OperationalError" in office.text(f"/imports/{job_id}")
    assert office.done(f"/imports/{job_id}/retry") == f"/admin/imports/{job_id}?done=retried"
    assert "排队中" in office.text(f"/imports/{job_id}")


def test_refused_rows_are_turned_page_by_page(embedded: TestClient, office: Visitor) -> None:
    job = imported(embedded, csv_of(gap_rows(25, severity="<b>x</b>")))
    first = office.get(f"/imports/{job['id']}")
    following = re.search(r'id="next" href="([^"]+)"', first.text)
    assert following is not None
    second = office.get(f"/imports/{job['id']}{following[1].replace('&amp;', '&')}")
    lines = re.findall(r'data-label="行号">(\d+)<', first.text + second.text)
    assert lines == [str(line) for line in range(2, 27)]
    assert "须为数字" in words_of(second)
    assert "<b>" not in office.get("/imports").text


def test_templates_and_exports_are_files_to_keep(embedded: TestClient, office: Visitor) -> None:
    register(embedded, "gaps", a_gap(external_id="G-1"))
    for kind in RecordKind:
        answer = office.get(f"/imports/templates/{kind}?format=csv")
        assert answer.text.startswith("\ufeff"), kind
    assert "缺口类型" in office.get("/imports/templates/gaps?format=csv").text
    assert office.get("/imports/templates/gaps").content.startswith(b"PK")
    for kind in ExportKind:
        for form in ("csv", "xlsx", "jsonl"):
            answer = office.get(f"/imports/exports/{kind}?format={form}")
            assert answer.headers["Content-Disposition"] == f'attachment; filename="{kind}.{form}"'
    assert "G-1" in office.get("/imports/exports/gaps?format=jsonl").text
    assert office.get("/imports/exports/gaps").content.startswith(b"PK")


def test_what_is_not_there_is_told(office: Visitor) -> None:
    for path, status in [
        ("/imports/job_none", 404),
        ("/imports/job_none/refused", 404),
        ("/imports/templates/none", 404),
        ("/imports/templates/gaps?format=pdf", 422),
        ("/imports/exports/none", 422),
        ("/imports/exports/gaps?format=pdf", 422),
        ("/imports?status=none", 422),
    ]:
        assert office.get(path).status_code == status, path
    assert "没有这个任务" in words_of(office.send("/imports/job_none/cancel"))


def test_keys_of_partners_open_no_page_of_imports(stranger: Visitor, embedded: TestClient) -> None:
    assert stranger.sign_in(PARTNER).status_code == 303
    assert stranger.get("/imports").status_code == 403
    assert stranger.send_file(b"zone_id,kind\n", "a.csv", kind="gaps").status_code == 403
    with Session(engine_of(embedded)) as session:
        assert not session.exec(select(Event).where(col(Event.action) == "job.created")).all()
