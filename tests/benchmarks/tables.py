"""Columns as a table of PostgreSQL, and what it answers."""

from collections.abc import Callable, Mapping
from typing import Any, LiteralString, cast

import numpy as np
from psycopg import Connection

from tests.benchmarks.made import Array

TYPES = {"f": "float8", "i": "int4", "b": "boolean"}
"""By the kind of a numpy array."""

Server = Connection[tuple[object, ...]]


def load(server: Server, name: str, columns: Mapping[str, Array], index: str) -> None:
    """Make a table of the columns with their positions; NaN becomes NULL. Ready to be read."""
    size = len(next(iter(columns.values())))
    held = {"position": np.arange(size), **columns}
    fields = ", ".join(f"{field} {TYPES[array.dtype.kind]}" for field, array in held.items())
    run(server, f"CREATE TABLE {name} ({fields})")
    with server.cursor().copy(cast("LiteralString", f"COPY {name} FROM STDIN")) as copy:
        for row in zip(*(_values(array) for array in held.values()), strict=True):
            copy.write_row(row)
    run(server, f"ALTER TABLE {name} ADD PRIMARY KEY (position)")
    run(server, f"CREATE INDEX ON {name} ({index})")
    run(server, f"VACUUM ANALYZE {name}")


def _values(array: Array) -> list[Any]:
    found = array.tolist()
    return [None if value != value else value for value in found]  # noqa: PLR0124 - NaN


def run(server: Server, statement: str) -> None:
    """Run one statement."""
    server.execute(cast("LiteralString", statement))


def asked(server: Server, query: str) -> Callable[[], list[tuple[int, int]]]:
    """The question as something that can be called: the first two columns of its answer."""

    def ask() -> list[tuple[int, int]]:
        rows = server.execute(cast("LiteralString", query)).fetchall()
        return [(int(cast("int", row[0])), int(cast("int", row[1]))) for row in rows]

    return ask
