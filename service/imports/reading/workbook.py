"""XLSX: the first sheet of a workbook that has been looked through; formulas as their values."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import IO, Final

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from models.import_task import FileFormat
from service.imports.cells import Cell, is_blank
from service.imports.reading import archive
from service.imports.reading.limits import (
    MOST_CELLS,
    Row,
    Source,
    check_headers,
    check_row,
    refused,
)

Value = int | float | str | bool | time | date | datetime | timedelta
WHOLE_FLOATS: Final = 2.0**53


def read(file: IO[bytes]) -> Source:
    """The first visible sheet; a formula is the value that was saved with it.

    Raises:
        NotValid: at once, or while rows are read: it is not in that form.
    """
    archive.check(file)
    file.seek(0)
    try:
        workbook = CalamineWorkbook.from_filelike(file)
        sheet = workbook.get_sheet_by_name(_first_sheet(workbook))
        if sheet.total_height * sheet.total_width > MOST_CELLS:
            raise refused(f"has more than {MOST_CELLS} cells")
        start = sheet.start
        rows = sheet.iter_rows()
    except CalamineError:
        raise refused("is no XLSX workbook that can be read") from None
    nothing: list[Value] = []
    head = nothing if start is None else next(rows, nothing)
    headers = check_headers([_cell(value) for value in head])
    first = 1 if start is None else start[0] + 1
    return Source(FileFormat.XLSX, headers, _rows(rows, first + 1))


def _first_sheet(workbook: CalamineWorkbook) -> str:
    for sheet in workbook.sheets_metadata:
        is_shown = sheet.visible == SheetVisibleEnum.Visible
        if is_shown and sheet.typ == SheetTypeEnum.WorkSheet:
            return sheet.name
    raise refused("has no sheet that is shown")


def _rows(rows: Iterator[Sequence[Value]], first: int) -> Iterator[Row]:
    for line, values in enumerate(rows, first):
        cells = [_cell(value) for value in values]
        check_row(line, cells)
        if not all(map(is_blank, cells)):
            yield line, cells


def _cell(value: Value) -> Cell:
    if isinstance(value, str):
        return value or None
    if isinstance(value, datetime):
        at_midnight = value.time() == time()
        return value.date().isoformat() if at_midnight else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < WHOLE_FLOATS:
        return int(value)
    return value
