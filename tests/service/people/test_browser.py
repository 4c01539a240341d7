"""People sign in on the pages: sent to the issuer, back with an answer to their question."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi import FastAPI
from httpx2 import Response
from pydantic import ValidationError
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from service.people.browser import BrowserEntrance, browser_entrance
from service.people.entrance import Tokens
from service.settings import Settings
from tests.factories import an_investor, register
from tests.service.pages.visitor import COOKIE, Visitor, a_visitor, words_of
from tests.service.people.local_issuer import DISCOVERY, LocalIssuer

CLIENT = "bulian-pages"
PLACE = "https://bulian.example"


@pytest.fixture
def on_pages(tokens: Tokens, taken: Settings) -> BrowserEntrance:
    known = taken.model_dump() | {"oidc_client_id": CLIENT, "public_url": f"{PLACE}/"}
    made = browser_entrance(replace(tokens, settings=Settings.model_validate(known)))
    assert made is not None
    return made


@pytest.fixture
def visitor(
    embedded: TestClient, blank_app: FastAPI, tokens: Tokens, on_pages: BrowserEntrance
) -> Iterator[Visitor]:
    """Somebody without a key, in front of pages that hold more than the demonstration."""
    register(embedded, "investors", an_investor())
    before = blank_app.state.runtime
    blank_app.state.runtime = replace(before, people=tokens, people_on_pages=on_pages)
    yield a_visitor(blank_app, base_url=PLACE)
    blank_app.state.runtime = before


def sent_away(visitor: Visitor, wanted: str = "/exposure") -> dict[str, str]:
    """What the issuer is asked on behalf of who begins to sign in."""
    answer = visitor.client.get(f"/sign-in/people?next={wanted}")
    assert answer.status_code == 303
    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    return {name: values[0] for name, values in query.items()}


def come_back(
    visitor: Visitor, issuer: LocalIssuer, asked: dict[str, str], **claims: object
) -> Response:
    """As the issuer sends one back, with a token that is good but for some claims."""
    good = {"aud": CLIENT, "nonce": asked["nonce"], **claims}
    issuer.answers["/token"] = {"id_token": issuer.token(**good)}
    return visitor.client.get(f"/sign-in/back?code=c-1&state={asked['state']}")


def test_a_person_signs_in_and_goes_on(visitor: Visitor, issuer: LocalIssuer) -> None:
    page = visitor.client.get("/exposure")
    assert page.headers["Location"] == "/sign-in?next=%2Fexposure"
    assert (
        'href="/sign-in/people?next=/exposure"'
        in visitor.client.get("/sign-in?next=%2Fexposure").text
    )
    asked = sent_away(visitor)
    assert asked["redirect_uri"] == "https://bulian.example/sign-in/back"
    assert asked["client_id"] == CLIENT
    back = come_back(visitor, issuer, asked)
    assert (back.status_code, back.headers["Location"]) == (303, "/exposure")
    (sent,) = issuer.exchanged
    digest = sha256(sent["code_verifier"][0].encode()).digest()
    assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == asked["code_challenge"]
    assert sent["code"] == ["c-1"]
    assert visitor.client.get("/exposure").status_code == 200
    assert visitor.client.get("/admin/").status_code == 200


def test_groups_decide_what_a_person_may_open(visitor: Visitor, issuer: LocalIssuer) -> None:
    come_back(visitor, issuer, sent_away(visitor), groups=["bulian-portals"])
    assert visitor.client.get("/").status_code == 200
    assert visitor.client.get("/admin/").status_code == 403


def test_a_person_in_no_group_does_not_get_in(visitor: Visitor, issuer: LocalIssuer) -> None:
    back = come_back(visitor, issuer, sent_away(visitor), groups=["others"])
    assert back.status_code == 403
    assert "未被授权" in words_of(back)
    assert COOKIE not in visitor.client.cookies


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another"},
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "https://another.example"},
        {"exp": 1},
    ],
)
def test_a_token_that_is_no_answer_opens_nothing(
    visitor: Visitor, issuer: LocalIssuer, claims: dict[str, object]
) -> None:
    assert come_back(visitor, issuer, sent_away(visitor), **claims).status_code == 401
    assert COOKIE not in visitor.client.cookies


def test_the_answer_to_anothers_question_opens_nothing(
    visitor: Visitor, issuer: LocalIssuer, blank_app: FastAPI
) -> None:
    asked = sent_away(visitor)
    victim = a_visitor(blank_app, base_url=PLACE)
    assert come_back(victim, issuer, asked).status_code == 401
    sent_away(victim)
    assert come_back(victim, issuer, asked).status_code == 401
    assert issuer.exchanged == []


def test_one_answer_is_good_once(visitor: Visitor, issuer: LocalIssuer) -> None:
    asked = sent_away(visitor)
    assert come_back(visitor, issuer, asked).status_code == 303
    assert come_back(visitor, issuer, asked).status_code == 401


@pytest.mark.parametrize("answer", [{}, {"id_token": 7}, {"error": "invalid_grant"}, [], b"\xff"])
def test_what_the_issuer_does_not_vouch_for_opens_nothing(
    visitor: Visitor, issuer: LocalIssuer, answer: object
) -> None:
    asked = sent_away(visitor)
    issuer.answers["/token"] = answer
    back = visitor.client.get(f"/sign-in/back?code=c&state={asked['state']}")
    assert back.status_code == 401


def test_an_issuer_that_is_away_or_leads_astray(visitor: Visitor, issuer: LocalIssuer) -> None:
    issuer.answers[DISCOVERY]["authorization_endpoint"] = "http://elsewhere.example/authorize"
    assert visitor.client.get("/sign-in/people").status_code == 503
    issuer.is_away = True
    assert visitor.client.get("/sign-in/people").status_code == 503


def test_nobody_is_led_elsewhere(visitor: Visitor, issuer: LocalIssuer) -> None:
    back = come_back(visitor, issuer, sent_away(visitor, "//elsewhere.example/"))
    assert back.headers["Location"] == "/"


def test_the_log_names_no_token_and_no_code(visitor: Visitor, issuer: LocalIssuer) -> None:
    with capture_logs() as lines:
        asked = sent_away(visitor)
        come_back(visitor, issuer, asked)
        visitor.client.get("/sign-in/back?code=secret-code&state=x")
    for word in (asked["state"], asked["nonce"], "secret-code", "somebody@example.com", "c-1"):
        assert word not in str(lines)


def test_without_an_issuer_there_is_no_such_way(embedded: TestClient, blank_app: FastAPI) -> None:
    stranger = a_visitor(blank_app)
    assert stranger.client.get("/sign-in/people").status_code == 404
    assert stranger.client.get("/sign-in/back?code=x&state=y").status_code == 404
    assert "OpenID" not in stranger.client.get("/sign-in").text


def test_settings_that_do_not_fit_are_refused(taken: Settings) -> None:
    known = taken.model_dump()
    for wrong in (
        {"oidc_client_id": CLIENT},
        {"oidc_client_id": CLIENT, "public_url": "http://bulian.example"},
        {"oidc_client_id": CLIENT, "public_url": PLACE, "oidc_issuer": None},
    ):
        with pytest.raises(ValidationError):
            Settings.model_validate(known | wrong)
