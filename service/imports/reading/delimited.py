"""CSV: fields between commas, semicolons or tabs, quoted where they hold one."""

import csv
from collections.abc import Callable, Iterator
from itertools import chain
from typing import IO, Final

from models.import_task import FileFormat
from service.imports.cells import is_blank
from service.imports.reading.limits import Row, Source, check_headers, check_row, refused
from service.imports.reading.text import lines_of

DELIMITERS: Final = (",", ";", "\t")

Recognise = Callable[[list[str]], int]
"""How many of these headers are known."""


def read(file: IO[bytes], encoding: str, recognise: Recognise) -> Source:
    """A CSV file; its delimiter is the one by which most headers are known.

    Raises:
        NotValid: at once, or while rows are read: it is not in that form.
    """
    lines = lines_of(file, encoding)
    first = next(lines, "")
    delimiter = max(DELIMITERS, key=lambda one: _score(first, one, recognise))
    records = _records(chain([first], lines), delimiter)
    nothing: tuple[int, list[str]] = (0, [])
    _, head = next(records, nothing)
    headers = check_headers(head)
    return Source(FileFormat.CSV, headers, _rows(records))


def _score(line: str, delimiter: str, recognise: Recognise) -> tuple[int, int]:
    nothing: list[str] = []
    cells = next(csv.reader([line], delimiter=delimiter), nothing)
    return recognise(cells), len(cells)


def _rows(records: Iterator[tuple[int, list[str]]]) -> Iterator[Row]:
    for line, cells in records:
        check_row(line, cells)
        if not all(map(is_blank, cells)):
            yield line, list(cells)


def _records(lines: Iterator[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins at."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise refused(f"line {line}: its quotes do not match, or a cell is too long") from None
