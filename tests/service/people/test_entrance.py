"""Good tokens are people; whatever else comes is refused, and says nothing of why."""

import base64
import hmac
import json
from contextlib import suppress
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc import jws

from matching.vocabulary import Scope
from service.errors import KeyNotAccepted
from service.people.entrance import LONGEST_TOKEN, Tokens, tokens_of
from service.settings import Settings
from tests.service.people.local_issuer import (
    ELLIPTIC,
    RSA,
    STRANGER,
    LocalIssuer,
    signed,
)


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def test_a_good_token_is_a_person_without_a_name(issuer: LocalIssuer, tokens: Tokens) -> None:
    person = tokens.admit(issuer.token())
    assert person.scope is Scope.ADMIN
    assert person.id.startswith("per_")
    assert len(person.id) == 36
    assert "somebody" not in person.id
    again = signed({"alg": "RS256", "kid": "rsa"}, issuer.claims(aud=["x", "bulian"]), RSA)
    assert tokens.admit(again) == person
    assert tokens.admit(issuer.token(sub="another")).id != person.id
    assert issuer.asked == 1


def test_the_same_person_has_another_name_elsewhere(issuer: LocalIssuer, taken: Settings) -> None:
    here, there = tokens_of(taken, b"one"), tokens_of(taken, b"other")
    assert here
    assert there
    assert here.admit(issuer.token()).id != there.admit(issuer.token()).id


@pytest.mark.parametrize(
    ("groups", "scope"),
    [
        (["bulian-portals"], Scope.PORTAL),
        (["bulian-portals", "bulian-admins"], Scope.ADMIN),
        ("bulian-portals others", Scope.PORTAL),
        (["others", 7, None], None),
        ({"bulian-admins": True}, None),
        (None, None),
        ([], None),
    ],
)
def test_groups_say_what_a_person_may_do(
    issuer: LocalIssuer, tokens: Tokens, groups: Any, scope: Scope | None
) -> None:
    assert tokens.admit(issuer.token(groups=groups)).scope is scope


NOT_GOOD: list[dict[str, Any]] = [
    {"iss": "https://other.example"},
    {"iss": None},
    {"aud": "other"},
    {"aud": ["other"]},
    {"aud": None},
    {"aud": 7},
    {"exp": 1},
    {"exp": None},
    {"exp": "2100-01-01"},
    {"exp": True},
    {"nbf": 4_000_000_000},
    {"nbf": "now"},
    {"iat": 4_000_000_000},
    {"sub": None},
    {"sub": ""},
    {"sub": 7},
    {"sub": ["somebody"]},
]


@pytest.mark.parametrize("claims", NOT_GOOD, ids=str)
def test_claims_that_are_not_good_are_refused(
    issuer: LocalIssuer, tokens: Tokens, claims: dict[str, Any]
) -> None:
    with pytest.raises(KeyNotAccepted):
        tokens.admit(issuer.token(**claims))


HEADERS: list[dict[str, Any]] = [
    {"jku": "https://attacker.example/keys"},
    {"x5u": "https://attacker.example/certificate"},
    {"jwk": STRANGER.as_dict(private=False)},
    {"typ": "logout+jwt"},
    {"typ": ["JWT"]},
    {"kid": "x" * 300},
]


@pytest.mark.parametrize("header", HEADERS, ids=lambda header: next(iter(header)))
def test_headers_that_lead_away_are_refused(
    issuer: LocalIssuer, tokens: Tokens, header: dict[str, Any]
) -> None:
    claims = part(issuer.claims())
    head = part({"alg": "ES256", "kid": "elliptic", **header})
    with pytest.raises(KeyNotAccepted):
        tokens.admit(f"{head}.{claims}.{part('signature')}")


def with_secret(header: dict[str, Any], claims: dict[str, Any], secret: bytes) -> str:
    said = f"{part(header)}.{part(claims)}"
    signature = hmac.new(secret, said.encode(), sha256).digest()
    return f"{said}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


def forged(issuer: LocalIssuer) -> dict[str, str]:
    """Tokens that were never signed by the issuer."""
    claims = issuer.claims()
    good = issuer.token()
    head, body, signature = good.split(".")
    pem = RSA.as_pem(private=False)
    return {
        "none": f"{part({'alg': 'none'})}.{part(claims)}.",
        "None": f"{part({'alg': 'None', 'kid': 'elliptic'})}.{part(claims)}.{signature}",
        "public key as secret": with_secret({"alg": "HS256", "kid": "rsa"}, claims, pem),
        "another key": signed({"alg": "ES256", "kid": "elliptic"}, claims, STRANGER),
        "key of another kind": f"{part({'alg': 'ES256', 'kid': 'rsa'})}.{body}.{signature}",
        "algorithm of another key": f"{part({'alg': 'PS256', 'kid': 'rsa'})}.{body}.{signature}",
        "unknown key": f"{part({'alg': 'ES256', 'kid': 'unknown'})}.{body}.{signature}",
        "no key of several": f"{part({'alg': 'ES256'})}.{body}.{signature}",
        "path for a key": f"{part({'alg': 'ES256', 'kid': '../../dev/null'})}.{body}.{signature}",
        "number for a key": f"{part({'alg': 'ES256', 'kid': 7})}.{body}.{signature}",
        "list for a key": f"{part({'alg': 'ES256', 'kid': ['elliptic']})}.{body}.{signature}",
        "list for an algorithm": f"{part({'alg': ['ES256']})}.{body}.{signature}",
        "no algorithm": f"{part({'kid': 'elliptic'})}.{body}.{signature}",
        "no header": f"{part([])}.{body}.{signature}",
        "other claims": f"{head}.{part(claims | {'sub': 'admin'})}.{signature}",
        "critical": f"{part({'alg': 'ES256', 'kid': 'elliptic', 'crit': ['x'], 'x': 1})}.{body}.x",
        "huge": f"{head}.{'A' * LONGEST_TOKEN}.{signature}",
        "empty": "..",
        "not base64": f"{head}.{body}.***",
        "not ASCII": f"{head}.{body}.签名",
        "deep": f"{head}.{base64.urlsafe_b64encode(b'[' * 9000).decode()}.{signature}",
    }


def test_forged_tokens_are_refused(issuer: LocalIssuer, tokens: Tokens) -> None:
    admitted: list[str] = []
    for name, token in forged(issuer).items():
        try:
            tokens.admit(token)
        except KeyNotAccepted:
            continue
        admitted.append(name)
    assert admitted == []
    assert issuer.asked <= 1


def test_what_is_signed_and_is_no_object_is_refused(issuer: LocalIssuer, tokens: Tokens) -> None:
    for body in (b"[]", b'"text"', b"null", b"", b"\xff", b"[" * 9000):
        token = jws.serialize_compact({"alg": "ES256", "kid": "elliptic"}, body, ELLIPTIC)
        with pytest.raises(KeyNotAccepted):
            tokens.admit(token)


@given(st.text(max_size=40), st.integers(0, 400), st.integers(0, 40))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_changed_in_a_token_it_is_nobody_else(
    issuer: LocalIssuer, tokens: Tokens, put: str, at: int, less: int
) -> None:
    """Odd characters in the signature are passed over, which does no harm."""
    good = issuer.token()
    with suppress(KeyNotAccepted):
        assert tokens.admit(good[:at] + put + good[at + less :]) == tokens.admit(good)
