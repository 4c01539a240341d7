from alembic import command
from sqlalchemy import Engine, inspect, text

from tests.deploy.migrations.configs import a_config

BEFORE = "0002"
KEY = """
INSERT INTO api_key (id, name, scope, partner_id, secret_digest, prefix, created_at)
VALUES ('key_{0}', '{1}', '{2}', {3}, '{0}', 'bul_', '2026-01-01')
"""


def test_keys_made_before_keep_their_partner(engine: Engine) -> None:
    command.upgrade(a_config(engine), BEFORE)
    with engine.begin() as connection:
        connection.execute(text(KEY.format("1", "甲", "partner", "'ptn_1'")))
        connection.execute(text(KEY.format("2", "乙", "partner", "'ptn_1'")))
        connection.execute(text(KEY.format("3", "丙", "portal", "NULL")))
    command.upgrade(a_config(engine), "head")
    with engine.connect() as connection:
        found = connection.execute(text("SELECT id, version, created_by FROM partner")).all()
    assert [tuple(row) for row in found] == [("ptn_1", 1, "system")]


def test_the_way_back_leaves_what_was_before(engine: Engine) -> None:
    command.upgrade(a_config(engine), BEFORE)
    before = set(inspect(engine).get_table_names())
    command.upgrade(a_config(engine), "head")
    assert "partner" in set(inspect(engine).get_table_names()) - before
    command.downgrade(a_config(engine), BEFORE)
    assert set(inspect(engine).get_table_names()) == before
