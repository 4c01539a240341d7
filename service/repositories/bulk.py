"""Many new rows of one table at once: COPY on PostgreSQL, one prepared statement on SQLite."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, cast

import pydantic_core
from sqlalchemy import JSON, Column, Connection, Date, Dialect, Enum, Table
from sqlmodel import Session, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from models.columns import JsonOf

if TYPE_CHECKING:
    import psycopg  # an extra: where there is no PostgreSQL it need not be installed

Values = Mapping[str, Any]
"""Every column of a row, as Python values, those in JSON columns too."""


def insert_all(session: Session, kind: type[SQLModel], rows: Iterable[Values]) -> None:
    """Store new rows in the session's transaction.

    Args:
        session: what is pending in it is written first.
        kind: a table.
        rows: each with every column of the table, defaults too; PostgreSQL stores the first ones
            while the last ones are made.

    Raises:
        KeyError: a column is missing.
    """
    session.flush()
    table = cast("Table", kind.__table__)  # type: ignore[attr-defined]
    pick = itemgetter(*(column.key for column in table.columns))
    insert_rows(session.connection(), table, map(pick, rows))


def insert_rows(connection: Connection, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    """Store new rows, given as the values of the table's columns in their order."""
    dialect = connection.dialect
    cells = _cells(table, dialect, rows)
    if dialect.name == "postgresql":
        _copy(connection, table, cells)
    else:
        statement = str(table.insert().compile(dialect=dialect))
        stored = [tuple(row) for row in cells]
        if stored:
            connection.exec_driver_sql(statement, stored)


def _cells(table: Table, dialect: Dialect, rows: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
    """The values of each row as the driver takes them."""
    writers = [(place, _writer(column, dialect)) for place, column in enumerate(table.columns)]
    special = [(place, write) for place, write in writers if write is not None]
    for row in rows:
        cells = list(row)
        for place, write in special:
            if cells[place] is not None:
                cells[place] = write(cells[place])
        yield cells


def _copy(connection: Connection, table: Table, rows: Iterator[list[Any]]) -> None:
    quote = connection.dialect.identifier_preparer
    names = ", ".join(quote.format_column(column) for column in table.columns)
    statement = f"COPY {quote.format_table(table)} ({names}) FROM STDIN"
    driver = cast("psycopg.Connection", connection.connection.dbapi_connection)
    with driver.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        for cells in rows:
            copy.write_row(cells)


def _writer(column: Column[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """How a value of a column is written, where the driver would not do it as the table does."""
    if isinstance(column.type, JsonOf | JSON):
        return _json
    if isinstance(column.type, Enum):
        return _text
    if dialect.name == "postgresql":
        return _text if isinstance(column.type, Date | UTCDateTime) else None
    return column.type.dialect_impl(dialect).bind_processor(dialect)


_text = lru_cache(maxsize=256)(str)
"""Many rows say the same moment or day, and the driver writes text the fastest."""


def _json(value: Any) -> str:
    return pydantic_core.to_json(value).decode()
