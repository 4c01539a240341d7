"""Archives are there whole or not at all, for their owner alone, and show one state."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine, text

from service import database
from service.archives.form import MANIFEST, Manifest
from service.archives.writing import back_up
from service.repositories import whole
from tests.databases import SqliteCopies
from tests.service.archives.houses import engine_of


@pytest.fixture
def stored(sqlite_copies: SqliteCopies) -> Iterator[Engine]:
    with sqlite_copies.copy() as settings, engine_of(settings) as engine:
        yield engine


def test_an_archive_in_a_folder_is_named_by_time_and_is_its_owners(
    stored: Engine, tmp_path: Path
) -> None:
    file, manifest = back_up(stored, tmp_path)
    assert re.fullmatch(r"bulian-\d{8}T\d{6}Z\.zip", file.name)
    assert [one.name for one in tmp_path.iterdir()] == [file.name]
    assert file.stat().st_mode & 0o777 == 0o600
    with ZipFile(file) as members:
        assert members.namelist() == [*(one.member for one in manifest.tables), MANIFEST]
        assert Manifest.model_validate_json(members.read(MANIFEST)) == manifest
    assert "session" not in {one.name for one in manifest.tables}


def test_a_file_that_is_there_is_left_alone(stored: Engine, tmp_path: Path) -> None:
    taken = tmp_path / "taken.zip"
    taken.write_text("mine")
    with pytest.raises(FileExistsError, match=r"taken.zip"):
        back_up(stored, taken)
    assert taken.read_text() == "mine"


def test_what_breaks_off_leaves_nothing(
    stored: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(whole, "rows_of", fail)
    with pytest.raises(OSError, match="no space left"):
        back_up(stored, tmp_path / "new.zip")
    assert list(tmp_path.iterdir()) == []


def test_what_is_written_meanwhile_is_not_in_it(
    stored: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stored.connect() as connection:
        before = connection.execute(text("SELECT count(*) FROM event")).scalar()
    read = whole.rows_of

    def read_late(*of: Any) -> Any:
        with database.writing(stored).begin() as connection:
            connection.execute(text("DELETE FROM event"))
        return read(*of)

    monkeypatch.setattr(whole, "rows_of", read_late)
    _, manifest = back_up(stored, tmp_path / "new.zip")
    assert {one.name: one.rows for one in manifest.tables}["event"] == before
    assert str(manifest.head).startswith(f"{before}:")
