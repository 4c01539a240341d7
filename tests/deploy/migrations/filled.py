"""Two made rows in every table of a database of any revision: one with everything, one sparse."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Float,
    Integer,
    LargeBinary,
    String,
    Table,
    inspect,
)
from sqlmodel.sql.sqltypes import UTCDateTime

from service.repositories import whole

ROWS = (1, 2)
VALUES: list[tuple[type, Callable[[int], Any]]] = [
    (UTCDateTime, lambda number: datetime(2030, number, 1, 8, 30, 15, 123456, tzinfo=UTC)),
    (Date, lambda number: date(2030, 12, number)),
    (JSON, lambda number: {"补链": [number, 2.5, None, True, "a\n😀"]}),
    (LargeBinary, lambda number: bytes([0, 255, number])),
    (Boolean, lambda number: number == 1),
    (Float, lambda number: number + 0.1),
    (BigInteger, lambda number: 2**40 + number),
    (Integer, lambda number: number),
]
"""By kind of column, the first that fits."""

Rows = dict[str, list[dict[str, Any]]]


def fill(connection: Connection) -> Rows:
    """Put the rows into every table that is empty; all rows that there are then."""
    found, held = inspect(connection), rows_in(connection)
    for table in _tables(connection):
        if not held[table.name]:
            known = {one["name"]: one for one in found.get_columns(table.name)}
            linked = _linked(found.get_foreign_keys(table.name))
            rows = [
                [_value(column, known[column.name], held, linked, number) for column in table.c]
                for number in ROWS
            ]
            whole.fill(connection, table, rows)
            held[table.name] = [dict(zip(table.c.keys(), row, strict=True)) for row in rows]
    return held


def rows_in(connection: Connection) -> Rows:
    """Every row of every table, by its key, as values by column."""
    return {
        table.name: [
            dict(zip(table.c.keys(), row, strict=True)) for row in whole.rows_of(connection, table)
        ]
        for table in _tables(connection)
    }


def in_common(one: Rows, other: Rows) -> tuple[Rows, Rows]:
    """The same of both: tables and columns that both have."""
    tables = [name for name in one if name in other and one[name] and other[name]]

    def cut(rows: Rows, beside: Rows) -> Rows:
        return {
            name: [{key: row[key] for key in row if key in beside[name][0]} for row in rows[name]]
            for name in tables
        }

    return cut(one, other), cut(other, one)


def _tables(connection: Connection) -> list[Table]:
    return whole.tables_in(connection, but={whole.REVISION})


def _linked(keys: Sequence[Any]) -> dict[str, tuple[str, str]]:
    """Columns that refer to others, with table and column of these."""
    return {
        name: (key["referred_table"], target)
        for key in keys
        for name, target in zip(key["constrained_columns"], key["referred_columns"], strict=True)
    }


def _value(
    column: Column[Any], known: Any, held: Rows, linked: dict[str, tuple[str, str]], number: int
) -> Any:
    if known["nullable"] and number == ROWS[-1]:
        return None
    if column.name in linked:
        name, target = linked[column.name]
        return held[name][min(number, len(held[name])) - 1][target]
    if isinstance(known["type"], String):
        return f"{column.name} {number}"[: known["type"].length or 100]
    return next(make for kind, make in VALUES if isinstance(column.type, kind))(number)
