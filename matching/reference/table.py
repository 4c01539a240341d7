"""A CSV table read strictly: typed cells, and errors that name file, row, column and value."""

import csv
import io
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from importlib.resources.abc import Traversable
from typing import TypeVar

from matching.vocabulary import Provenance

Word = TypeVar("Word", bound=StrEnum)
Choice = TypeVar("Choice", bound=str)

_BOOLEAN = {"true": True, "false": False}


class Row:
    """One row; each method gives a cell as its type or raises the ValueError of `fault`."""

    __slots__ = ("_cells", "_columns", "_file", "number")

    def __init__(
        self, file: str, number: int, columns: Mapping[str, int], cells: list[str]
    ) -> None:
        self._file = file
        self._columns = columns
        self._cells = cells
        self.number = number

    def fault(self, column: str, why: str) -> ValueError:
        """The error to raise about a cell; rows count as a spreadsheet does, the header is 1."""
        value = self.cell(column)
        return ValueError(f"{self._file} row {self.number} column {column} value {value!r}: {why}")

    def cell(self, column: str) -> str:
        """The cell as written, "" when empty."""
        return self._cells[self._columns[column]]

    def text(self, column: str) -> str:
        """The cell, which must not be empty."""
        value = self.cell(column)
        if not value:
            raise self.fault(column, "is empty")
        return value

    def optional(self, column: str) -> str | None:
        """The cell, None when empty."""
        return self.cell(column) or None

    def listed(self, column: str) -> tuple[str, ...]:
        """The parts of a list separated by ";", in order; an empty cell is an empty list."""
        value = self.cell(column)
        if not value:
            return ()
        parts = tuple(value.split(";"))
        if not all(part and part == part.strip() for part in parts):
            raise self.fault(column, "has an empty part or spaces around one")
        if len(set(parts)) < len(parts):
            raise self.fault(column, "repeats a part")
        return parts

    def filled(self, column: str) -> tuple[str, ...]:
        """The parts of a list that must have at least one."""
        self.text(column)
        return self.listed(column)

    def integer(self, column: str) -> int:
        """The cell as a whole number of ASCII digits."""
        value = self.text(column)
        if not (value.isascii() and value.isdigit()):
            raise self.fault(column, "is not a whole number")
        return int(value)

    def optional_integer(self, column: str) -> int | None:
        """The cell as a whole number, None when empty."""
        return self.integer(column) if self.cell(column) else None

    def boolean(self, column: str) -> bool:
        """The cell, which must be true or false."""
        try:
            return _BOOLEAN[self.cell(column)]
        except KeyError:
            raise self.fault(column, "is neither true nor false") from None

    def word(self, column: str, words: type[Word]) -> Word:
        """The cell as a member of the enum."""
        try:
            return words(self.cell(column))
        except ValueError:
            raise self.fault(column, f"is not one of {', '.join(words)}") from None

    def optional_word(self, column: str, words: type[Word]) -> Word | None:
        """The cell as a member of the enum, None when empty."""
        return self.word(column, words) if self.cell(column) else None

    def choice(self, column: str, choices: tuple[Choice, ...]) -> Choice:
        """The cell as one of the literals."""
        value = self.cell(column)
        for choice in choices:
            if value == choice:
                return choice
        raise self.fault(column, f"is not one of {', '.join(choices)}")

    def known(self, column: str, keys: Collection[str]) -> str:
        """The cell, which must be a key of the table it refers to."""
        value = self.text(column)
        if value not in keys:
            raise self.fault(column, "refers to nothing known")
        return value

    def all_known(self, column: str, keys: Collection[str]) -> tuple[str, ...]:
        """The parts of a list, each of which must be a key of the table it refers to."""
        parts = self.listed(column)
        for part in parts:
            if part not in keys:
                raise self.fault(column, f"{part!r} refers to nothing known")
        return parts

    def provenance(self) -> Provenance:
        """The row's provenance, which every table has."""
        return self.word("provenance", Provenance)


def read_table(folder: Traversable, name: str, columns: tuple[str, ...]) -> list[Row]:
    """The rows of `<name>.csv`, whose header must be exactly `columns`.

    Raises:
        ValueError: not UTF-8, not CSV, another header, a ragged row, or spaces around a cell.
    """
    file = f"{name}.csv"
    return parse_table(file, (folder / file).read_bytes(), columns)


def parse_table(
    file: str, data: bytes, columns: tuple[str, ...], extra: Collection[str] = ()
) -> list[Row]:
    """The rows of a file's bytes; behind `columns` the header may have some of `extra`.

    Raises:
        ValueError: as for `read_table`.
    """
    header, *lines = _lines(file, data) or [[]]
    more = header[len(columns) :]
    if tuple(header[: len(columns)]) != columns or not set(more) <= set(extra):
        raise ValueError(f"{file} row 1: columns are {header}, not {list(columns)}")
    places = {column: place for place, column in enumerate(header)}
    return [_row(file, number, places, cells) for number, cells in enumerate(lines, 2)]


def _lines(file: str, data: bytes) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"{file} is not CSV in UTF-8: {error}") from None


def _row(file: str, number: int, places: Mapping[str, int], cells: list[str]) -> Row:
    if len(cells) != len(places):
        raise ValueError(f"{file} row {number}: {len(cells)} cells for {len(places)} columns")
    row = Row(file, number, places, cells)
    for column, cell in zip(places, cells, strict=True):
        if cell != cell.strip() or "\n" in cell:
            raise row.fault(column, "has spaces around it or a line break")
    return row


def require_unique(rows: Iterable[Row], *columns: str) -> None:
    """Raise ValueError at the first row that repeats the key of an earlier one."""
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(row.cell(column) for column in columns)
        if key in seen:
            raise row.fault(columns[-1], f"repeats row {seen[key]}")
        seen[key] = row.number
