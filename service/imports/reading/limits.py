"""How much a file may hold, and what a reader gives of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import JsonValue

from models.import_task import FileFormat
from service.errors import NotValid, invalid
from service.imports.cells import Cell

MOST_ROWS: Final = 1_000_000
MOST_COLUMNS: Final = 200
MOST_CELL: Final = 10_000
"""Characters; twice the longest text of a record."""

MOST_LINE: Final = 500_000
"""Characters of one line of text."""

MOST_CELLS: Final = 5_000_000
"""Of a sheet, empty ones between filled ones included: each takes some 90 bytes when it is read."""

MOST_UNPACKED: Final = 512 * 1024 * 1024
MOST_RATIO: Final = 200
"""Unpacked to packed; sheets of records reach 30."""

RATIO_COUNTS: Final = 1024 * 1024
"""Of what unpacks to less, the ratio is no matter."""

MOST_ENTRIES: Final = 1000

Row = tuple[int, list[Cell] | dict[str, JsonValue] | str]
"""The line, and the cells of it; of JSON Lines the object, or the text where it is none."""


@dataclass(frozen=True, slots=True)
class Source:
    """An opened file."""

    format: FileFormat
    headers: list[str]
    """Empty for JSON Lines."""
    rows: Iterator[Row]


def refused(msg: str) -> NotValid:
    """A refusal of the file as a whole; the message repeats nothing of it."""
    return invalid(msg, "body", "file")


def check_headers(cells: Sequence[Cell]) -> list[str]:
    """The headers of a sheet, without the empty ones at its right edge.

    Raises:
        NotValid: none, too many, one that is no text, empty or too long, or two that are the same.
    """
    headers = ["" if cell is None else str(cell).strip() for cell in cells]
    while headers and not headers[-1]:
        headers.pop()
    if not headers:
        raise refused("has no headers in its first line")
    if len(headers) > MOST_COLUMNS:
        raise refused(f"has more than {MOST_COLUMNS} columns")
    if not all(0 < len(name) <= MOST_CELL for name in headers):
        raise refused("has a column without a header, or with one that is too long")
    if len(set(headers)) < len(headers):
        raise refused("has two columns with the same header")
    return headers


def check_row(line: int, cells: Sequence[Cell]) -> None:
    """Nothing when a row is of a size that is worth looking at.

    Raises:
        NotValid: a cell is too long, or there are too many.
    """
    if len(cells) > MOST_COLUMNS:
        raise refused(f"line {line} has more than {MOST_COLUMNS} cells")
    if any(isinstance(cell, str) and len(cell) > MOST_CELL for cell in cells):
        raise refused(f"line {line} has a cell of more than {MOST_CELL} characters")


def counted(rows: Iterator[Row], most_rows: int | None = None) -> Iterator[Row]:
    """The rows, as long as there are not too many; one at least.

    Raises:
        NotValid: none, or too many.
    """
    most = MOST_ROWS if most_rows is None else most_rows
    number = 0
    for number, row in enumerate(rows, 1):
        if number > most:
            raise refused(f"has more than {most} rows")
        yield row
    if number == 0:
        raise refused("has no row below its headers")
