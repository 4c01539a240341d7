"""Signing in with a key, staying signed in, signing out; and who looks on as a guest.

A session is worth what its key is worth: the key is looked at anew in every request.
"""

import hmac
import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Final

from sqlmodel import Session

from matching.vocabulary import Scope
from models.browser_session import BrowserSession
from service import clock
from service.errors import KeyNotAccepted
from service.people.person import Person
from service.repositories import api_keys, sessions, standing
from service.security import GUEST, Caller, caller_with, identify

LIFETIME: Final = timedelta(hours=12)
IDLE: Final = timedelta(hours=1)
SEEN_EVERY: Final = timedelta(minutes=1)
"""How exactly it is known when a session was last used; reading pages need not write each time."""

LONGEST_TOKEN: Final = 100


def open_session(session: Session, secret: str) -> tuple[str, Caller]:
    """Sign in with a key: a token for the browser's cookie, and whose it is.

    Raises:
        KeyNotAccepted: unknown, revoked or expired.
    """
    caller = identify(session, secret)
    return _opened(session, key_id=caller.key_id), caller


def open_for_person(session: Session, person: Person) -> tuple[str, Caller]:
    """Sign in a person whom the issuer has named: what its groups allow holds until the end.

    Raises:
        ScopeTooNarrow: none of the person's groups allows anything here.
    """
    caller = identify(session, person)
    return _opened(session, person_id=person.id, scope=caller.scope), caller


def _opened(
    session: Session,
    *,
    key_id: str | None = None,
    person_id: str | None = None,
    scope: Scope | None = None,
) -> str:
    """The token of a new session."""
    now = clock.now()
    sessions.purge(session, now, IDLE)
    token = secrets.token_urlsafe(32)
    row = BrowserSession(
        digest=_digest_of(token),
        created_at=now,
        expires_at=now + LIFETIME,
        last_seen_at=now,
        key_id=key_id,
        person_id=person_id,
        scope=scope,
    )
    session.add(row)
    session.flush()
    return token


def caller_of(session: Session, token: str) -> Caller:
    """Who is behind a token, as the database is seen now.

    Raises:
        KeyNotAccepted: no session, one that is over, or one whose key no longer works.
    """
    now = clock.now()
    found = sessions.find(session, _digest_of(token)) if len(token) <= LONGEST_TOKEN else None
    if found is None or found.expires_at <= now or found.last_seen_at + IDLE <= now:
        raise KeyNotAccepted
    if found.person_id is not None and found.scope is not None:
        return Caller(found.person_id, found.scope, until=found.expires_at)
    return caller_with(session, api_keys.find(session, found.key_id or ""))


def visitor_of(session: Session, token: str, *, has_guests: bool) -> Caller:
    """Who is behind a token; a guest where nobody is and guests may look on.

    They may while nothing is held but the demonstration, so that who has just started the service
    sees it at work, and nobody ever sees a real investor without a key.

    Raises:
        KeyNotAccepted: as `caller_of` does, and there is more than the demonstration.
    """
    try:
        return caller_of(session, token)
    except KeyNotAccepted:
        if not has_guests or not standing.holds_demonstration_only(session):
            raise
        return GUEST


def needs_mark(session: Session, token: str) -> bool:
    """Whether it is time to note that a session is in use."""
    found = sessions.find(session, _digest_of(token))
    return found is not None and clock.now() - found.last_seen_at >= SEEN_EVERY


def mark(session: Session, token: str) -> None:
    """Note that a session is in use; one that has ended meanwhile stays ended."""
    found = sessions.find_for_change(session, _digest_of(token))
    if found is not None:
        found.last_seen_at = max(found.last_seen_at, clock.now())
        session.flush()


def close(session: Session, token: str) -> None:
    """Sign out; again changes nothing."""
    sessions.end(session, _digest_of(token))


def form_token(token: str) -> str:
    """What the forms of a session carry, so that no other site can send one."""
    return hmac.new(token.encode(), b"forms", sha256).hexdigest()


def _digest_of(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()
