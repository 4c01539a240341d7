"""Many new rows of one table at once: COPY on PostgreSQL, one prepared statement on SQLite."""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any, cast

import pydantic_core
from sqlalchemy import Column, Enum, Table
from sqlmodel import Session, SQLModel, insert

from models.columns import JsonOf

if TYPE_CHECKING:
    import psycopg  # an extra: where there is no PostgreSQL it need not be installed

Values = Mapping[str, Any]
"""Every column of a row, as Python values, those in JSON columns too."""


def insert_all(session: Session, kind: type[SQLModel], rows: Sequence[Values]) -> None:
    """Store new rows in the session's transaction.

    Args:
        session: what is pending in it is written first.
        kind: a table.
        rows: each with every column of the table, defaults too.

    Raises:
        KeyError: a column is missing.
    """
    session.flush()
    if not rows:
        return
    table = cast("Table", kind.__table__)  # type: ignore[attr-defined]
    if session.get_bind().dialect.name == "postgresql":
        _copy(session, table, rows)
    else:
        session.connection().execute(insert(table), [_chosen(table, row) for row in rows])


def _chosen(table: Table, row: Values) -> dict[str, Any]:
    """The columns of a table, those of JSON as plain JSON."""
    return {
        column.key: pydantic_core.to_jsonable_python(row[column.key])
        if isinstance(column.type, JsonOf)
        else row[column.key]
        for column in table.columns
    }


def _copy(session: Session, table: Table, rows: Sequence[Values]) -> None:
    columns = list(table.columns)
    quote = session.get_bind().dialect.identifier_preparer
    names = ", ".join(quote.format_column(column) for column in columns)
    statement = f"COPY {quote.format_table(table)} ({names}) FROM STDIN"
    pick = itemgetter(*(column.key for column in columns))
    writers = [(place, _writer(column)) for place, column in enumerate(columns)]
    special = [(place, write) for place, write in writers if write is not None]
    driver = cast("psycopg.Connection", session.connection().connection.dbapi_connection)
    with driver.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        for row in rows:
            cells = list(pick(row))
            for place, write in special:
                if cells[place] is not None:
                    cells[place] = write(cells[place])
            copy.write_row(cells)


def _writer(column: Column[Any]) -> Callable[[Any], Any] | None:
    """How a value of a column is written, where the driver would not do it as the table does."""
    if isinstance(column.type, JsonOf):
        return _json
    return str if isinstance(column.type, Enum) else None


def _json(value: Any) -> str:
    return pydantic_core.to_json(value).decode()
