from datetime import date
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from matching.drafting import figures_of
from matching.policy import built_in
from models.policy_draft import StoredPolicy
from tests.deploy.migrations.configs import a_config


def a_row(**fields: Any) -> StoredPolicy:
    said = {"name_zh": "政策", "name_en": "Policy", "source": "tests", "created_by": "key_1"}
    figures = figures_of(built_in()[0])
    known = {"number": 1, "based_on": "national-2026", "figures": figures}
    return StoredPolicy.model_validate({**said, **known, **fields})


@pytest.fixture
def migrated(engine: Engine) -> Engine:
    command.upgrade(a_config(engine), "head")
    return engine


def test_a_policy_comes_back_as_it_was(migrated: Engine) -> None:
    row = a_row(effective_from=date(2030, 1, 1))
    before = row.model_dump()
    with Session(migrated) as session:
        session.add(row)
        session.commit()
    with Session(migrated) as session:
        assert session.exec(select(StoredPolicy)).one().model_dump() == before


def test_two_drafts_never_share_a_number(migrated: Engine) -> None:
    with Session(migrated) as session:
        session.add(a_row())
        session.add(a_row())
        with pytest.raises(IntegrityError):
            session.commit()


def test_the_way_back_drops_the_table_and_nothing_else(migrated: Engine) -> None:
    with migrated.begin() as connection:
        connection.execute(text("INSERT INTO installation VALUES (1, 'kept', '2030-01-01')"))
    command.downgrade(a_config(migrated), "0001")
    assert "policy" not in inspect(migrated).get_table_names()
    with migrated.begin() as connection:
        assert connection.execute(text("SELECT secret FROM installation")).scalar() == "kept"
    command.upgrade(a_config(migrated), "head")
