"""Forms of our own pages only; the language the reader wants; the session kept alive."""

import re
from contextlib import ExitStack
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine
from sqlmodel import Session, select
from starlette.testclient import TestClient

from models.api_key import ApiKey
from models.browser_session import BrowserSession
from service import clock, runtime
from service.edge import Edge
from service.pages.mounting import mount_pages
from service.scorer import Scorer
from service.settings import Settings
from service.usecases.sessions import form_token
from tests.databases import SqliteCopies
from tests.factories import ADMIN
from tests.service.pages.visitor import Visitor, a_visitor, words_of

KEY = {"name": "新密钥", "scope": "portal"}


@pytest.fixture
def engine(blank_app: FastAPI, embedded: TestClient) -> Engine:
    return blank_app.state.runtime.engine


def keys(engine: Engine) -> int:
    with Session(engine) as session:
        return len(session.exec(select(ApiKey)).all())


def test_a_form_of_no_page_of_this_session_does_nothing(office: Visitor, engine: Engine) -> None:
    for token in ["", "x", "密", form_token("of another session")]:
        before = keys(engine)
        answer = office.client.post("/admin/keys", data={**KEY, "token": token})
        assert answer.status_code == 403
        assert "表单未被接受" in words_of(answer)
        assert "没有任何内容被修改" in words_of(answer)
        english = office.client.post("/admin/keys?lang=en", data=KEY)
        assert "The form was refused" in words_of(english)
        assert keys(engine) == before


def test_forms_of_other_sites_are_refused_even_with_the_token(
    office: Visitor, engine: Engine
) -> None:
    for headers in [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    ]:
        for path in ["/admin/keys", "/sign-in", "/sign-out"]:
            before = keys(engine)
            data = {**KEY, "token": form_token(office.token), "key": ADMIN}
            answer = office.client.post(path, data=data, headers=headers)
            assert answer.status_code == 403
            assert "Set-Cookie" not in answer.headers
            assert keys(engine) == before


def test_forms_of_our_own_are_taken(office: Visitor) -> None:
    for headers in [
        {},
        {"Origin": "http://testserver"},
        {"Origin": "https://testserver"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://behind.a.proxy"},
        {"Sec-Fetch-Site": "none"},
    ]:
        data = {**KEY, "token": form_token(office.token)}
        assert office.client.post("/admin/keys", data=data, headers=headers).status_code == 200


def test_what_is_no_form_is_told_so(office: Visitor) -> None:
    for content, kind, status in [
        (b"{}", "application/json", 400),
        (b"token=%FF", "application/x-www-form-urlencoded", 400),
        (b"token=\xff", "application/x-www-form-urlencoded", 400),
        (b"a=b&" * 300, "application/x-www-form-urlencoded", 400),
        (b"token=" + b"x" * 70_000, "application/x-www-form-urlencoded", 413),
        (b"token=x", "multipart/form-data; boundary=x", 400),
        (b"", "", 400),
    ]:
        answer = office.client.post("/admin/keys", content=content, headers={"Content-Type": kind})
        assert answer.status_code == status
        assert answer.headers["Content-Type"].startswith("text/html")


def test_language_is_the_browsers(stranger: Visitor) -> None:
    for accepted, language in [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,en;q=0.9", "en"),
        ("de-DE,en;q=0.5,zh;q=0.6", "zh"),
        ("en;q=x,zh;q=0.1", "zh"),
        ("fr", "zh"),
        ("", "zh"),
    ]:
        answer = stranger.client.get("/sign-in", headers={"Accept-Language": accepted})
        assert answer.headers["Content-Language"] == language


def test_language_chosen_on_a_page_stays(office: Visitor) -> None:
    chosen = office.get("/keys?scope=portal&lang=en")
    assert 'href="/admin/keys?scope=portal&amp;lang=zh"' in chosen.text
    assert "Max-Age=31536000" in chosen.headers["Set-Cookie"]
    assert office.get("/leads").headers["Content-Language"] == "en"
    office.get("/leads?lang=zh")
    assert office.get("/leads").headers["Content-Language"] == "zh"
    assert "Set-Cookie" not in office.get("/leads?lang=de").headers


def test_looking_at_pages_keeps_a_session(
    office: Visitor, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = clock.now()
    for minutes in (50, 100, 150):
        later = start + timedelta(minutes=minutes)
        monkeypatch.setattr(clock, "now", lambda later=later: later)
        assert office.get("/keys").status_code == 200
        with Session(engine) as session:
            assert session.exec(select(BrowserSession)).one().last_seen_at == later
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(minutes=211))
    assert office.get("/keys").status_code == 303


def test_a_revoked_key_closes_the_pages_of_every_process(
    sqlite_copies: SqliteCopies, scorer: Scorer
) -> None:
    with sqlite_copies.copy() as settings, ExitStack() as stack:
        one, other = (a_process(stack, settings, scorer) for _ in range(2))
        admin, visitor, elsewhere = a_visitor(one), a_visitor(one), a_visitor(other)
        admin.sign_in()
        made = admin.send("/keys", name="同事", scope="admin").text
        secret, key_id = re.findall(r'value="(bul_[^"]+)"|/admin/keys/(key_\w+)', made)
        visitor.sign_in(secret[0])
        elsewhere.client.cookies.update(visitor.client.cookies)
        assert elsewhere.get("/").status_code == 200
        admin.done(f"/keys/{key_id[1]}/revoke")
        assert elsewhere.get("/").status_code == 303


def a_process(stack: ExitStack, settings: Settings, scorer: Scorer) -> FastAPI:
    """An application with the pages only, over connections of its own."""
    app = FastAPI(openapi_url=None)
    app.add_middleware(Edge)
    app.state.runtime = runtime.assemble(settings, scorer)
    stack.callback(app.state.runtime.close)
    mount_pages(app)
    return app
