"""Signing in, being kept out, signing out."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from service.usecases import sessions
from tests.factories import ADMIN, a_key, register
from tests.service.pages.visitor import COOKIE, Visitor, a_visitor, words_of


def test_a_key_opens_the_pages(stranger: Visitor) -> None:
    answer = stranger.sign_in()
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert stranger.get("/").status_code == 200


def test_the_cookie_says_nothing_to_others(stranger: Visitor) -> None:
    (cookie,) = stranger.sign_in().headers.get_list("Set-Cookie")
    assert cookie.startswith(f"{COOKIE}=")
    assert ADMIN not in cookie
    said = {part.strip() for part in cookie.split(";")[1:]}
    assert said == {"HttpOnly", "Max-Age=43200", "Path=/", "SameSite=lax"}


def test_over_https_the_cookie_stays_there(embedded: TestClient, blank_app: FastAPI) -> None:
    visitor = a_visitor(blank_app, base_url="https://testserver")
    assert "Secure" in visitor.sign_in().headers["Set-Cookie"]
    answer = visitor.client.get("/admin/?lang=en")
    assert "Secure" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize(
    ("key", "status", "words"),
    [
        ("bul_none", 401, "密钥无效、已吊销或已到期"),
        ("", 401, "密钥无效、已吊销或已到期"),
        ("\x00密钥", 401, "密钥无效、已吊销或已到期"),
        ("x" * 20_000, 401, "密钥无效、已吊销或已到期"),
    ],
)
def test_other_keys_do_not(stranger: Visitor, key: str, status: int, words: str) -> None:
    answer = stranger.sign_in(key)
    assert answer.status_code == status
    assert words in words_of(answer)
    assert not stranger.token
    assert key == "" or key not in answer.text


def test_afterwards_one_is_where_one_wanted_to_be(stranger: Visitor) -> None:
    for wanted, led_to in [
        ("/admin/keys?scope=portal", "/admin/keys?scope=portal"),
        ("/admin/leads/lead_1", "/admin/leads/lead_1"),
        ("", "/"),
        ("https://elsewhere.example/admin/", "/"),
        ("//elsewhere.example/admin/", "/"),
        ("/admin/\\elsewhere", "/"),
        ("/admin/\r\nSet-Cookie: a=b", "/"),
        ("/v1/zones", "/"),
    ]:
        assert stranger.sign_in(next=wanted).headers["Location"] == led_to


def test_the_way_is_kept_in_the_form(stranger: Visitor) -> None:
    sent = stranger.get("/keys?scope=portal")
    assert sent.headers["Location"] == "/sign-in?next=%2Fadmin%2Fkeys%3Fscope%3Dportal"
    page = stranger.client.get(sent.headers["Location"])
    assert 'name="next" value="/admin/keys?scope=portal"' in page.text


def test_who_signs_out_is_out(office: Visitor) -> None:
    token = office.token
    assert office.sign_out() == "/sign-in?done=signed_out"
    assert not office.token
    office.client.cookies.set(COOKIE, token, path="/")
    assert office.get("/").status_code == 303


def test_a_form_after_the_end_says_that_nothing_was_done(office: Visitor) -> None:
    token = office.token
    office.sign_out()
    office.client.cookies.set(COOKIE, token, path="/")
    answer = office.send("/keys", name="甲", scope="admin")
    assert answer.headers["Location"] == "/sign-in?done=ended"
    assert "没有执行" in words_of(office.client.get(answer.headers["Location"]))


def test_the_log_names_the_key_and_no_secret(stranger: Visitor) -> None:
    with capture_logs() as lines:
        stranger.sign_in("bul_wrong")
        stranger.sign_in()
        stranger.sign_out()
    told = [line["event"] for line in lines if line["event"] != "request"]
    assert told == ["sign-in failed", "signed in", "signed out"]
    assert ADMIN not in str(lines)
    assert "bul_wrong" not in str(lines)
    assert {line["path"] for line in lines if line["event"] == "request"} == {
        "/sign-in",
        "/sign-out",
    }


def test_failures_are_slowed_down_and_then_also_the_right_key(stranger: Visitor) -> None:
    answers = [stranger.sign_in(f"bul_{n}").status_code for n in range(6)]
    assert answers == [401, 401, 401, 401, 429, 429]
    slowed = stranger.sign_in()
    assert slowed.status_code == 429
    assert 1 <= int(slowed.headers["Retry-After"]) <= 60
    assert "登录失败次数过多" in words_of(slowed)


@pytest.mark.parametrize("way", ["delete", "rotate"])
def test_a_session_dies_with_its_key_in_the_next_request(
    embedded: TestClient, stranger: Visitor, way: str
) -> None:
    key = register(embedded, "admin/keys", a_key(scope="admin"))
    stranger.sign_in(key["secret"])
    assert stranger.get("/").status_code == 200
    path = f"/v1/admin/keys/{key['id']}"
    answer = embedded.delete(path) if way == "delete" else embedded.post(f"{path}/rotate")
    assert answer.is_success
    assert stranger.get("/").status_code == 303
    assert stranger.send("/keys", name="甲", scope="admin").status_code == 303


def test_signing_in_again_ends_the_session_before(office: Visitor) -> None:
    before = office.token
    office.sign_in()
    assert office.token != before
    office.client.cookies.clear()
    office.client.cookies.set(COOKIE, before, path="/")
    assert office.get("/").status_code == 303


def test_tokens_that_are_none_open_nothing(stranger: Visitor) -> None:
    for token in ("x", "x" * 5000, "a.b", sessions.form_token("x")):
        stranger.client.cookies.set(COOKIE, token, path="/")
        assert stranger.get("/").status_code == 303
