"""How many calls a minute a caller may make, and how an answer tells of it."""

from dataclasses import dataclass
from math import ceil
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from matching.vocabulary import Scope
from models.api_key import MOST_A_MINUTE

WINDOW_SECONDS: Final = 60

Quota = Annotated[int, Field(ge=1, le=MOST_A_MINUTE)]
"""Calls a minute."""


class RateLimits(BaseModel):
    """Calls a minute of each key by its scope, unless the key has a limit of its own.

    Generous: they are there for the program that runs in circles, not for the one that is busy.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    admin: Quota = 600_000
    portal: Quota = 60_000
    partner: Quota = 6_000
    failed: Quota = 600
    """Of one address without a key that is in force. Keys are too long to be guessed."""

    def of_scope(self, scope: Scope) -> int:
        """Calls a minute of a key with that scope."""
        return {Scope.ADMIN: self.admin, Scope.PORTAL: self.portal, Scope.PARTNER: self.partner}[
            scope
        ]


USUAL_LIMITS: Final = RateLimits()


def read_rate_limits(text: str) -> dict[str, str]:
    """Limits as they are written in a setting.

    Raises:
        ValueError: not a list of `name=calls`.

    >>> read_rate_limits("portal=100, partner=20")
    {'portal': '100', 'partner': '20'}
    """
    named: dict[str, str] = {}
    for part in text.split(","):
        name, separator, amount = (piece.strip() for piece in part.partition("="))
        if not separator or name in named:
            raise ValueError("must be a list such as portal=60000,partner=6000, each name once")
        named[name] = amount
    return named


@dataclass(frozen=True, slots=True)
class Standing:
    """How one caller stands after a call was counted.

    Attributes:
        policy: the name of its limit: a scope, `key` for a limit of its own, or `failed`.
        quota: calls a minute.
        remaining: calls that would be admitted now.
        seconds: until more is free: to the next step of the window, or to the next admission.
        is_admitted: whether this call was.
    """

    policy: str
    quota: int
    remaining: int
    seconds: float
    is_admitted: bool

    @property
    def retry_after(self) -> int:
        """Whole seconds to wait, at least 1."""
        return max(1, ceil(self.seconds))

    def headers(self) -> tuple[tuple[str, str], ...]:
        """`RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-10).

        >>> Standing("portal", 60000, 59999, 59.2, is_admitted=True).headers()[0]
        ('ratelimit', '"portal";r=59999;t=60')
        """
        return (
            ("ratelimit", f'"{self.policy}";r={self.remaining};t={self.retry_after}'),
            ("ratelimit-policy", f'"{self.policy}";q={self.quota};w={WINDOW_SECONDS}'),
        )
