"""Every migration up and down again with rows in every table: what both sides know is kept."""

from alembic import command
from sqlalchemy import Engine, inspect

from service.database import revisions
from tests.deploy.migrations.configs import a_config
from tests.deploy.migrations.filled import Rows, fill, in_common, rows_in

REVISIONS = revisions()[::-1]


def moved(engine: Engine, before: Rows) -> Rows:
    """What is there now; of what was there before, nothing was lost or changed."""
    with engine.connect() as connection:
        after = rows_in(connection)
    was, is_now = in_common(before, after)
    for rows in (was, is_now):
        rows.pop("session", None)  # whoever was signed in may have to sign in again
    assert is_now == was
    return after


def test_every_migration_keeps_the_rows_there_are(engine: Engine) -> None:
    before: Rows = {}
    for revision in REVISIONS:
        command.upgrade(a_config(engine), revision)
        before = moved(engine, before)
        with engine.begin() as connection:
            before = fill(connection)
        assert all(before.values())
    assert len(before) == len(inspect(engine).get_table_names()) - 1
    for revision in REVISIONS[-2::-1]:
        command.downgrade(a_config(engine), revision)
        before = moved(engine, before)
