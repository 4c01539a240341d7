"""A whole database, whatever revision its schema has: its tables as they are, read and filled.

Nothing here rests on the models: a database may be older than they are.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, cast

from alembic.migration import MigrationContext
from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    LargeBinary,
    MetaData,
    Table,
    inspect,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine
from sqlmodel.sql.sqltypes import UTCDateTime

from models.tables import metadata
from service.repositories import bulk

REVISION: Final = "alembic_version"
OURS: Final = frozenset({*metadata.tables, REVISION})
NOT_CARRIED: Final = frozenset({"session", REVISION})
"""Who was signed in signs in again; the revision stands in the manifest of an archive."""

PORTION: Final = 2_000
"""Rows in memory at a time."""

WAIT_MS: Final = 1_000
MOMENT: Final = UTCDateTime()
PLAIN_JSON: Final = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
PORTABLE: Final[tuple[tuple[type[TypeEngine[Any]], TypeEngine[Any]], ...]] = (
    (DateTime, MOMENT),
    (Date, Date()),
    (JSON, PLAIN_JSON),
    (LargeBinary, LargeBinary()),
)
"""Kinds of columns, as both databases name them, and how their values are read and written."""

ENDED: Final = {
    "lead": "SELECT id FROM lead WHERE contacts_erased_at IS NOT NULL ORDER BY id",
    "api_key": "SELECT id FROM api_key WHERE revoked_at IS NOT NULL ORDER BY id",
}
VERSIONED: Final = ("gap", "investor", "lead")
"""Tables of which every change is an event with the record's new version."""

APART: Final = (
    "SELECT id FROM {name} LEFT JOIN (SELECT subject_id, max(subject_version) AS last FROM event "
    "WHERE subject_type = '{name}' GROUP BY subject_id) AS told ON subject_id = id "
    "WHERE last IS NULL OR last <> version ORDER BY id LIMIT :most"
)
OTHERS: Final = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)


class InUse(RuntimeError):  # noqa: N818 - house style: the name is the sentence
    """Others are connected to the database: stop the servers, and whoever else looks into it."""


def revision_of(connection: Connection) -> str | None:
    """The revision of the schema; None where there is none."""
    return MigrationContext.configure(connection).get_current_revision()


def tables_in(connection: Connection, but: Collection[str] = NOT_CARRIED) -> list[Table]:
    """Our tables but some, each after those its rows refer to: those that an archive holds."""
    found = inspect(connection)
    columns, keys = found.get_multi_columns(), found.get_multi_pk_constraint()
    ordered = [name for name, _ in found.get_sorted_table_and_fkc_names() if name in OURS]
    return [
        Table(
            name,
            MetaData(),
            *(Column(one["name"], _portable(one["type"])) for one in columns[None, name]),
            info={"key": keys[None, name]["constrained_columns"]},
        )
        for name in ordered
        if name not in but
    ]


def with_columns(table: Table, names: Sequence[str]) -> Table:
    """The same table with its columns in another order."""
    return Table(table.name, MetaData(), *(Column(name, table.c[name].type) for name in names))


def _portable(found: TypeEngine[Any]) -> TypeEngine[Any]:
    return next((kind for known, kind in PORTABLE if isinstance(found, known)), found)


def rows_of(connection: Connection, table: Table) -> Iterator[Sequence[Any]]:
    """Every row by its key, some in memory at a time."""
    key: list[str] = table.info["key"]
    statement = select(table).order_by(*(table.c[name] for name in key))
    return iter(connection.execute(statement, execution_options={"yield_per": PORTION}))


def fill(connection: Connection, table: Table, rows: Iterable[Sequence[Any]]) -> int:
    """Store rows in an empty table, some in memory at a time; how many there were."""
    filled, following = 0, iter(rows)
    while portion := list(islice(following, PORTION)):
        bulk.insert_rows(connection, table, portion)
        filled += len(portion)
    return filled


def is_set_up(connection: Connection) -> bool:
    """Whether there is an installation: what is in its database is worth something to somebody."""
    return inspect(connection).has_table("installation") and bool(
        connection.execute(text("SELECT count(*) FROM installation")).scalar()
    )


def ended_in(connection: Connection) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The leads whose persons were erased, and the keys that were revoked; none where no table."""
    found = inspect(connection)
    return tuple(  # pyright: ignore[reportReturnType] - two of them
        tuple(connection.execute(text(statement)).scalars()) if found.has_table(name) else ()
        for name, statement in ENDED.items()
    )


def clear(connection: Connection) -> None:
    """Drop our tables with all that is in them; those of others stay."""
    names = [name for name, _ in inspect(connection).get_sorted_table_and_fkc_names() if name]
    quote = connection.dialect.identifier_preparer.quote
    for name in reversed(names):
        if name in OURS:
            connection.execute(text(f"DROP TABLE {quote(name)}"))


def shut_others_out(connection: Connection) -> None:
    """Of an SQLite file, before a transaction: nobody else has it open, and none may read it.

    The file leaves write-ahead logging, which it can only while nobody else has it open; whoever
    opens it next brings it back. References are not checked until `broken_references` is asked.

    Raises:
        InUse: somebody has it open.
    """
    driver = cast("sqlite3.Connection", connection.connection.driver_connection)
    driver.execute(f"PRAGMA busy_timeout={WAIT_MS}").close()
    try:
        driver.execute("PRAGMA journal_mode=DELETE").close()
    except sqlite3.OperationalError:
        raise InUse from None
    for pragma in ("locking_mode=EXCLUSIVE", "foreign_keys=OFF", "synchronous=FULL"):
        driver.execute(f"PRAGMA {pragma}").close()


def check_nobody_else(connection: Connection) -> None:
    """Of a PostgreSQL database, once no server can start any more.

    Raises:
        InUse: somebody is connected to it.
    """
    if connection.execute(OTHERS).scalar():
        raise InUse


def broken_references(connection: Connection) -> list[str]:
    """Tables with rows that refer to none; PostgreSQL never lets them in."""
    if connection.dialect.name != "sqlite":
        return []
    found = connection.execute(text('SELECT DISTINCT "table" FROM pragma_foreign_key_check'))
    return sorted(found.scalars())


def take_stock(engine: Engine) -> None:
    """Have PostgreSQL's planner know how many rows there are; SQLite has no need of it."""
    if engine.dialect.name == "postgresql":
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("ANALYZE"))


def apart_from_log(connection: Connection, most: int) -> list[str]:
    """Records whose version is not that of their last event, as `gap_…`; some of them."""
    return [
        record
        for name in VERSIONED
        for record in connection.execute(text(APART.format(name=name)), {"most": most}).scalars()
    ]
