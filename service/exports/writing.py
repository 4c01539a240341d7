"""Exports as streams of bytes, in one view of the database from the first row to the last."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, Final

from sqlalchemy import Engine

from models.import_task import ExportKind, FileFormat, SheetFormat
from service import database
from service.exports.records import Said, columns, records, value_at
from service.exports.sheets import BLOCK, Cells, csv_blocks, xlsx_blocks
from service.imports.cells import write

MEDIA_TYPES: Final[Mapping[str, str]] = {
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.JSONL: "application/jsonl",
}
SHEETS: Final[Mapping[str, Callable[[Iterable[Cells]], Iterator[bytes]]]] = {
    SheetFormat.CSV: csv_blocks,
    SheetFormat.XLSX: xlsx_blocks,
}


def export(engine: Engine, kind: ExportKind, form: FileFormat) -> Iterator[bytes]:
    """All records of a kind; begun only when the first block is asked for."""
    names = columns(kind)
    with database.snapshot(engine) as session:
        found = records(session, kind)
        if form is FileFormat.JSONL:
            yield from _jsonl(names, found)
            return
        rows = ([write(value_at(said, name)) for name in names] for said in found)
        yield from SHEETS[form](chain([names], rows))


def _jsonl(names: list[str], found: Iterable[Said]) -> Iterator[bytes]:
    outer = list(dict.fromkeys(name.partition(".")[0] for name in names))
    lines: list[bytes] = []
    size = 0
    for said in found:
        kept = {name: said[name] for name in outer if _says(said.get(name))}
        lines.append(json.dumps(kept, ensure_ascii=False).encode() + b"\n")
        size += len(lines[-1])
        if size > BLOCK:
            yield b"".join(lines)
            lines, size = [], 0
    yield b"".join(lines)


def _says(value: Any) -> bool:
    return value is not None and value != []
