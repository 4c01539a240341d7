from datetime import UTC, date, datetime

from alembic import command
from sqlalchemy import Engine, inspect, text
from sqlmodel import Session, select

from models.policy_draft import PendingAct, PolicyAct, StoredPolicy
from tests.deploy.migrations.configs import a_config
from tests.deploy.migrations.versions.test_0002_policies import a_row

MOMENT = datetime(2030, 1, 1, 8, 30, 15, 123456, tzinfo=UTC)
COLUMNS = {"closed_at", "pending"}


def columns(engine: Engine) -> set[str]:
    return {column["name"] for column in inspect(engine).get_columns("policy")}


def test_what_awaits_a_second_administrator_comes_back_as_it_was(engine: Engine) -> None:
    command.upgrade(a_config(engine), "head")
    asked = PendingAct(
        action=PolicyAct.ACTIVATION,
        effective_from=date(2030, 2, 1),
        asked_by="key_1",
        asked_at=MOMENT,
    )
    row = a_row(closed_at=MOMENT, pending=asked)
    before = row.model_dump()
    with Session(engine) as session:
        session.add_all([row, a_row(number=2)])
        session.commit()
    with Session(engine) as session:
        first, other = session.exec(select(StoredPolicy).order_by("number")).all()
        assert first.model_dump() == before
        assert (other.closed_at, other.pending) == (None, None)


def test_the_way_back_keeps_the_policies(engine: Engine) -> None:
    command.upgrade(a_config(engine), "head")
    with Session(engine) as session:
        session.add(a_row())
        session.commit()
    command.downgrade(a_config(engine), "0006")
    command.downgrade(a_config(engine), "-1")
    assert not COLUMNS & columns(engine)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM policy")).scalar() == 1
    command.upgrade(a_config(engine), "head")
    assert columns(engine) >= COLUMNS
