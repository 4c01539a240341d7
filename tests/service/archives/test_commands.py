"""The commands: what they print, and what they refuse in words."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import text

from service.settings import Settings
from tests.databases import SqliteCopies
from tests.factories import ADMIN
from tests.house.server import without_settings
from tests.service.archives.houses import engine_of
from tests.service.test_cli import run


@pytest.fixture(autouse=True)
def copied(sqlite_copies: SqliteCopies, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The environment of a database of the tests."""
    for name in os.environ.keys() - without_settings().keys():
        monkeypatch.delenv(name)
    with sqlite_copies.copy() as settings:
        monkeypatch.setenv("BULIAN_DATA_DIR", str(settings.data_dir))
        yield


def change(statement: str) -> None:
    """As another program might, which holds no references."""
    with closing(sqlite3.connect(Settings().data_dir / "bulian.sqlite3")) as connection:
        connection.execute(statement)
        connection.commit()


def test_there_and_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.zip"
    backed_up = run("backup", str(file))
    assert (backed_up.exit_code, "persons' data" in backed_up.output) == (0, True)
    verified = run("verify", str(file))
    assert verified.output.splitlines()[-1] == "The archive is whole"
    head = backed_up.output.split("head ")[1].split()[0]
    assert f"head {head}" in verified.output
    refused = run("restore", str(file))
    assert (refused.exit_code, "--replace" in refused.output) == (1, True)
    assert run("restore", str(file), "--replace").exit_code == 0
    monkeypatch.setenv("BULIAN_DATA_DIR", str(tmp_path / "elsewhere"))
    restored = run("restore", str(file))
    assert (restored.exit_code, " rows, the state of " in restored.output) == (0, True)
    assert run("verify", "--head", head).output.splitlines()[-1] == "The event log is whole"
    keys = [json.loads(line) for line in run("keys", "list").output.splitlines()]
    assert "admin" in {key["scope"] for key in keys}


def test_what_was_ended_again_is_told(tmp_path: Path) -> None:
    made = json.loads(run("keys", "create", "--scope", "portal", "--name", "P").output)
    file = tmp_path / "a.zip"
    run("backup", str(file))
    run("keys", "revoke", made["id"])
    assert "1 keys, revoked since" in run("restore", str(file), "--replace").output
    listed = run("keys", "list").output.splitlines()
    assert [json.loads(line)["revoked_at"] is None for line in listed].count(False) == 1


def test_refusals_are_told_plainly(tmp_path: Path) -> None:
    none = tmp_path / "none.zip"
    none.write_text("nothing")
    with engine_of(Settings()) as engine, engine.connect() as connection:
        run("backup", str(tmp_path / "a.zip"))
        connection.execute(text("SELECT 1"))
        in_use = run("restore", str(tmp_path / "a.zip"), "--replace")
    for result, words in (
        (run("backup", str(none)), "is there already"),
        (run("backup", str(tmp_path / "nowhere" / "a.zip")), "Cannot be written"),
        (run("verify", str(none)), "Not a whole archive"),
        (run("restore", str(none)), "Not a whole archive"),
        (in_use, "stop the servers"),
    ):
        assert result.exit_code == 1
        assert words in result.output
        assert "Traceback" not in result.output


def test_a_changed_archive_is_not_restored(tmp_path: Path) -> None:
    good, changed = tmp_path / "good.zip", tmp_path / "changed.zip"
    run("backup", str(good))
    with ZipFile(good) as old, ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace("苏州".encode(), "杭州".encode()))
    for result in (run("verify", str(changed)), run("restore", str(changed), "--replace")):
        assert result.exit_code == 1
        assert "zone.jsonl is not what was written" in result.output
    assert run("verify").exit_code == 0
    assert ADMIN not in good.read_bytes().decode("latin-1")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE alembic_version SET version_num = '0003'", "the schema is at 0003"),
        (
            "INSERT INTO link_override VALUES ('Z', '', '', '', '', 1, '2030-01-01', '2030-01-01')",
            "link_override: rows refer to none",
        ),
    ],
    ids=["schema", "references"],
)
def test_a_database_that_is_not_as_it_should_be_is_told_of(statement: str, words: str) -> None:
    change(statement)
    found = run("verify")
    assert found.exit_code == 1
    assert words in found.output
    assert "not as it should be" in found.output
