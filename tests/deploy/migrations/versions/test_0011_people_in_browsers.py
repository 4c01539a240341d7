"""Sessions of people and of keys stand side by side; going either way ends those there are."""

from datetime import UTC, datetime

import pytest
from alembic import command
from sqlalchemy import Engine, inspect
from sqlmodel import Session, select

from matching.vocabulary import Scope
from models.browser_session import BrowserSession
from tests.deploy.migrations.configs import a_config

MOMENT = datetime(2030, 1, 1, 8, 30, 15, 123456, tzinfo=UTC)


@pytest.fixture
def migrated(engine: Engine) -> Engine:
    command.upgrade(a_config(engine), "0011")
    return engine


def a_persons() -> BrowserSession:
    return BrowserSession(
        digest="0" * 64,
        person_id="per_1",
        scope=Scope.PORTAL,
        created_at=MOMENT,
        expires_at=MOMENT,
        last_seen_at=MOMENT,
    )


def test_a_persons_session_comes_back(migrated: Engine) -> None:
    row = a_persons()
    sent = row.model_dump()
    with Session(migrated) as session:
        session.add(row)
        session.commit()
    with Session(migrated) as session:
        assert session.exec(select(BrowserSession)).one().model_dump() == sent


def test_there_and_back_leaves_the_table_as_it_was_and_empty(migrated: Engine) -> None:
    with Session(migrated) as session:
        session.add(a_persons())
        session.commit()
    before = columns(migrated)
    command.downgrade(a_config(migrated), "-1")
    assert set(before) - set(columns(migrated)) == {"person_id", "scope"}
    command.upgrade(a_config(migrated), "0011")
    assert columns(migrated) == before
    with Session(migrated) as session:
        assert session.exec(select(BrowserSession)).all() == []


def columns(engine: Engine) -> dict[str, bool]:
    """Whether each may be null."""
    return {one["name"]: bool(one["nullable"]) for one in inspect(engine).get_columns("session")}
