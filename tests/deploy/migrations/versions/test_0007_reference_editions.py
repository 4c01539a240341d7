"""Editions come back as they were stored, on both databases."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from models.edition import StoredEdition
from tests.deploy.migrations.configs import a_config
from tests.factories import a_keyword_edition

MOMENT = datetime(2030, 1, 1, 8, 30, 15, 123456, tzinfo=UTC)


def a_row(**fields: Any) -> StoredEdition:
    known = {"number": 1, "created_by": "key_1", "quality": "fair", "digest": "sha256:0"}
    return StoredEdition.model_validate({**a_keyword_edition(), "row_count": 1, **known, **fields})


@pytest.fixture
def migrated(engine: Engine) -> Engine:
    command.upgrade(a_config(engine), "head")
    return engine


def test_an_edition_comes_back_as_it_was(migrated: Engine) -> None:
    ended = {"effective_until": date(2030, 1, 9), "rolled_back_at": MOMENT, "discarded_at": MOMENT}
    row = a_row(effective_from=date(2030, 1, 1), activated_at=MOMENT, **ended)
    before = row.model_dump()
    with Session(migrated) as session:
        session.add(row)
        session.commit()
    with Session(migrated) as session:
        assert session.exec(select(StoredEdition)).one().model_dump() == before


def test_two_editions_never_share_a_number(migrated: Engine) -> None:
    with Session(migrated) as session:
        session.add_all([a_row(), a_row()])
        with pytest.raises(IntegrityError):
            session.commit()


def test_the_way_back_drops_the_table_and_nothing_else(migrated: Engine) -> None:
    before = set(inspect(migrated).get_table_names())
    with migrated.begin() as connection:
        connection.execute(text("INSERT INTO installation VALUES (1, 'kept', '2030-01-01')"))
    command.downgrade(a_config(migrated), "0007")
    command.downgrade(a_config(migrated), "-1")
    assert before - set(inspect(migrated).get_table_names()) >= {"reference_edition"}
    with migrated.begin() as connection:
        assert connection.execute(text("SELECT secret FROM installation")).scalar() == "kept"
    command.upgrade(a_config(migrated), "head")
    assert set(inspect(migrated).get_table_names()) == before
