"""The command on a database that is there: keys with limits, and the check of the log."""

import json
import os
from collections.abc import Iterator

import pytest

from service import database
from service.settings import Settings
from tests.databases import SqliteCopies
from tests.house.server import without_settings
from tests.service.test_cli import run


@pytest.fixture(autouse=True)
def copied(sqlite_copies: SqliteCopies, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The environment of a database of the tests."""
    for name in os.environ.keys() - without_settings().keys():
        monkeypatch.delenv(name)
    with sqlite_copies.copy() as settings:
        monkeypatch.setenv("BULIAN_DATA_DIR", str(settings.data_dir))
        yield


def test_keys_are_limited_and_rotated() -> None:
    create = ("create", "--scope", "portal", "--name", "P", "--rate-limit", "7")
    made = json.loads(run("keys", *create).output)
    assert made["rate_limit"] == 7
    rotated = json.loads(run("keys", "rotate", made["id"]).output)
    assert (rotated["id"], rotated["rate_limit"]) == (made["id"], 7)
    assert rotated["secret"] != made["secret"]
    assert rotated["old_secret_until"] is not None
    at_once = json.loads(run("keys", "rotate", made["id"], "--overlap-hours", "0").output)
    assert at_once["old_secret_until"] is None
    refused = run("keys", "rotate", "key_none")
    assert (refused.exit_code, "No such key" in refused.output) == (1, True)


def test_the_log_is_verified() -> None:
    whole = run("verify")
    assert (whole.exit_code, whole.output.splitlines()[-1]) == (0, "The event log is whole")
    head = whole.output.split("head ")[1].split()[0]
    assert run("verify", "--head", head).exit_code == 0
    refused = run("verify", "--head", "7")
    assert (refused.exit_code, "NUMBER:HASH" in refused.output) == (1, True)
    engine = database.make_engine(Settings().engine_url)
    with database.writing(engine).begin() as connection:
        connection.exec_driver_sql("UPDATE event SET actor = 'key_x' WHERE number = 1")
    engine.dispose()
    changed = run("verify")
    assert changed.exit_code == 1
    assert "event 1 does not follow from the one before: changed, or put in" in changed.output
    assert "The event log is not what was written" in changed.output
