"""Last uses of keys: seen at once, stored now and then, lost by no failure."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select
from starlette.testclient import TestClient

from models.api_key import ApiKey
from service import clock
from service.key_uses import WRITE_SECONDS, KeyUses
from service.repositories import api_keys
from tests.factories import runtime_of
from tests.service.valkeys import Clock

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def engine(embedded: TestClient) -> Engine:
    return runtime_of(embedded).engine


@pytest.fixture
def key_id(engine: Engine) -> str:
    with Session(engine) as session:
        return session.exec(select(ApiKey.id).where(ApiKey.scope == "admin")).one()


def stored(engine: Engine, key_id: str) -> datetime | None:
    with Session(engine) as session:
        return session.get_one(ApiKey, key_id).last_used_at


def test_the_first_use_is_written_at_once_and_the_next_a_minute_later(
    engine: Engine, key_id: str
) -> None:
    ticks = Clock()
    uses = KeyUses(ticks)
    uses.note(key_id)
    assert uses.write(engine) == 1
    first = stored(engine, key_id)
    assert first is not None
    uses.note(key_id)
    assert uses.write(engine) == 0
    later = uses.latest(key_id, first)
    assert later is not None
    assert later > first
    ticks.now += WRITE_SECONDS
    assert uses.write(engine) == 1
    assert stored(engine, key_id) == later
    assert uses.write(engine, all_of_them=True) == 0, "nothing is left"


def test_the_last_write_holds_back_nothing(engine: Engine, key_id: str) -> None:
    uses = KeyUses()
    for is_last in (False, True):
        uses.note(key_id)
        assert uses.write(engine, all_of_them=is_last) == 1


def test_an_earlier_use_in_another_process_changes_nothing(engine: Engine, key_id: str) -> None:
    now = clock.now()
    for moment in (now, now - timedelta(seconds=5)):
        with Session(engine) as session:
            api_keys.note_uses(session, {key_id: moment})
            session.commit()
    assert stored(engine, key_id) == now


def test_a_write_that_fails_is_made_up_for(
    engine: Engine, key_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("full")

    uses = KeyUses()
    uses.note(key_id)
    with monkeypatch.context() as patch:
        patch.setattr(api_keys, "note_uses", fail)
        with pytest.raises(OSError, match="full"):
            uses.write(engine)
    assert stored(engine, key_id) is None
    assert uses.write(engine) == 1
    assert stored(engine, key_id) is not None


def test_a_use_during_the_write_is_not_lost(
    engine: Engine, key_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    uses = KeyUses()
    write = api_keys.note_uses

    def write_slowly(session: Session, due: dict[str, datetime]) -> None:
        uses.note(key_id)
        write(session, due)

    uses.note(key_id)
    monkeypatch.setattr(api_keys, "note_uses", write_slowly)
    uses.write(engine)
    first = stored(engine, key_id)
    monkeypatch.setattr(api_keys, "note_uses", write)
    assert uses.write(engine, all_of_them=True) == 1
    second = stored(engine, key_id)
    assert first is not None
    assert second is not None
    assert second > first


def test_the_later_of_both_is_the_latest() -> None:
    uses = KeyUses()
    assert uses.latest("key_1", None) is None
    assert uses.latest("key_1", LONG_AGO) == LONG_AGO
    uses.note("key_1")
    seen = uses.latest("key_1", LONG_AGO)
    assert seen is not None
    assert seen > LONG_AGO
    assert uses.latest("key_1", None) == seen
