"""Keys of an issuer: kept, asked for anew with restraint, and not believed from anywhere."""

from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import pytest
from joserfc.jwk import OctKey

from service.errors import IssuerAway, KeyNotAccepted
from service.people.issuer import (
    FRESH_SECONDS,
    MOST_BYTES,
    PAUSE_SECONDS,
    RETRY_SECONDS,
    STALE_SECONDS,
    Issuer,
)
from tests.service.people.local_issuer import DISCOVERY, ELLIPTIC, STRANGER, LocalIssuer


class Watch:
    """A clock that stands until it is moved."""

    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def keys(issuer: LocalIssuer, watch: Watch) -> Issuer:
    return Issuer(issuer.address, watch)


def test_a_made_up_key_is_asked_for_once_a_minute(
    issuer: LocalIssuer, keys: Issuer, watch: Watch
) -> None:
    for _ in range(5):
        with pytest.raises(KeyNotAccepted):
            keys.key("made up")
    assert issuer.asked == 1
    watch.seconds += PAUSE_SECONDS
    with pytest.raises(KeyNotAccepted):
        keys.key("made up")
    assert keys.key("elliptic").thumbprint() == ELLIPTIC.thumbprint()
    assert issuer.asked == 2


def test_a_new_key_is_found_and_an_old_one_forgotten(
    issuer: LocalIssuer, keys: Issuer, watch: Watch
) -> None:
    keys.key("elliptic")
    new = {**STRANGER.as_dict(private=False), "kid": "new"}
    issuer.answers["/keys"] = {"keys": [new]}
    watch.seconds += PAUSE_SECONDS
    assert keys.key("new").thumbprint() == STRANGER.thumbprint()
    assert keys.key(None).thumbprint() == STRANGER.thumbprint()
    with pytest.raises(KeyNotAccepted):
        keys.key("elliptic")


def test_keys_are_good_for_a_day_while_the_issuer_is_away(
    issuer: LocalIssuer, keys: Issuer, watch: Watch
) -> None:
    keys.key("elliptic")
    issuer.is_away = True
    watch.seconds += FRESH_SECONDS + 1
    assert keys.key("elliptic").thumbprint() == ELLIPTIC.thumbprint()
    with pytest.raises(IssuerAway):
        keys.key("made up")
    watch.seconds += STALE_SECONDS
    with pytest.raises(IssuerAway):
        keys.key("elliptic")
    issuer.is_away = False
    with pytest.raises(IssuerAway):
        keys.key("elliptic")
    watch.seconds += RETRY_SECONDS
    assert keys.key("elliptic").thumbprint() == ELLIPTIC.thumbprint()


ODD: list[tuple[str, Any]] = [
    (DISCOVERY, b"no JSON"),
    (DISCOVERY, []),
    (DISCOVERY, {"issuer": "https://other.example", "jwks_uri": "/keys"}),
    (DISCOVERY, {"jwks_uri": "http://169.254.169.254/keys"}),
    (DISCOVERY, {"jwks_uri": "file:///etc/passwd"}),
    (DISCOVERY, {"jwks_uri": None}),
    (DISCOVERY, b"[" * 100_000),
    (DISCOVERY, b" " * (MOST_BYTES + 1)),
    ("/keys", {"keys": "none"}),
    ("/keys", b"\xff\xfe"),
]


@pytest.mark.parametrize(("path", "answer"), ODD, ids=range(len(ODD)))
def test_odd_answers_are_as_none(issuer: LocalIssuer, keys: Issuer, path: str, answer: Any) -> None:
    known = {"issuer": issuer.address} if isinstance(answer, dict) and path == DISCOVERY else {}
    issuer.answers[path] = {**known, **answer} if known else answer
    with pytest.raises(IssuerAway):
        keys.key("elliptic")


def test_keys_that_are_of_no_use_are_passed_over(issuer: LocalIssuer, keys: Issuer) -> None:
    secret = OctKey.generate_key(256, {"kid": "secret"}).as_dict(private=True)
    good = ELLIPTIC.as_dict(private=False)
    odd: list[Any] = [7, {}, {"kty": "EC"}, {"kty": "RSA", "n": 1, "e": []}, {"kty": "x"}]
    issuer.answers["/keys"] = {"keys": [secret, *odd, good]}
    assert keys.key("elliptic").thumbprint() == ELLIPTIC.thumbprint()
    with pytest.raises(KeyNotAccepted):
        keys.key("secret")


def test_nobody_waits_for_a_question_that_somebody_else_asks(
    issuer: LocalIssuer, keys: Issuer, watch: Watch
) -> None:
    keys.key("elliptic")
    watch.seconds += FRESH_SECONDS + 1
    answering, asked = Event(), Event()
    issuer.answers["/keys"] = wait_for(answering, asked, issuer.answers["/keys"])
    first = Thread(target=keys.key, args=("elliptic",))
    first.start()
    assert asked.wait(10)
    assert keys.key("elliptic").thumbprint() == ELLIPTIC.thumbprint()
    with pytest.raises(IssuerAway):
        keys.key("new")
    answering.set()
    first.join()
    with pytest.raises(KeyNotAccepted):
        keys.key("new")
    assert issuer.asked == 2


def wait_for(answering: Event, asked: Event, answer: object) -> Callable[[], object]:
    """An answer that comes when it is let go."""

    def give() -> object:
        asked.set()
        answering.wait(10)
        return answer

    return give


def test_an_issuer_that_is_not_there_is_away(watch: Watch) -> None:
    with pytest.raises(IssuerAway):
        Issuer("http://127.0.0.1:1", watch).key("elliptic")
