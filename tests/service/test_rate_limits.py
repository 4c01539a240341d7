"""Limits as they are set, told, and refused."""

import pytest
from pydantic import ValidationError

from matching.vocabulary import Scope
from service.rate_limits import RateLimits, Standing, read_rate_limits
from service.settings import Settings


def test_every_scope_has_a_limit() -> None:
    limits = RateLimits(admin=3, portal=2, partner=1)
    assert [limits.of_scope(scope) for scope in (Scope.ADMIN, Scope.PORTAL, Scope.PARTNER)] == [
        3,
        2,
        1,
    ]


def test_usual_limits_stop_nobody_who_is_busy() -> None:
    usual = RateLimits()
    assert usual.admin > usual.portal > usual.partner > usual.failed >= 600


def test_limits_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BULIAN_RATE_LIMITS", "portal=10, failed=5")
    assert Settings().rate_limits == RateLimits(portal=10, failed=5)
    monkeypatch.setenv("BULIAN_RATE_LIMITS", "")
    assert Settings().rate_limits == RateLimits()


@pytest.mark.parametrize(
    "text", ["portal", "portal=0", "portal=-1", "portal=x", "guest=5", "portal=1,portal=2", "=,"]
)
def test_other_texts_are_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("BULIAN_RATE_LIMITS", text)
    with pytest.raises(ValidationError) as caught:
        Settings()
    assert {error["loc"][0] for error in caught.value.errors()} == {"rate_limits"}


def test_a_name_is_read_once() -> None:
    with pytest.raises(ValueError, match="each name once"):
        read_rate_limits("portal=1,portal=1")


@pytest.mark.parametrize(("seconds", "told"), [(0.0, 1), (0.2, 1), (59.999, 60), (60.0, 60)])
def test_waits_are_whole_seconds_and_never_none(seconds: float, told: int) -> None:
    refused = Standing("key", 5, 0, seconds, is_admitted=False)
    assert refused.retry_after == told
    assert refused.headers() == (
        ("ratelimit", f'"key";r=0;t={told}'),
        ("ratelimit-policy", '"key";q=5;w=60'),
    )
