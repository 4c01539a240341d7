"""Rows of cells as CSV or XLSX, written as they come; nothing in them is taken for a formula."""

import csv
import io
import tempfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

from service.imports.cells import Cell

Cells = Sequence[Cell]
BOM: Final = "\ufeff"
"""Without it Excel takes UTF-8 for something else."""

BLOCK: Final = 64 * 1024
OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def csv_blocks(rows: Iterable[Cells]) -> Iterator[bytes]:
    """The rows as CSV in UTF-8, some at a time."""
    text = io.StringIO()
    text.write(BOM)
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([_plain(cell) for cell in row])
        if text.tell() > BLOCK:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def _plain(cell: Cell) -> Cell:
    """Truth as JSON writes it, so that it reads back."""
    return str(cell).lower() if isinstance(cell, bool) else cell


def xlsx_blocks(rows: Iterable[Cells]) -> Iterator[bytes]:
    """The rows as the one sheet of a workbook; on its way it lies in a temporary file."""
    with tempfile.TemporaryFile() as file:
        write_xlsx(file, rows)
        file.seek(0)
        while block := file.read(BLOCK):
            yield block


def write_xlsx(file: IO[bytes] | str, rows: Iterable[Cells]) -> None:
    """Write rows as the one sheet of a workbook, a row in memory at a time."""
    with _workbook(file) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(place, column, cell)


@contextmanager
def _workbook(file: IO[bytes] | str) -> Generator[Any]:
    # Read by no start of a service, only where a sheet is asked for.
    import xlsxwriter  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs] - it has none

    with tempfile.TemporaryDirectory() as folder:
        made: Any = xlsxwriter.Workbook(file, {**OPTIONS, "tmpdir": str(Path(folder))})
        yield made
        made.close()
