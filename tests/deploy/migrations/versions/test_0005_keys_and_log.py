"""What was there before stays as it was, with the new fields unknown; the way back drops them."""

import json
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, inspect, text

from service import database
from service.usecases import log_check
from tests.deploy.migrations.configs import a_config

PAGE = 1000
"""Events that the migration takes at a time."""

ADDED = {
    "api_key": {"old_secret_digest", "old_secret_until", "last_used_at", "rate_limit"},
    "partner": {"contract_from", "contract_until"},
    "event": {"hash"},
}


def columns(engine: Engine, table: str) -> set[str]:
    return {column["name"] for column in inspect(engine).get_columns(table)}


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A database of the version before, with a key in it."""
    command.upgrade(a_config(engine), "0004")
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO api_key (id, name, scope, secret_digest, prefix, created_at)"
                " VALUES ('key_1', 'Portal', 'portal', 'digest', 'bul_abcd', '2030-01-01')"
            )
        )
    return engine


def keys(engine: Engine) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(text("SELECT * FROM api_key")).mappings()]


def test_a_key_that_was_there_works_on(filled: Engine) -> None:
    (before,) = keys(filled)
    command.upgrade(a_config(filled), "0005")
    (after,) = keys(filled)
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) >= ADDED["api_key"]
    assert {after[name] for name in ADDED["api_key"]} == {None}


def test_the_log_that_was_there_is_chained(filled: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    insert = text(
        "INSERT INTO event VALUES (:n, :id, '2030-01-01 08:00:00.5', 'key_1', 'key.created',"
        " 'key', 'key_1', 1, NULL, :after)"
    )
    with filled.begin() as connection:
        for number in range(1, 2 * PAGE + 2):
            after = json.dumps({"name": "甲", "share": 1e17, "number": number})
            connection.execute(insert, {"n": number, "id": f"evt_{number}", "after": after})
    command.upgrade(a_config(filled), "0005")
    command.upgrade(a_config(filled), "head")
    with database.snapshot(filled) as session:
        found = log_check.check(session)
    assert (found.findings, found.events) == ([], 2 * PAGE + 1)
    nullable = {
        column["name"]: column["nullable"] for column in inspect(filled).get_columns("event")
    }
    assert not nullable["hash"]


def test_the_way_back_drops_what_was_added(filled: Engine) -> None:
    before = {table: columns(filled, table) for table in ADDED}
    rows = keys(filled)
    command.upgrade(a_config(filled), "0005")
    for table, names in ADDED.items():
        assert columns(filled, table) - before[table] >= names
    command.downgrade(a_config(filled), "0004")
    assert {table: columns(filled, table) for table in ADDED} == before
    assert keys(filled) == rows
