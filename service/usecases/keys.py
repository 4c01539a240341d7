"""API keys: making, rotating, revoking. A secret is shown once and never stored."""

from datetime import timedelta
from functools import partial
from typing import Final

from matching.vocabulary import Scope
from models.api_key import ApiKey, KeyCreate, KeyPublic, KeyWithSecret
from models.page import Page
from service import clock
from service.errors import KeyNotFound, KeyRevoked, LastAdminKey, invalid
from service.filters import KeyFilter
from service.pagination import PageParams, cut, fingerprint, read_cursor
from service.repositories import api_keys, events, partners, sessions
from service.runtime import Visit, Work
from service.security import digest_of, is_in_force, new_secret, shown_of
from service.usecases import history, replays
from service.usecases.replays import Ticket

ALL: Final = KeyFilter()


def create(visit: Visit, body: KeyCreate, ticket: Ticket | None) -> KeyWithSecret | KeyPublic:
    """Make a key; when this ticket made one before, that one, without its secret."""
    secret = new_secret()
    made = replays.once(visit, ticket, "key", partial(_create, visit, body, secret))
    shape = read(visit, made.id)
    if made.is_replay:
        return shape
    return KeyWithSecret.model_validate(shape.model_dump() | {"secret": secret})


def _create(visit: Visit, body: KeyCreate, secret: str) -> str:
    if body.expires_at is not None and body.expires_at <= clock.now():
        raise invalid("must lie in the future", "body", "expires_at")
    if body.partner_id is not None:
        partner = partners.find(visit.session, body.partner_id)
        if partner is None or partner.closed_at is not None:
            raise invalid("is no partner that is registered and open", "body", "partner_id")
    row = store(visit, body, secret)
    return row.id


def store(visit: Visit, body: KeyCreate, secret: str) -> ApiKey:
    """Store a key with a given secret and tell of it."""
    derived = {"secret_digest": digest_of(secret), "prefix": shown_of(secret)}
    row = ApiKey.model_validate(body, update=derived)
    number = events.reserve(visit.session)
    history.created(visit.session, visit.caller.key_id, row, number)
    return row


def list_page(visit: Visit, page: PageParams, wanted: KeyFilter = ALL) -> Page[KeyPublic]:
    """Keys, oldest first, revoked ones too unless a state is named."""
    mark = fingerprint("keys", wanted)
    after = read_cursor(mark, page.cursor, str)
    rows = api_keys.list_after(visit.session, wanted, after, page.limit + 1, clock.now())
    kept, following = cut(rows, page.limit, mark, lambda row: row.id)
    items = [_shown(visit, row) for row in kept]
    return Page[KeyPublic](items=items, next_cursor=following)


def read(visit: Visit, key_id: str) -> KeyPublic:
    """A key without its secret.

    Raises:
        KeyNotFound: no such key.
    """
    row = api_keys.find(visit.session, key_id)
    if row is None:
        raise KeyNotFound
    return _shown(visit, row)


def _shown(visit: Visit, row: ApiKey) -> KeyPublic:
    """A key without its secret; a server also knows of uses that are not stored yet."""
    shape = KeyPublic.model_validate(row)
    if isinstance(visit, Work):
        shape.last_used_at = visit.runtime.key_uses.latest(row.id, row.last_used_at)
    return shape


def rotate(visit: Visit, key_id: str, overlap: timedelta) -> KeyWithSecret:
    """Give a key a new secret; what it registered stays its own.

    Args:
        visit: the request.
        key_id: the key.
        overlap: for how long the old secret goes on working. One from an earlier rotation that
            still works stops now: a key has two secrets at most.

    Browsers that were signed in with the old one are signed out.

    Raises:
        KeyNotFound: no such key.
        KeyRevoked: it is revoked or has expired.
    """
    row, moment = _find(visit, key_id), clock.now()
    if not is_in_force(row, moment):
        raise KeyRevoked
    secret = new_secret()
    before = history.snapshot_of(row)
    row.old_secret_digest = row.secret_digest if overlap else None
    row.old_secret_until = moment + overlap if overlap else None
    row.secret_digest, row.prefix = digest_of(secret), shown_of(secret)
    sessions.end_all_of(visit.session, row.id)
    history.changed(visit.session, visit.caller.key_id, "rotated", row, before)
    return KeyWithSecret.model_validate(_shown(visit, row).model_dump() | {"secret": secret})


def revoke(visit: Visit, key_id: str) -> bool:
    """Stop a key from working; revoking it again changes nothing, and False tells so.

    Raises:
        KeyNotFound: no such key.
        LastAdminKey: no other administrator's key would be left.
    """
    moment = clock.now()
    admins = api_keys.lock_admins_in_force(visit.session, moment)
    row = _find(visit, key_id)
    if row.revoked_at is not None:
        return False
    if row.scope is Scope.ADMIN and {admin.id for admin in admins} <= {row.id}:
        raise LastAdminKey
    before = history.snapshot_of(row)
    row.revoked_at = moment
    sessions.end_all_of(visit.session, row.id)
    history.changed(visit.session, visit.caller.key_id, "revoked", row, before)
    return True


def _find(visit: Visit, key_id: str) -> ApiKey:
    row = api_keys.find_for_change(visit.session, key_id)
    if row is None:
        raise KeyNotFound
    return row
