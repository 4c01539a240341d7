"""The site as a whole: who may open what, guests of the demonstration, what is not there."""

import re

import pytest
from fastapi import FastAPI
from sqlmodel import Session
from starlette.testclient import TestClient

from models.gap import Gap
from models.investor import Investor
from service.pages.site.house import HOUSE
from service.pages.site.page import Verb
from service.pages.site.sections import MENU, PAGES
from tests.factories import ADMIN, PARTNER, PORTAL, a_gap, an_investor, register
from tests.service.pages.visitor import Visitor, words_of


def test_nobody_reads_once_there_is_more_than_the_demonstration(
    stranger: Visitor, embedded: TestClient
) -> None:
    register(embedded, "investors", an_investor())
    for page in PAGES:
        path = re.sub(r"\{\w+\}", "x_1", page.path)
        verb = "GET" if page.verb is Verb.READ else "POST"
        answer = stranger.client.request(
            verb, path, data={"token": "x"} if verb == "POST" else None
        )
        assert answer.status_code == 303, path
        assert answer.headers["Location"].startswith("/sign-in?")


@pytest.mark.parametrize("what", ["investors", "gaps"])
def test_guests_see_the_demonstration_and_nothing_else(
    stranger: Visitor, embedded: TestClient, blank_app: FastAPI, what: str
) -> None:
    assert "以访客身份浏览" in words_of(stranger.client.get("/"))
    body = an_investor() if what == "investors" else a_gap()
    made = register(embedded, what, {**body, "external_id": "demo-1"})
    assert stranger.client.get("/").status_code == 303, "registered with a key, whatever it says"
    table = Investor if what == "investors" else Gap
    with Session(blank_app.state.runtime.engine) as session:
        row = session.get_one(table, made["id"])
        row.created_by = "system"
        session.commit()
        assert stranger.client.get("/").status_code == 200
        row.external_id = None
        session.commit()
    assert stranger.client.get("/").status_code == 303


def test_a_zone_that_was_changed_is_no_demonstration(
    stranger: Visitor, embedded: TestClient
) -> None:
    assert stranger.client.get("/").status_code == 200
    embedded.patch("/v1/zones/CNHTZ-3205", json={"land_available_ha": 12})
    assert stranger.client.get("/").status_code == 303


@pytest.mark.parametrize("key", [ADMIN, PORTAL, PARTNER])
def test_who_signs_in_sees_the_pages_of_the_menu(stranger: Visitor, key: str) -> None:
    assert stranger.sign_in(key).status_code == 303
    page = stranger.client.get("/").text
    shown = [entry for entry in MENU if f'href="{entry.path}"' in page]
    assert shown
    for entry in shown:
        assert stranger.client.get(entry.path).status_code == 200, entry.path


def test_headers_keep_everything_else_out(stranger: Visitor) -> None:
    answer = stranger.client.get("/sign-in")
    for name, value in HOUSE.headers.items():
        assert answer.headers[name] == value
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_what_is_no_page_is_left_to_the_api(stranger: Visitor) -> None:
    for path in ("/none", "/v1/none", "/static"):
        answer = stranger.client.get(path)
        assert answer.status_code == 404
        assert answer.headers["Content-Type"] == "application/problem+json"
    assert "没有这个页面" in words_of(stranger.client.get("/static/none.css"))


def test_a_wrong_method_is_told_as_a_page(stranger: Visitor) -> None:
    answer = stranger.client.post("/")
    assert answer.status_code == 405
    assert answer.headers["Content-Type"].startswith("text/html")


def test_language_and_theme_are_kept(stranger: Visitor) -> None:
    page = stranger.client.get("/sign-in?lang=en&theme=dark")
    assert 'lang="en" data-theme="dark"' in page.text
    again = stranger.client.get("/sign-in")
    assert 'lang="en" data-theme="dark"' in again.text
    assert "data-theme" not in stranger.client.get("/sign-in?theme=pink").text


def test_files_may_be_kept(stranger: Visitor) -> None:
    for name in ("site.css", "bulian.svg"):
        answer = stranger.client.get(f"/static/{name}")
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=86400"
        assert "http:" not in answer.text.replace("http://www.w3.org/2000/svg", "")
