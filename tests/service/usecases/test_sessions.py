"""Sessions in a browser: as good as their key, no longer than agreed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine
from sqlmodel import Session, select
from starlette.testclient import TestClient

from matching.vocabulary import Scope
from models.browser_session import BrowserSession
from models.partner import Partner
from service import clock, database
from service.errors import KeyNotAccepted, ScopeTooNarrow
from service.people.person import Person
from service.security import Caller
from service.usecases import sessions
from tests.factories import ADMIN, PARTNER, PARTNER_ID, PORTAL, a_key, register

START = datetime(2026, 3, 2, 2, tzinfo=UTC)


@dataclass
class Time:
    """The service's present, in a test's hand."""

    now: datetime = START

    def go(self, **later: float) -> None:
        self.now += timedelta(**later)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    made = Time()
    monkeypatch.setattr(clock, "now", lambda: made.now)
    return made


@pytest.fixture
def engine(embedded: TestClient, blank_app: FastAPI) -> Engine:
    return blank_app.state.runtime.engine


def sign_in(engine: Engine, secret: str = ADMIN) -> str:
    with database.transaction(engine) as session:
        return sessions.open_session(session, secret)[0]


def look(engine: Engine, token: str) -> Caller:
    with database.snapshot(engine) as session:
        return sessions.caller_of(session, token)


def use(engine: Engine, token: str) -> bool:
    """Whether it was time to note that the session is in use."""
    with database.transaction(engine) as session:
        is_time = sessions.needs_mark(session, token)
        sessions.mark(session, token)
    return is_time


def rows(engine: Engine) -> list[BrowserSession]:
    with Session(engine) as session:
        return list(session.exec(select(BrowserSession)))


def is_over(engine: Engine, token: str) -> bool:
    try:
        look(engine, token)
    except KeyNotAccepted:
        return True
    return False


def test_a_session_is_an_administrator(engine: Engine) -> None:
    token = sign_in(engine)
    caller = look(engine, token)
    assert caller.scope == "admin"
    (row,) = rows(engine)
    assert row.key_id == caller.key_id
    assert token not in row.model_dump_json()


@pytest.mark.parametrize(
    ("secret", "scope", "partner"), [(PORTAL, "portal", None), (PARTNER, "partner", PARTNER_ID)]
)
def test_a_session_is_worth_what_its_key_is(
    engine: Engine, secret: str, scope: str, partner: str | None
) -> None:
    caller = look(engine, sign_in(engine, secret))
    assert (caller.scope, caller.partner_id) == (scope, partner)


def test_the_session_of_a_closed_partner_is_over(engine: Engine) -> None:
    token = sign_in(engine, PARTNER)
    with Session(engine) as session:
        session.get_one(Partner, PARTNER_ID).closed_at = clock.now()
        session.commit()
    assert is_over(engine, token)


def test_a_persons_session_holds_what_the_groups_allowed(engine: Engine, time: Time) -> None:
    with database.transaction(engine) as session:
        token, opened = sessions.open_for_person(session, Person("per_1", Scope.PORTAL))
    caller = look(engine, token)
    assert (caller.key_id, caller.scope) == (opened.key_id, "portal") == ("per_1", "portal")
    time.go(hours=12)
    assert is_over(engine, token)


def test_a_person_in_no_group_has_no_session(engine: Engine) -> None:
    with database.transaction(engine) as session, pytest.raises(ScopeTooNarrow):
        sessions.open_for_person(session, Person("per_1", None))
    assert rows(engine) == []


@pytest.mark.parametrize("secret", ["", "bul_none", "x" * 10_000])
def test_nothing_signs_in_with_what_is_no_key(engine: Engine, secret: str) -> None:
    with pytest.raises(KeyNotAccepted):
        sign_in(engine, secret)


@pytest.mark.parametrize("token", ["", "none", "\udc80", "x" * 10_000])
def test_nobody_is_behind_what_is_no_token(engine: Engine, token: str) -> None:
    sign_in(engine)
    assert is_over(engine, token)


def test_a_session_ends_after_an_hour_without_use(engine: Engine, time: Time) -> None:
    token = sign_in(engine)
    time.go(minutes=59)
    assert not is_over(engine, token)
    time.go(minutes=1)
    assert is_over(engine, token)


def test_a_session_in_use_ends_after_twelve_hours(engine: Engine, time: Time) -> None:
    token = sign_in(engine)
    for _ in range(23):
        time.go(minutes=30)
        assert use(engine, token)
    time.go(minutes=29)
    assert not is_over(engine, token)
    time.go(minutes=1)
    assert is_over(engine, token)


def test_use_is_noted_once_a_minute(engine: Engine, time: Time) -> None:
    token = sign_in(engine)
    assert not use(engine, token)
    time.go(seconds=59)
    assert use(engine, token) is False
    time.go(seconds=60)
    assert use(engine, token) is True


def test_use_does_not_bring_a_session_back(engine: Engine) -> None:
    token = sign_in(engine)
    with database.transaction(engine) as session:
        sessions.close(session, token)
        sessions.close(session, token)
    assert not use(engine, token)
    assert rows(engine) == []


def test_what_is_over_is_deleted_when_someone_signs_in(engine: Engine, time: Time) -> None:
    old, idle = sign_in(engine), sign_in(engine)
    for _ in range(12):
        time.go(minutes=59)
        use(engine, old)
    assert len(rows(engine)) == 2
    sign_in(engine)
    assert len(rows(engine)) == 2
    assert is_over(engine, idle)
    assert not is_over(engine, old)


def ends_by_revoking(admin: TestClient, key_id: str, _time: Time) -> None:
    assert admin.delete(f"/v1/admin/keys/{key_id}").status_code == 204


def ends_by_rotating(admin: TestClient, key_id: str, _time: Time) -> None:
    assert admin.post(f"/v1/admin/keys/{key_id}/rotate").status_code == 200


def ends_by_expiring(_admin: TestClient, _key_id: str, time: Time) -> None:
    time.go(minutes=31)


@pytest.mark.parametrize("ends", [ends_by_revoking, ends_by_rotating, ends_by_expiring])
def test_a_session_dies_with_its_key(
    embedded: TestClient, engine: Engine, time: Time, ends: Callable[[TestClient, str, Time], None]
) -> None:
    expires_at = (START + timedelta(minutes=30)).isoformat()
    key = register(embedded, "admin/keys", a_key(scope="admin", expires_at=expires_at))
    token, other = sign_in(engine, key["secret"]), sign_in(engine)
    assert not is_over(engine, token)
    ends(embedded, key["id"], time)
    assert is_over(engine, token)
    assert not is_over(engine, other)


def test_forms_of_each_session_carry_their_own_token() -> None:
    assert sessions.form_token("a") == sessions.form_token("a") != sessions.form_token("b")
