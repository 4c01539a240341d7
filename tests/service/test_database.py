"""Transactions as the service needs them, on both databases."""

import sqlite3
import threading
import time
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from models.gap import Gap
from models.investor import Investor
from models.zone import Zone
from service import database
from service.database import make_engine, snapshot, transaction
from tests.factories import a_gap, an_investor


def an_investor_row(number: int, external_id: str | None = None) -> Investor:
    fields = an_investor(external_id=external_id) | {"number": number, "created_by": "key_1"}
    return Investor.model_validate(fields | {"origin": "foreign"})


def count(session: Session) -> int:
    return len(session.exec(select(Investor.id)).all())


def test_snapshot_sees_one_state(engine: Engine) -> None:
    with snapshot(engine) as reader:
        assert count(reader) == 0
        with transaction(engine) as writer:
            writer.add(an_investor_row(101))
        assert count(reader) == 0
    with snapshot(engine) as reader:
        assert count(reader) == 1


def test_nothing_is_kept_of_a_snapshot(engine: Engine) -> None:
    with snapshot(engine) as session:
        session.add(an_investor_row(101))
        if engine.dialect.name == "postgresql":
            with pytest.raises(DBAPIError):
                session.flush()
        else:
            session.flush()
    with snapshot(engine) as session:
        assert count(session) == 0


def fail_after_writing(engine: Engine) -> None:
    with transaction(engine) as session:
        session.add(an_investor_row(101))
        session.flush()
        raise LookupError


def test_transaction_is_rolled_back_when_an_exception_leaves_it(engine: Engine) -> None:
    with pytest.raises(LookupError):
        fail_after_writing(engine)
    with snapshot(engine) as session:
        assert count(session) == 0


def test_writers_wait_for_each_other(engine: Engine) -> None:
    """Each reads, waits and adds one: none is lost and none fails."""

    def add() -> None:
        with transaction(engine) as session:
            row = session.exec(select(Zone).where(Zone.id == "CNHTZ-3205").with_for_update()).one()
            time.sleep(0.02)
            row.version += 1

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with snapshot(engine) as session:
        assert session.get_one(Zone, "CNHTZ-3205").version == 9


def test_foreign_keys_are_held(engine: Engine) -> None:
    derived = {"number": 1, "created_by": "key_1", "chain_id": "ic", "zone_id": "none"}
    row = Gap.model_validate(a_gap() | derived)
    with pytest.raises(DBAPIError), transaction(engine) as session:
        session.add(row)


def test_embedded_database_is_durable_and_makes_its_folder(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/deep/down/b.sqlite3")
    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "busy_timeout",
                "secure_delete",
            )
        }
    engine.dispose()
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": database.BUSY_SECONDS * 1000,
        "secure_delete": 1,
    }


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_embedded_database_needs_a_file(url: str) -> None:
    with pytest.raises(ValueError, match="needs a file"):
        make_engine(url)


def test_chinese_is_legible_in_json_columns(engine: Engine) -> None:
    with transaction(engine) as session:
        session.add(an_investor_row(101))
    with engine.connect() as connection:
        stored = connection.execute(text("SELECT CAST(products AS TEXT) FROM investor"))
        assert "光刻胶" in stored.scalar_one()


def test_errors_do_not_show_values(engine: Engine) -> None:
    with transaction(engine) as session:
        session.add(an_investor_row(101, "hush-hush"))
    with pytest.raises(DBAPIError) as error, transaction(engine) as session:
        session.add(an_investor_row(101, "hush-hush-again"))
    assert "hush" not in str(error.value).partition("DETAIL")[0]


def test_tables_are_missed_before_they_are_made(tmp_path: Path, engine: Engine) -> None:
    empty = make_engine(f"sqlite:///{tmp_path}/b.sqlite3")
    assert not database.is_set_up(empty)
    assert database.is_set_up(engine)
    empty.dispose()


@contextmanager
def locked(path: Path) -> Generator[sqlite3.Connection]:
    """A database that another process is just setting up: not in WAL mode, and locked."""
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("CREATE TABLE t (a)").close()
        other.execute("BEGIN EXCLUSIVE").close()
        yield other


def test_the_first_connection_waits_for_a_process_that_came_first(tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite3"
    with locked(path) as other:
        release = threading.Timer(0.3, lambda: other.execute("COMMIT").close())
        release.start()
        started = time.monotonic()
        engine = make_engine(f"sqlite:///{path}")
        with engine.connect() as connection:
            mode = connection.execute(text("PRAGMA journal_mode")).scalar_one()
        release.join()
        engine.dispose()
    assert mode == "wal"
    assert time.monotonic() - started >= 0.25


def test_it_does_not_wait_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    path = tmp_path / "new.sqlite3"
    with locked(path):
        engine = make_engine(f"sqlite:///{path}")
        with pytest.raises(DBAPIError), engine.connect():
            pass
        engine.dispose()
