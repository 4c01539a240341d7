"""The documentation page in a real browser: what it shows, and that it asks no other host."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.browser import chromium
from tests.house.server import Server, running_server

pytestmark = pytest.mark.browser


@dataclass(slots=True)
class Visit:
    """A page as opened, with everything it asked for and complained of."""

    page: Page
    hosts: set[str] = field(default_factory=set[str])
    complaints: list[str] = field(default_factory=list[str])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if chromium.find() is None:
        pytest.skip("NO CHROMIUM: THE DOCUMENTATION PAGE IS NOT TESTED")
    with running_server(tmp_path_factory.mktemp("docs page"), "--no-demo") as running:
        yield running


@pytest.fixture
def visit(server: Server) -> Iterator[Visit]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=list(chromium.ARGUMENTS)
        )
        visit = Visit(browser.new_page())
        visit.page.on("request", lambda request: visit.hosts.add(urlsplit(request.url).netloc))
        visit.page.on(
            "console",
            lambda message: (
                visit.complaints.append(message.text)
                if message.type in {"error", "warning"}
                else None
            ),
        )
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        visit.page.goto(f"{server.url}/docs", wait_until="networkidle", timeout=20_000)
        yield visit
        browser.close()


def test_every_operation_is_shown(visit: Visit, server: Server) -> None:
    document = visit.page.request.get(f"{server.url}/openapi.json").json()
    text = visit.page.inner_text("body")
    assert len(document["paths"]) > 10
    assert [path for path in document["paths"] if path not in text] == []


def test_no_other_host_is_asked_and_nothing_is_complained_of(visit: Visit, server: Server) -> None:
    assert visit.hosts == {urlsplit(server.url).netloc}
    assert visit.complaints == []


def test_page_reads_well_on_a_telephone(visit: Visit, tmp_path: Path) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    too_wide = visit.page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    visit.page.screenshot(path=tmp_path / "telephone.png")
    assert not too_wide
    assert visit.page.title()
