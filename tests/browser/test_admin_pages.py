"""The administrators' pages in a real browser: each in both languages, and a day at the office."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI
from playwright.sync_api import FilePayload, expect
from starlette.testclient import TestClient

from service import runtime
from service.scorer import Scorer
from tests.browser import chromium, office
from tests.browser.office import Desk, Records
from tests.databases import SqliteCopies
from tests.factories import ADMIN, bearer
from tests.service.imports.sending import csv_of, gap_rows, work

pytestmark = pytest.mark.browser

PAGES = {
    "/": ("总览", "Overview"),
    "/leads": ("线索", "Leads"),
    "/leads/{lead}": ("示例株式会社", "示例株式会社"),
    "/duplicates": ("疑似重复", "Duplicates"),
    "/duplicates?kind=investors": ("疑似重复", "Duplicates"),
    "/policies": ("政策", "Policies"),
    "/policies/{policy}": ("生态优先", "Ecology first"),
    "/policies/{policy}/preview": ("试算：生态优先", "Preview: Ecology first"),
    "/policies/national-2026": ("国家高新区补链匹配政策", "National high-tech zone"),
    "/reference": ("参考数据", "Reference data"),
    "/reference/{edition}": ("关键词修订", "Keywords revised"),
    "/reference/{edition}/preview": ("试算：关键词修订", "Preview: Keywords revised"),
    "/partners": ("合伙人", "Partners"),
    "/partners/{partner}": ("合伙人", "合伙人"),
    "/keys": ("密钥", "Keys"),
    "/events": ("操作记录", "Audit log"),
    "/imports": ("导入导出", "Files"),
    "/imports/{job}": ("导入：弱链缺链", "Import: Gaps"),
    "/cache": ("缓存", "Cache"),
}
"""Each page with its heading in Chinese and in English."""


@pytest.fixture(scope="module")
def records(blank_app: FastAPI, sqlite_copies: SqliteCopies, scorer: Scorer) -> Iterator[Records]:
    """What the pages show, in a database of this module's own."""
    if chromium.find() is None:
        pytest.skip("NO CHROMIUM: THE ADMINISTRATORS' PAGES ARE NOT TESTED IN A BROWSER")
    with sqlite_copies.copy() as settings, ExitStack() as stack:
        blank_app.state.runtime = runtime.assemble(settings, scorer)
        stack.callback(blank_app.state.runtime.close)
        yield office.fill(blank_app, TestClient(blank_app, headers=bearer(ADMIN)))


@pytest.fixture(scope="module")
def desk(records: Records, blank_app: FastAPI) -> Iterator[Desk]:
    """A browser in which an administrator has signed in."""
    with office.serving(blank_app) as url, office.browsing(url) as made:
        made.sign_in(ADMIN)
        yield made


def path_of(template: str, records: Records) -> str:
    return template.format_map(asdict(records))


@pytest.mark.parametrize("template", PAGES)
def test_page_reads_well_in_both_languages_and_widths(
    desk: Desk, records: Records, template: str
) -> None:
    path = path_of(template, records)
    for language, heading in zip(("zh", "en"), PAGES[template], strict=True):
        page = desk.open(f"{path}{'&' if '?' in path else '?'}lang={language}")
        expect(page.locator("h1")).to_contain_text(heading)
        assert page.locator("html").get_attribute("lang") == {"zh": "zh-CN", "en": "en"}[language]
        for size in (office.NARROW, office.WIDE):
            page.set_viewport_size(size)
            assert not page.evaluate(office.TOO_WIDE), (language, size)
    assert desk.hosts == {urlsplit(desk.url).netloc}
    assert desk.complaints == []


def test_every_form_opens_within_a_narrow_screen(desk: Desk, records: Records) -> None:
    own = (f"/leads/{records.lead}", f"/policies/{records.policy}", f"/reference/{records.edition}")
    for path in ("/keys", "/imports", "/cache", "/partners", "/policies", "/duplicates", *own):
        page = desk.open(f"{path}?lang=zh")
        page.set_viewport_size(office.NARROW)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert not page.evaluate(office.TOO_WIDE), path
        page.set_viewport_size(office.WIDE)
        assert not page.evaluate(office.TOO_WIDE), path


