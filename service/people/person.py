"""A person as the service knows one: by a name that says nothing, and what it may do."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Protocol

from matching.vocabulary import Scope

PREFIX: Final = "per_"
DIGITS: Final = 32
BACK: Final = "/sign-in/back"
"""Where an issuer sends people back to; it is registered there with the public address before."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose token was verified."""

    id: str
    scope: Scope | None
    """None: none of the groups that may do anything here."""


class Entrance(Protocol):
    """Where tokens are turned into people."""

    def admit(self, token: str) -> Person:
        """The person behind a token.

        Raises:
            KeyNotAccepted: it is not one of the issuer's, not for us, or not for now.
            IssuerAway: whether it is cannot be said.
        """
        ...


class PageEntrance(Protocol):
    """Where people sign in on pages; see `browser.BrowserEntrance`."""

    def begin(self) -> tuple[str, str]:
        """The secret for the browser's cookie, and where the person is sent.

        Raises:
            IssuerAway: the issuer does not answer.
        """
        ...

    def finish(self, secret: str, said: Mapping[str, str]) -> Person:
        """Who has come back to the browser with that secret, with those parameters.

        Raises:
            KeyNotAccepted: it is no answer to that, or the issuer does not vouch for it.
            IssuerAway: the issuer does not answer.
        """
        ...


def id_of(secret: bytes, issuer: str, subject: str) -> str:
    """The same for the same person, here only, and without a way back to who it is.

    Keyed with the secret of the installation: subjects may be addresses or numbers of staff, which
    a plain digest would give away to whoever tries them all.
    """
    said = f"{issuer}\0{subject}".encode()
    return PREFIX + hmac.new(secret, said, sha256).hexdigest()[:DIGITS]


def is_token(secret: str) -> bool:
    """Whether what came as a key has the form of a signed token (its header begins with `{"`)."""
    return secret.startswith("eyJ") and secret.count(".") == 2  # noqa: PLR2004 - header, claims, signature
