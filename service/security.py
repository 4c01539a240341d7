"""Who is calling: bearer keys, looked up by digest in the request's own view of the database."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlmodel import Session

from matching.vocabulary import Scope
from models.api_key import ApiKey
from service import clock
from service.errors import KeyNotAccepted, NotYours, ScopeTooNarrow
from service.people.person import Person
from service.repositories import api_keys, partners
from service.settings import LONGEST_KEY

PREFIX: Final = "bul_"
SHOWN: Final = 12
"""Characters of a secret that a list shows: the prefix and eight of 43 random ones."""

HIDDEN: Final = "…"

INCLUDES: Final = {
    Scope.ADMIN: frozenset({Scope.ADMIN, Scope.PORTAL}),
    Scope.PORTAL: frozenset({Scope.PORTAL}),
    Scope.PARTNER: frozenset({Scope.PARTNER}),
}
SYSTEM: Final = "system"


@dataclass(frozen=True, slots=True)
class Caller:
    """The key, or the person, a request came with."""

    key_id: str
    """The key's id, or the person's."""
    scope: Scope
    partner_id: str | None = None
    rate_limit: int | None = None
    """Calls a minute, where the key has a limit of its own."""
    until: datetime | None = None
    """When what came with the request opens nothing any more; None where it does for good."""

    def has(self, scope: Scope) -> bool:
        """Whether the key may do what a scope allows."""
        return scope in INCLUDES[self.scope]

    def check_scope(self, allowed: frozenset[Scope]) -> None:
        """Nothing when the key has one of the scopes.

        Raises:
            ScopeTooNarrow: it has none of them.
        """
        if not any(self.has(scope) for scope in allowed):
            raise ScopeTooNarrow

    def check_owner(self, created_by: str) -> None:
        """Nothing when the caller may change a record registered by that key.

        Raises:
            NotYours: another key registered it.
        """
        if not self.has(Scope.ADMIN) and not hmac.compare_digest(self.key_id, created_by):
            raise NotYours


OPERATOR: Final = Caller(SYSTEM, Scope.ADMIN)
"""Who acts at first start and on the command line."""

GUEST: Final = Caller("guest", Scope.PORTAL)
"""Who looks at the pages of a demonstration without a key, and changes nothing."""


def new_secret() -> str:
    """A key of 256 random bits, recognisable by its prefix."""
    return PREFIX + secrets.token_urlsafe(32)


def shown_of(secret: str) -> str:
    """What a list shows of a key: nothing of one that was given, which may be no random text.

    >>> shown_of("bul_0123456789abcdef"), shown_of("correct horse battery staple")
    ('bul_01234567', '…')
    """
    return secret[:SHOWN] if secret.startswith(PREFIX) else HIDDEN


def digest_of(secret: str) -> str:
    """What is stored of a key. A plain hash will do: it has too much entropy to be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def admit(session: Session, given: str | Person, allowed: frozenset[Scope]) -> Caller:
    """The caller behind a key, or a person's token, that has one of the scopes.

    Raises:
        KeyNotAccepted: as `identify` does.
        ScopeTooNarrow: a key in force, or a person known, but for other calls.
    """
    caller = identify(session, given)
    caller.check_scope(allowed)
    return caller


def identify(session: Session, given: str | Person) -> Caller:
    """The caller behind a key, as the session sees the keys now, or the person whose token came.

    Args:
        session: the session the request reads or writes with.
        given: a key not looked at yet, or a person whose token was verified.

    Raises:
        KeyNotAccepted: unknown, revoked, expired, or of a closed partner; not said which.
        ScopeTooNarrow: none of the person's groups allows any call.
    """
    if isinstance(given, Person):
        if given.scope is None:
            raise ScopeTooNarrow
        return Caller(given.id, given.scope)
    return _behind_key(session, given)


def _behind_key(session: Session, secret: str) -> Caller:
    digest = digest_of(secret) if len(secret) <= LONGEST_KEY else ""
    key = api_keys.find_by_digest(session, digest)
    if key is None or not _opens(key, digest, clock.now()):
        raise KeyNotAccepted
    is_new = hmac.compare_digest(key.secret_digest, digest)
    ends = [key.expires_at, None if is_new else key.old_secret_until]
    if key.scope is Scope.PARTNER and not _is_open(session, key.partner_id):
        raise KeyNotAccepted
    until = min((end for end in ends if end is not None), default=None)
    return Caller(key.id, key.scope, key.partner_id, key.rate_limit, until)


def _opens(key: ApiKey, digest: str, moment: datetime) -> bool:
    """Whether the key works at that moment with the secret of that digest."""
    if not is_in_force(key, moment):
        return False
    if hmac.compare_digest(key.secret_digest, digest):
        return True
    until = key.old_secret_until
    return (
        until is not None
        and until > moment
        and hmac.compare_digest(key.old_secret_digest or "", digest)
    )


def caller_with(session: Session, key: ApiKey | None) -> Caller:
    """The caller behind a key that was looked up by its id, as in a browser's session.

    Raises:
        KeyNotAccepted: none, revoked, expired, or of a closed partner; not said which.
    """
    if key is None or not is_in_force(key, clock.now()):
        raise KeyNotAccepted
    if key.scope is Scope.PARTNER and not _is_open(session, key.partner_id):
        raise KeyNotAccepted
    return Caller(key.id, key.scope, key.partner_id, key.rate_limit, key.expires_at)


def is_in_force(key: ApiKey, moment: datetime) -> bool:
    """Whether a key is neither revoked nor expired at that moment."""
    return key.revoked_at is None and (key.expires_at is None or key.expires_at > moment)


def _is_open(session: Session, partner_id: str | None) -> bool:
    partner = partners.find(session, partner_id)
    return partner is not None and partner.closed_at is None
