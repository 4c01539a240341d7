"""The engine, and the two kinds of transaction a request may have: a snapshot or a write."""

import json
import sqlite3
import time
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final, cast

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, event, inspect, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session, create_engine

from service.shipped import shipped

BUSY_SECONDS: Final = 15
RETRY_SECONDS: Final = 0.02
CONNECT_SECONDS: Final = 5
READERS: Final = 16
WRITERS: Final = 8
"""Requests that may hold a session at once, in one process. Together fewer than the 40 threads of
the pool: a writer that has the lock must always find a thread to go on with."""

SPARE_CONNECTIONS: Final = 8
"""For health checks, the command line and background work."""

WRITES: Final = "bulian_writes"
NEWEST: Final = "head"

to_json = partial(json.dumps, ensure_ascii=False, allow_nan=False)
"""Chinese stays legible, so that a search finds it in a JSON column."""


def make_engine(url: str) -> Engine:
    """An engine for SQLite or PostgreSQL that opens transactions as this service needs them.

    Args:
        url: an address as `Settings.engine_url` gives it; the folder of an SQLite file is made.
    """
    size = READERS + WRITERS + SPARE_CONNECTIONS
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(
            url,
            pool_size=size,
            max_overflow=0,
            pool_pre_ping=True,
            hide_parameters=True,
            json_serializer=to_json,
            connect_args={"connect_timeout": CONNECT_SECONDS},
        )
    path = make_url(url).database
    if path is None or path in {"", ":memory:"}:
        raise ValueError("The embedded database needs a file: several connections share it")
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        pool_size=size,
        max_overflow=0,
        hide_parameters=True,
        json_serializer=to_json,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Durable, checked, what is deleted overwritten; the driver opens no transactions by itself."""
    driver = cast("sqlite3.Connection", connection)
    driver.isolation_level = None
    _switch_to_wal(driver)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        driver.execute(f"PRAGMA {pragma}").close()


def _switch_to_wal(driver: sqlite3.Connection) -> None:
    """Write-ahead logging. Here SQLite does not wait for another process's lock, so we do."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            driver.execute("PRAGMA journal_mode=WAL").close()
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(RETRY_SECONDS)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once: one that upgrades later would fail instead of waiting."""
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def reading(engine: Engine) -> Engine:
    """The engine with transactions that see one state of the database from first to last read."""
    if engine.dialect.name == "sqlite":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def writing(engine: Engine) -> Engine:
    """The engine with transactions that may write; on SQLite one at a time."""
    return engine.execution_options(**{WRITES: True})


@contextmanager
def snapshot(engine: Engine) -> Generator[Session]:
    """A session that reads one state of the database; nothing is kept of what is done in it."""
    with Session(reading(engine), autoflush=False) as session:
        yield session


@contextmanager
def transaction(engine: Engine) -> Generator[Session]:
    """A session that is committed at the end, or rolled back when an exception leaves it."""
    with Session(writing(engine), expire_on_commit=False) as session, session.begin():
        yield session


def is_set_up(engine: Engine) -> bool:
    """Whether the tables have been made."""
    return inspect(engine).has_table("installation")


def migrate(connection: Connection, revision: str = NEWEST) -> None:
    """Bring the schema up to a revision, inside the caller's transaction."""
    config = _migrations()
    attributes: dict[Any, Any] = config.attributes
    attributes["connection"] = connection
    command.upgrade(config, revision)


def revisions() -> list[str]:
    """The revisions of the schema that are known here, newest first."""
    script = ScriptDirectory.from_config(_migrations())
    return [one.revision for one in script.walk_revisions()]


def _migrations() -> Config:
    config = Config()
    config.set_main_option("script_location", str(shipped("deploy/migrations")).replace("%", "%%"))
    return config
