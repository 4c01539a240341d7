"""Which form a file has: by what it holds, and never against its name."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import IO, Final

from models.import_task import FileFormat, RecordKind
from service.imports.columns import by_field, columns_of, fold
from service.imports.reading import delimited, jsonl, workbook
from service.imports.reading.limits import Source, refused
from service.imports.reading.text import check_encoding, encoding_of

LOOKED_AT: Final = 4096
PACKED: Final = b"PK"
OLD_OR_LOCKED: Final = bytes.fromhex("d0cf11e0a1b11ae1")
"""How a workbook begins that Excel wrote before 2007, or with a password since."""

ENDINGS: Final[Mapping[str, FileFormat]] = {
    ".csv": FileFormat.CSV,
    ".tsv": FileFormat.CSV,
    ".txt": FileFormat.CSV,
    ".xlsx": FileFormat.XLSX,
    ".jsonl": FileFormat.JSONL,
    ".ndjson": FileFormat.JSONL,
}


def read(
    file: IO[bytes],
    name: str,
    kind: RecordKind,
    mapped: Sequence[str] = (),
    encoding: str | None = None,
) -> Source:
    """An opened file of records.

    Args:
        file: its bytes, which can be sought in.
        name: the name it came under; only its ending is looked at.
        kind: which records it holds.
        mapped: headers that are known beside those of the kind.
        encoding: of a text file, where the caller names it.

    Raises:
        NotValid: at once, or while its rows are read: it is in none of the forms, or hostile.
    """
    found = _format_of(file)
    claimed = ENDINGS.get(PurePath(name).suffix.lower())
    if claimed is not None and claimed is not found:
        raise refused(f"is called {claimed}, but what it holds is not in that form")
    if found is FileFormat.XLSX:
        return workbook.read(file)
    used = encoding_of(file) if encoding is None else check_encoding(file, encoding)
    if found is FileFormat.JSONL:
        return jsonl.read(file, used)
    known = {name for column in columns_of(kind) for name in column.names}
    known |= set(map(fold, [*mapped, *by_field(kind)]))
    return delimited.read(file, used, lambda cells: sum(fold(cell) in known for cell in cells))


def _format_of(file: IO[bytes]) -> FileFormat:
    file.seek(0)
    start = file.read(LOOKED_AT)
    if not start.strip():
        raise refused("is empty")
    if start.startswith(OLD_OR_LOCKED):
        raise refused("is encrypted or of an old Excel; save it as .xlsx without a password")
    if start.startswith(PACKED):
        return FileFormat.XLSX
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    return FileFormat.JSONL if text.startswith(b"{") else FileFormat.CSV
