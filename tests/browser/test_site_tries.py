"""The two pages that answer while one types or slides, in a real browser, by keyboard alone."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from fastapi import FastAPI
from playwright.sync_api import Page, Route, expect
from starlette.testclient import TestClient

from service import runtime
from service.scorer import Scorer
from tests.browser import chromium, office
from tests.browser.office import Desk
from tests.databases import SqliteCopies
from tests.factories import ADMIN, bearer
from tests.service.pages.site.rivals import BIG, CLEVER, register_rivals

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def gap(blank_app: FastAPI, sqlite_copies: SqliteCopies, scorer: Scorer) -> Iterator[str]:
    """A gap with two investors, in a database of this module's own."""
    if chromium.find() is None:
        pytest.skip("NO CHROMIUM: THE PAGES THAT ANSWER AT ONCE ARE NOT TESTED IN A BROWSER")
    with sqlite_copies.copy() as settings, ExitStack() as stack:
        blank_app.state.runtime = runtime.assemble(settings, scorer)
        stack.callback(blank_app.state.runtime.close)
        admin = TestClient(blank_app, headers=bearer(ADMIN))
        yield register_rivals(admin)


@pytest.fixture(scope="module")
def desk(gap: str, blank_app: FastAPI) -> Iterator[Desk]:
    """A browser in which an administrator has signed in."""
    with office.serving(blank_app) as url, office.browsing(url) as made:
        made.page.goto(f"{url}/sign-in")
        made.page.fill("#key", ADMIN)
        made.page.click("main button")
        yield made


def opened(desk: Desk, path: str) -> Page:
    desk.page.goto(f"{desk.url}{path}")
    return desk.page


def test_typing_a_product_shows_matches_without_a_click(desk: Desk) -> None:
    page = opened(desk, "/register")
    page.focus("#field-names")
    page.keyboard.type("示例企业")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    for _ in range(5):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("光刻胶")
    expect(page.locator("#found")).to_contain_text("引进光刻胶")
    expect(page.locator("#found")).to_contain_text("光刻胶及配套试剂")
    expect(page.locator("#said")).to_contain_text("匹配 1 个")
    assert page.evaluate("document.activeElement.id") == "field-products"
    before = page.locator("#found strong.figure").inner_text()
    page.select_option("#field-technology_level", "4")
    expect(page.locator("#found strong.figure")).not_to_have_text(before)
    page.fill("#field-jobs", "1x")
    expect(page.locator("#wrong-jobs")).to_have_text("须为不小于 0 的整数")
    expect(page.locator("#field-jobs")).to_have_attribute("aria-invalid", "true")
    page.fill("#field-jobs", "12")
    expect(page.locator("#wrong-jobs")).to_have_text("")
    expect(page.locator("#field-jobs")).to_have_attribute("aria-invalid", "false")
    assert desk.complaints == []


def test_moving_a_slider_moves_the_ranking(desk: Desk, gap: str) -> None:
    page = opened(desk, f"/what-if?gap={gap}")
    order = page.locator("#ranked tbody th a")
    expect(order).to_have_text([BIG, CLEVER])
    slider = page.locator("#slide-frontier_technology")
    slider.focus()
    page.keyboard.press("End")
    expect(page.locator("label:has(#slide-frontier_technology) output")).to_have_text("60.0")
    expect(order).to_have_text([CLEVER, BIG])
    expect(page.locator("#said")).to_have_text("2 个名次有变化。")
    expect(page.locator("#ranked")).to_contain_text("升 1")
    expect(slider).to_be_focused()
    assert "frontier_technology=60" in page.url, "the address leads to what is seen"
    page.reload()
    expect(order).to_have_text([CLEVER, BIG])
    page.locator("#slide-link_fit").focus()
    page.keyboard.press("End")
    expect(page.locator("#ranked")).to_contain_text("无法试算")
    page.keyboard.press("Home")
    expect(order.first).to_be_visible()
    for complaint in desk.complaints:
        assert "422" in complaint
    desk.complaints.clear()


def test_what_was_tried_is_kept_as_a_draft(desk: Desk, gap: str) -> None:
    page = opened(desk, f"/what-if?gap={gap}")
    page.locator("#slide-ecology").focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#moved input")).to_have_attribute("value", "9.0")
    for name in ("name_zh", "name_en", "source"):
        page.fill(f"#draft [name={name}]", f"试算 {name}")
    page.click("#keep")
    expect(page.locator("h1")).to_contain_text("试算 name_zh")
    assert desk.complaints == []


def test_an_answer_that_does_not_come_leaves_the_form_usable(desk: Desk) -> None:
    page = opened(desk, "/register")

    def away(route: Route) -> None:
        route.abort()

    page.route("**/register", away)
    with page.expect_event("requestfailed"):
        page.fill("#field-products", "光刻胶")
    expect(page.locator("#found")).not_to_have_attribute("aria-busy", "true")
    page.unroute("**/register")
    page.click("#try")
    expect(page.locator("#found")).to_contain_text("光刻胶及配套试剂")
    desk.complaints.clear()


def test_without_script_everything_works_by_its_buttons(desk: Desk, gap: str) -> None:
    browser = desk.context.browser
    assert browser
    context = browser.new_context(
        java_script_enabled=False, locale="zh-CN", storage_state=desk.context.storage_state()
    )
    page = context.new_page()
    page.goto(f"{desk.url}/register")
    page.fill("#field-products", "光刻胶")
    page.select_option("#field-country", "JP")
    page.click("#try")
    expect(page.locator("#found")).to_contain_text("引进光刻胶")
    expect(page.locator("#field-products")).to_have_value("光刻胶")
    page.goto(f"{desk.url}/what-if?gap={gap}")
    page.locator("#slide-frontier_technology").focus()
    page.keyboard.press("End")
    page.click("#try")
    expect(page.locator("#ranked")).not_to_contain_text("尚未移动滑块")
    context.close()
