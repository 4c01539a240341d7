"""Every page of the site in a real browser: both languages, desktop and telephone, light and dark.

Pictures of them are kept in `.screenshots` at the root, for people to look at.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final, Literal, cast
from urllib.parse import urlsplit

import pytest
from axe_playwright_python import (  # pyright: ignore[reportMissingTypeStubs] - it has none
    sync_playwright as axe,
)
from fastapi import FastAPI
from playwright.sync_api import ViewportSize, expect
from starlette.testclient import TestClient

from service import database, installation, runtime
from service.scorer import Scorer
from service.settings import Settings
from tests.browser import chromium, office
from tests.browser.office import Desk
from tests.browser.site_pages import GUEST, PAGES, PARTNER
from tests.factories import ADMIN, a_person, bearer, register

pytestmark = pytest.mark.browser

SCREENSHOTS: Final = Path(__file__).parents[2] / ".screenshots"
HEAVIEST: Final = 150 * 1024
"""Bytes of the first page with all that it loads."""

LANGS: Final = {"zh": "zh-CN", "en": "en"}
LOOKS: Final[tuple[tuple[ViewportSize, Literal["light", "dark"]], ...]] = (
    (office.WIDE, "light"),
    (office.NARROW, "dark"),
)
ONLY_WRONG: Final = {"resultTypes": ["violations"]}

CUT_OR_OVERLAPPING: Final = Path(__file__).with_name("cut_or_overlapping.js").read_text("utf-8")
"""What of the words of a page cannot be read: outside its chart, over one another, or hidden."""


@pytest.fixture(scope="module")
def site(
    blank_app: FastAPI, scorer: Scorer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a server with the demonstration, as a newcomer has just started it."""
    if chromium.find() is None:
        pytest.skip("NO CHROMIUM: THE PAGES OF THE SITE ARE NOT TESTED IN A BROWSER")
    settings = Settings.model_validate(
        {"data_dir": tmp_path_factory.mktemp("demonstration"), "admin_key": ADMIN}
    )
    engine = database.make_engine(settings.engine_url)
    installation.install(engine, settings, lambda: scorer, demo=True)
    engine.dispose()
    with ExitStack() as stack:
        blank_app.state.runtime = runtime.assemble(settings, scorer)
        stack.callback(blank_app.state.runtime.close)
        yield stack.enter_context(office.serving(blank_app))


@pytest.fixture(scope="module")
def guest(site: str) -> Iterator[Desk]:
    """A browser of somebody without a key."""
    with office.browsing(site) as desk:
        yield desk


@pytest.fixture(scope="module")
def records(site: str, guest: Desk, blank_app: FastAPI) -> dict[str, str]:
    """Ids of what the pages show: the severest gap, its best investor, their zone and chain."""
    admin = TestClient(blank_app, headers=bearer(ADMIN))
    gap = next(
        one for one in admin.get("/v1/gaps?limit=100").json()["items"] if one["severity"] == 88
    )
    ranking = admin.get(f"/v1/gaps/{gap['id']}/matches").json()
    return {
        "gap": gap["id"],
        "investor": ranking["matches"][0]["investor"]["id"],
        "zone": gap["zone"]["id"],
        "chain": gap["chain_id"],
    }


def of(who: str) -> list[str]:
    return list(PAGES.get(who, {}))


def look(desk: Desk, path: str, headings: tuple[str, str], name: str) -> None:
    """Open a page in every way and hold it to what all pages are held to."""
    page = desk.page
    for (language, code), heading in zip(LANGS.items(), headings, strict=True):
        page.goto(f"{desk.url}{path}{'&' if '?' in path else '?'}lang={language}")
        expect(page.locator("h1")).to_contain_text(heading)
        assert page.locator("html").get_attribute("lang") == code
        for size, theme in LOOKS:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            where = (path, language, theme)
            assert not page.evaluate(office.TOO_WIDE), where
            assert page.evaluate(CUT_OR_OVERLAPPING) == [], where
            if (language, theme) in {("zh", "light"), ("en", "dark")}:
                assert complaints(desk) == [], where
                page.screenshot(path=SCREENSHOTS / f"{name}-{language}-{theme}.png", full_page=True)
    assert desk.hosts == {urlsplit(desk.url).netloc}
    told = [said for said in desk.complaints if "404" not in said]
    assert told == []


def complaints(desk: Desk) -> list[str]:
    """What axe finds: rule, place and reason."""
    found = cast("Any", axe).Axe().run(desk.page, options=ONLY_WRONG).response
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def named(who: str, path: str) -> str:
    return f"{who}{re.sub(r'[^a-z-]+', '_', path)}".rstrip("_")


@pytest.mark.parametrize("template", of(GUEST))
def test_a_newcomer_reads_every_page(guest: Desk, records: dict[str, str], template: str) -> None:
    path = template.format_map(records)
    look(guest, path, PAGES[GUEST][template], named(GUEST, template))


def test_the_first_page_is_light(guest: Desk) -> None:
    weights: list[int] = []
    guest.page.on("response", lambda answer: weights.append(len(answer.body())))
    guest.page.goto(guest.url)
    guest.page.wait_for_load_state("networkidle")
    assert 10_000 < sum(weights) <= HEAVIEST


def test_the_keyboard_reaches_what_is_lacking(guest: Desk) -> None:
    page = guest.page
    page.goto(f"{guest.url}/?lang=zh")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached: set[str] = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('href') || ''"))
    assert any(path.startswith("/gaps/gap_") for path in reached)
    assert any(path.startswith("/matches/") for path in reached)


@pytest.fixture(scope="module")
def partner(guest: Desk, records: dict[str, str], blank_app: FastAPI) -> Iterator[Desk]:
    """A browser in which a partner with one lead has signed in. From here on guests see nothing."""
    admin = TestClient(blank_app, headers=bearer(ADMIN))
    made = register(admin, "admin/partners", {"name": "示例合伙人"})
    said = {"scope": "partner", "name": "甲", "partner_id": made["id"]}
    key = register(admin, "admin/keys", said)["secret"]
    investor = {"name": "示例株式会社", "country": "JP", "products": ["ArF光刻胶"]}
    lead = {"investor": investor, "gap_id": records["gap"], **a_person(phone="+81 3 0000 0000")}
    records["lead"] = register(TestClient(blank_app, headers=bearer(key)), "leads", lead)["id"]
    desk = guest.beside()
    desk.sign_in(key)
    yield desk
    desk.context.close()


@pytest.mark.parametrize("template", of(PARTNER))
def test_a_partner_reads_every_page(partner: Desk, records: dict[str, str], template: str) -> None:
    path = template.format_map(records)
    look(partner, path, PAGES[PARTNER][template], named(PARTNER, template))
