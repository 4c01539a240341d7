"""Sessions come back as they were stored, on both databases."""

from datetime import UTC, datetime

import pytest
from alembic import command
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from matching.vocabulary import Scope
from models.api_key import ApiKey
from models.browser_session import BrowserSession
from tests.deploy.migrations.configs import a_config

MOMENT = datetime(2030, 1, 1, 8, 30, 15, 123456, tzinfo=UTC)


def a_session(key_id: str, digit: str = "0") -> BrowserSession:
    return BrowserSession(
        digest=digit * 64, key_id=key_id, created_at=MOMENT, expires_at=MOMENT, last_seen_at=MOMENT
    )


@pytest.fixture
def migrated(engine: Engine) -> Engine:
    command.upgrade(a_config(engine), "head")
    return engine


def test_rows_come_back_as_they_were(migrated: Engine) -> None:
    key = ApiKey(scope=Scope.ADMIN, name="甲", secret_digest="1" * 64, prefix="…")
    row = a_session(key.id)
    sent = row.model_dump()
    with Session(migrated) as session:
        session.add(key)
        session.flush()
        session.add(row)
        session.commit()
    with Session(migrated) as session:
        assert session.exec(select(BrowserSession)).one().model_dump() == sent


def test_a_session_has_a_key(migrated: Engine) -> None:
    with Session(migrated) as session:
        session.add(a_session("key_none"))
        with pytest.raises(IntegrityError):
            session.flush()


def test_the_way_back_drops_this_table_only(migrated: Engine) -> None:
    command.downgrade(a_config(migrated), "0008")
    before = set(inspect(migrated).get_table_names())
    command.downgrade(a_config(migrated), "-1")
    assert before - set(inspect(migrated).get_table_names()) == {"session"}
    command.upgrade(a_config(migrated), "0008")
    assert set(inspect(migrated).get_table_names()) == before