def test_a_day_at_the_office(desk: Desk, records: Records) -> None:
    """A key is made and revoked, a policy activated, a lead moved, two companies joined."""
    page = desk.open("/keys?lang=zh")
    page.click("#make > summary")
    page.fill("#make [name=name]", "苏州门户")
    page.click("#make button")
    assert page.locator("#secret").input_value().startswith("bul_")
    page.click("text=查看该密钥")
    page.click("#revoke > summary")
    expect(page.locator("#revoke form")).to_contain_text("立即且永久失效")
    page.click("#revoke button")
    expect(page.locator("[role=status]")).to_have_text("密钥已吊销。")
    expect(page.locator(".heading")).to_contain_text("已吊销")

    page = desk.open(f"/policies/{records.policy}")
    page.click("#activate > summary")
    page.click("#activate button")
    expect(page.locator(".heading")).to_contain_text("施行中")

    page = desk.open("/leads")
    page.select_option("[name=status]", "submitted")
    page.click("form.filter button")
    page.click("text=示例株式会社")
    page.click("#move-under_review > summary")
    page.fill("#move-under_review textarea", "转集成电路处研判")
    page.click("#move-under_review button")
    expect(page.locator(".heading")).to_contain_text("审核中")
    expect(page.locator("main")).to_contain_text("转集成电路处研判")

    page = desk.open("/duplicates")
    page.click("td details > summary")
    page.click("td details[open] button")
    expect(page.locator("[role=status]")).to_have_text("已认定为同一企业。")
    expect(page.locator("td .badge")).to_have_text("已认定为同一企业")

    page = desk.open("/events")
    expect(page.locator("tbody")).to_contain_text("policy.activated")
    assert desk.complaints == []
    assert desk.hosts == {urlsplit(desk.url).netloc}


def test_a_file_is_imported_and_its_bad_row_comes_back(desk: Desk, blank_app: FastAPI) -> None:
    rows = gap_rows(3, severity=70)
    rows[1][2] = "neither"
    page = desk.open("/imports?lang=zh")
    page.click("#send > summary")
    file = FilePayload(name="弱链缺链.csv", mimeType="text/csv", buffer=csv_of(rows))
    page.set_input_files("[name=file]", file)
    page.select_option("#send [name=kind]", "gaps")
    page.click("#send button")
    expect(page.locator(".heading")).to_contain_text("排队中")
    work(TestClient(blank_app))
    expect(page.locator(".heading")).to_contain_text("已完成")
    expect(page.locator("tbody tr")).to_have_count(1)
    with page.expect_download() as download:
        page.click("#refused-csv")
    assert "neither" in download.value.path().read_text("utf-8-sig")
    assert desk.complaints == []


def test_drafts_are_tried_before_they_rule(desk: Desk, records: Records) -> None:
    """A policy is previewed; an edition is previewed, activated and rolled back."""
    page = desk.open(f"/policies/{records.policy}?lang=zh")
    page.select_option("#preview [name=direction]", "investors")
    page.fill("#preview [name=top]", "3")
    page.click("#preview button")
    expect(page.locator("#scope")).to_contain_text("看各排名的前 3 位")
    expect(page.locator("#preview [name=direction]")).to_have_value("investors")
    expect(page.locator("#exposure")).to_contain_text("东部")

    page = desk.open(f"/reference/{records.edition}?lang=zh")
    expect(page.locator("#differences")).to_contain_text("版图神器")
    page.click("#preview button")
    expect(page.locator("#moved")).to_contain_text("版图软件公司")
    page.click("text=返回该版本")
    for act, status in (("activate", "使用中"), ("rollback", "已停用")):
        page.click(f"#{act} > summary")
        page.click(f"#{act} form button")
        expect(page.locator(".heading")).to_contain_text(status)
    assert desk.complaints == []


def test_a_forged_form_is_refused_and_signing_out_ends_it_all(desk: Desk) -> None:
    page = desk.open("/keys?lang=en")
    page.click("#make > summary")
    page.fill("#make [name=name]", "forged")
    page.evaluate("document.querySelector('#make [name=token]').value = 'forged'")
    page.click("#make button")
    expect(page.locator("h1")).to_have_text("The form was refused")
    page = desk.open("/keys?lang=zh")
    assert "forged" not in page.inner_text("main")
    page.click("#sign-out")
    expect(page.locator("[role=status]")).to_have_text("您已退出登录。")
    page = desk.open("/keys")
    expect(page).to_have_url(re.compile("/sign-in"))
    assert page.locator("#key").is_visible()
    assert desk.hosts == {urlsplit(desk.url).netloc}
