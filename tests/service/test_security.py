"""Keys: what admits a caller, and what a caller may touch."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from matching.vocabulary import Scope
from models.api_key import KeyCreate
from models.partner import Partner
from service import clock, database
from service.errors import KeyNotAccepted, NotYours, ScopeTooNarrow
from service.runtime import Visit
from service.security import OPERATOR, Caller, admit, digest_of, new_secret
from service.usecases import keys
from tests.factories import PARTNER_ID

ALL = frozenset(Scope)


def test_secrets_are_long_and_never_the_same() -> None:
    secrets = {new_secret() for _ in range(100)}
    assert len(secrets) == 100
    assert all(secret.startswith("bul_") and len(secret) == 47 for secret in secrets)


def test_digest_is_sha256_of_the_secret() -> None:
    assert digest_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(
    ("holder", "asked", "has"),
    [
        (Scope.ADMIN, Scope.ADMIN, True),
        (Scope.ADMIN, Scope.PORTAL, True),
        (Scope.ADMIN, Scope.PARTNER, False),
        (Scope.PORTAL, Scope.ADMIN, False),
        (Scope.PORTAL, Scope.PORTAL, True),
        (Scope.PORTAL, Scope.PARTNER, False),
        (Scope.PARTNER, Scope.ADMIN, False),
        (Scope.PARTNER, Scope.PORTAL, False),
        (Scope.PARTNER, Scope.PARTNER, True),
    ],
)
def test_scopes_nest(holder: Scope, asked: Scope, *, has: bool) -> None:
    assert Caller("key_1", holder).has(asked) is has


def test_portals_change_their_own() -> None:
    caller = Caller("key_1", Scope.PORTAL)
    caller.check_owner("key_1")
    Caller("key_2", Scope.ADMIN).check_owner("key_1")
    with pytest.raises(NotYours):
        caller.check_owner("key_2")


def make(engine: Engine, **fields: object) -> str:
    secret = new_secret()
    body = KeyCreate.model_validate({"scope": "portal", "name": "x", **fields})
    with database.transaction(engine) as session:
        keys.store(Visit(session, OPERATOR), body, secret)
    return secret


def test_key_in_force_admits_its_holder(engine: Engine) -> None:
    later = clock.now() + timedelta(hours=1)
    secret = make(engine, scope="partner", partner_id=PARTNER_ID, expires_at=later.isoformat())
    with database.snapshot(engine) as session:
        caller = admit(session, secret, frozenset({Scope.PARTNER}))
    assert (caller.scope, caller.partner_id) == (Scope.PARTNER, PARTNER_ID)


@pytest.mark.parametrize("secret", ["", "bul_", "x" * 513, "x" * 100_000, "密" * 100, "\x00"])
def test_other_strings_admit_nobody(engine: Engine, secret: str) -> None:
    with database.snapshot(engine) as session, pytest.raises(KeyNotAccepted):
        admit(session, secret, ALL)


def test_expired_key_admits_nobody(engine: Engine) -> None:
    secret = make(engine, expires_at=(clock.now() - timedelta(seconds=1)).isoformat())
    with database.snapshot(engine) as session, pytest.raises(KeyNotAccepted):
        admit(session, secret, ALL)


def test_key_of_no_open_partner_admits_nobody(engine: Engine) -> None:
    secrets = [make(engine, scope="partner", partner_id=id_) for id_ in ("ptn_none", PARTNER_ID)]
    with database.transaction(engine) as session:
        session.get_one(Partner, PARTNER_ID).closed_at = clock.now()
    with database.snapshot(engine) as session:
        for secret in secrets:
            with pytest.raises(KeyNotAccepted):
                admit(session, secret, ALL)


def test_wrong_scope_is_told_apart_from_no_key(engine: Engine) -> None:
    with database.snapshot(engine) as session, pytest.raises(ScopeTooNarrow):
        admit(session, make(engine), frozenset({Scope.ADMIN}))
