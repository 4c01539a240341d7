"""What holds for every page: nobody without a session, protective headers, nothing of others."""

import sqlite3
from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from starlette.routing import Mount, Route
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from service.edge import Edge
from service.pages.admin.house import HOUSE
from service.pages.admin.sections import SECTIONS
from service.pages.mounting import mount_pages
from service.problems import install
from tests.service.pages.visitor import COOKIE, Visitor, words_of


def routes(app: FastAPI) -> Iterator[Route]:
    """Every route of the pages, as they are mounted."""
    mount = next(one for one in app.routes if isinstance(one, Mount) and one.path == "/admin")
    for one in mount.routes:
        if isinstance(one, Route):
            yield one
        else:
            assert isinstance(one, Mount)
            assert one.path == "/static"


def test_nobody_gets_in_without_a_session(stranger: Visitor, blank_app: FastAPI) -> None:
    seen = 0
    for route in routes(blank_app):
        path = route.path.replace("{id}", "key_1")
        for verb in (route.methods or set()) - {"HEAD"}:
            answer = stranger.client.request(verb, f"/admin{path}", data={"token": "x"})
            assert answer.status_code == 303, (verb, path)
            assert answer.headers["Location"].startswith("/sign-in?")
            seen += 1
    assert seen > 25


def test_only_our_own_routes_are_there(blank_app: FastAPI) -> None:
    first = {section.path.strip("/") for section in SECTIONS}
    assert {route.path.split("/")[1] for route in routes(blank_app)} == first


def test_protective_headers_are_on_every_page(office: Visitor) -> None:
    for path in ["/", "/keys", "/none", "/keys/none", "/keys?scope=none"]:
        answer = office.get(path)
        for name, value in HOUSE.headers.items():
            assert answer.headers[name] == value
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "script-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_no_cookie_but_ours_is_set(office: Visitor) -> None:
    for path in ("/", "/sign-in", "/keys"):
        office.get(path)
    assert set(office.client.cookies) == {COOKIE}


def test_pages_name_no_other_host_and_hold_no_script(office: Visitor) -> None:
    for section in SECTIONS:
        text = office.get(section.path).text
        assert "http:" not in text
        assert "https:" not in text
        assert "<script" not in text
        assert " style=" not in text
        assert " onclick=" not in text


def test_files_come_from_here_and_may_be_kept(stranger: Visitor) -> None:
    for path in ["pages.css", "css/vendor/tabler.min.css"]:
        answer = stranger.get(f"/static/{path}")
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=86400"
        again = stranger.get(f"/static/{path}", **{"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304


def test_style_sheets_load_nothing_from_elsewhere(stranger: Visitor) -> None:
    for path in ("pages.css", "css/vendor/tabler.min.css"):
        text = stranger.get(f"/static/{path}").text
        assert "@import" not in text
        assert "url(http" not in text
        assert "url(//" not in text


def test_what_is_not_there_is_told_as_a_page(office: Visitor) -> None:
    for path in ["/static/none.css", "/static/../texts.csv", "/none", "/keys/a/b"]:
        answer = office.get(path, **{"Accept-Language": "en"})
        assert answer.status_code == 404
        assert "There is no such page" in words_of(answer)


def test_ids_that_none_of_ours_can_be_are_not_looked_up(office: Visitor) -> None:
    for id_ in ["a%00b", "x" * 65, "%F0%9F%98%80", "a%20b", "'"]:
        for section in ("keys", "leads", "partners", "policies"):
            assert office.get(f"/{section}/{id_}").status_code == 404


def test_wrong_method_is_told_as_a_page(office: Visitor) -> None:
    answer = office.get("/keys/key_1/revoke")
    assert answer.status_code == 405
    assert "此地址不能这样访问" in words_of(answer)


def test_path_without_a_slash_leads_to_the_first_page(stranger: Visitor) -> None:
    answer = stranger.client.get("/admin")
    assert answer.headers["Location"] == "/admin/"


@pytest.mark.parametrize("path", ["/admin", "/admin/", "/admin/keys/key_1"])
@pytest.mark.parametrize("verb", ["GET", "POST"])
def test_without_the_extra_it_is_said_what_to_do(path: str, verb: str) -> None:
    app = FastAPI(openapi_url=None)
    app.add_middleware(Edge)
    install(app)
    mount_pages(app, "no_such_library")
    answer = TestClient(app).request(verb, path)
    assert answer.status_code == 501
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "bulian[admin]" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (OperationalError("SELECT", {}, sqlite3.OperationalError("locked")), 503, "请稍候再试"),
        (PoolExhausted(), 503, "数据库暂时没有响应"),
        (IntegrityError("INSERT", {}, sqlite3.IntegrityError("twice")), 409, "其他人作了修改"),
        (ProgrammingError("SELECT", {}, sqlite3.ProgrammingError("no")), 500, "系统出现故障"),
    ],
    ids=["away", "busy", "twice", "ours"],
)
def test_what_the_database_refuses_is_told(
    office: Visitor, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, words: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("service.usecases.overview.read", fail)
    office.client._transport.raise_server_exceptions = False  # type: ignore[attr-defined]
    with capture_logs():
        answer = office.get("/")
    assert (answer.status_code, words in words_of(answer)) == (status, True)


def test_faults_are_told_without_their_cause(
    office: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr("service.usecases.overview.read", fail)
    office.client._transport.raise_server_exceptions = False  # type: ignore[attr-defined]
    with capture_logs() as lines:
        answer = office.get("/")
    assert answer.status_code == 500
    assert "fault" in [line["event"] for line in lines]
    assert "系统出现故障" in words_of(answer)
    assert answer.headers["X-Request-ID"] in answer.text
    assert "a secret" not in answer.text
