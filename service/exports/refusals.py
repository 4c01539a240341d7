"""Files that help with imports: templates to fill in, and the rows that were refused."""

import json
from collections.abc import Iterator
from itertools import chain
from typing import Final, Literal

from pydantic import JsonValue
from sqlalchemy import Engine
from sqlmodel import Session

from models.import_task import ImportTask, RecordKind, SheetFormat
from models.job import JobPortion, RowRefusal
from service import database
from service.exports.sheets import Cells
from service.exports.writing import SHEETS
from service.import_errors import TemplateNotFound
from service.imports.cells import Cell, safe
from service.imports.columns import LINE, REASONS, columns_of
from service.imports.packing import unpack
from service.repositories import jobs

AT_A_TIME: Final = 20
"""Portions in memory."""

Language = Literal["zh", "en"]


def template(kind: str, form: SheetFormat, lang: Language) -> bytes:
    """A sheet with the headers of a kind, and a row that shows how they are filled.

    Raises:
        TemplateNotFound: there is no such kind.
    """
    if kind not in set(RecordKind):
        raise TemplateNotFound
    found = columns_of(RecordKind(kind))
    headers = [column.zh if lang == "zh" else column.field for column in found]
    examples: list[Cell] = [safe(column.example) if column.example else None for column in found]
    return b"".join(SHEETS[form]([headers, examples]))


def refused_rows(
    engine: Engine, job_id: str, task: ImportTask, form: SheetFormat
) -> Iterator[bytes]:
    """The rows of a job that were refused, as they came, each with its line and the reasons.

    Both columns are passed over when the corrected file is sent again.
    """
    headers = [*(map(safe, task.headers) if task.headers else ["JSON"]), LINE, REASONS]
    with database.snapshot(engine) as session:
        yield from SHEETS[form](chain([headers], _rows(session, job_id, len(headers) - 2)))


def _rows(session: Session, job_id: str, width: int) -> Iterator[Cells]:
    line = 0
    while portions := jobs.portions_refused(session, job_id, line, AT_A_TIME):
        for portion in portions:
            yield from _of_portion(portion, width)
        line = portions[-1].last_line
        session.expunge_all()


def _of_portion(portion: JobPortion, width: int) -> Iterator[Cells]:
    rows = dict(unpack(portion))
    for refusal in portion.refusals:
        cells = _cells(rows[refusal.line])[:width]
        blanks: list[Cell] = [None] * (width - len(cells))
        yield [*cells, *blanks, refusal.line, safe(_reasons(refusal))]


def _cells(content: list[Cell] | dict[str, JsonValue] | str) -> list[Cell]:
    if isinstance(content, list):
        return [safe(cell) if isinstance(cell, str) else cell for cell in content]
    return [safe(content if isinstance(content, str) else json.dumps(content, ensure_ascii=True))]


def _reasons(refusal: RowRefusal) -> str:
    return "; ".join(
        f"{fault.column or fault.field}: {fault.msg}" if fault.field else fault.msg
        for fault in refusal.faults
    )
