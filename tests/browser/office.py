"""An office for the tests of the administrators' pages: records to look at, a server, a browser."""

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import uvicorn
from fastapi import FastAPI
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Page,
    ViewportSize,
    sync_playwright,
)
from starlette.testclient import TestClient

from tests.browser import chromium
from tests.factories import (
    OTHER_PARTNER,
    PARTNER,
    PARTNER_ID,
    a_gap,
    a_keyword_edition,
    a_lead,
    a_person,
    a_policy,
    an_investor,
    bearer,
    register,
)
from tests.house.server import find_free_port, is_ready
from tests.service.imports.sending import csv_of, gap_rows, imported

WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@dataclass(frozen=True, slots=True)
class Records:
    """The ids of what the pages show."""

    lead: str
    other_lead: str
    policy: str
    edition: str
    job: str
    partner: str = PARTNER_ID


def fill(app: FastAPI, admin: TestClient) -> Records:
    """Leads of different companies, two drafts, a gap, an import and twins in the pool."""
    register(admin, "gaps", a_gap(title_zh="引进光刻胶项目", title_en="Photoresist wanted"))
    for _ in range(2):
        register(admin, "investors", an_investor(name="苏州示例材料股份有限公司"))
    partner = TestClient(app, headers=bearer(PARTNER))
    other = TestClient(app, headers=bearer(OTHER_PARTNER))
    named = a_person(role="战略部负责人", phone="+86 512 0000 0000", email="li@example.cn")
    investor = an_investor(name="示例株式会社", country="JP")
    one = register(
        partner, "leads", a_lead(investor=investor, note="董事会春季决定 " + "x" * 200, **named)
    )
    two = register(other, "leads", a_lead(investor=an_investor(name="苏州示例材料股份有限公司")))
    draft = register(admin, "admin/policies", a_policy())
    register(admin, "investors", an_investor(name="版图软件公司", products=["版图神器"]))
    edition = register(admin, "admin/reference", a_keyword_edition())
    rows = gap_rows(3, severity=70)
    rows[2][1] = "CNHTZ-NONE"
    job = imported(admin, csv_of(rows))
    return Records(one["id"], two["id"], draft["id"], edition["id"], job["id"])


@contextmanager
def serving(app: FastAPI) -> Generator[str]:
    """The address at which an application of this process answers."""
    port = find_free_port()
    config = uvicorn.Config(app, port=port, log_config=None, lifespan="off", server_header=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{port}"
    while not is_ready(url):
        time.sleep(0.02)
    try:
        yield url
    finally:
        server.should_exit = True
        thread.join()


@dataclass
class Desk:
    """A signed-in browser, with everything it asked for and complained of."""

    url: str
    page: Page
    context: BrowserContext
    hosts: set[str] = field(default_factory=set[str])
    complaints: list[str] = field(default_factory=list[str])

    def watch(self) -> None:
        """Note from now on what is asked for and complained of."""
        self.context.on("request", lambda asked: self.hosts.add(urlsplit(asked.url).netloc))
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def open(self, path: str) -> Page:
        """A page of the office."""
        self.page.goto(f"{self.url}/admin{path}")
        return self.page

    def beside(self) -> "Desk":
        """The same browser as somebody else's: a context of its own, nobody signed in."""
        assert self.context.browser is not None
        context = self.context.browser.new_context(locale="zh-CN", viewport=WIDE)
        context.set_default_timeout(30_000)
        desk = Desk(self.url, context.new_page(), context)
        desk.watch()
        return desk

    def sign_in(self, key: str) -> None:
        """Type a key into the page that asks for it."""
        self.page.goto(f"{self.url}/sign-in")
        self.page.fill("#key", key)
        self.page.click("main button")


@contextmanager
def browsing(url: str) -> Generator[Desk]:
    """A browser in Chinese."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=list(chromium.ARGUMENTS)
        )
        context = browser.new_context(locale="zh-CN", viewport=WIDE)
        context.set_default_timeout(30_000)
        desk = Desk(url, context.new_page(), context)
        desk.watch()
        yield desk
        browser.close()
