"""A person as the service knows one: by a name that says nothing, and what it may do."""

import hmac
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, Protocol

from matching.vocabulary import Scope

PREFIX: Final = "per_"
DIGITS: Final = 32


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
