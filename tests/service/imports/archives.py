"""Workbooks made by hand, so that each can be wrong in one way."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

from tests.service.imports.sending import gap_rows, xlsx_of

SHEET = "xl/worksheets/sheet1.xml"
GOOD = xlsx_of(gap_rows(2))


def entries_of(content: bytes = GOOD) -> dict[str, bytes]:
    """The entries of a workbook by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def archive_of(entries: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these entries."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def workbook(**changed: Any) -> bytes:
    """The good workbook with some entries, named by a word of theirs, changed or added."""
    entries = entries_of()
    for name, content in changed.items():
        entries[NAMES.get(name, name)] = content
    return archive_of(entries)


NAMES = {"sheet": SHEET, "strings": "xl/sharedStrings.xml", "types": "[Content_Types].xml"}


def sheet_with(text: bytes) -> bytes:
    """The good workbook with something more before the end of its sheet's data."""
    return workbook(sheet=entries_of()[SHEET].replace(b"</sheetData>", text + b"</sheetData>"))


def declaring(declaration: bytes) -> bytes:
    """The good workbook, its sheet with a declaration after the first line."""
    head, _, rest = entries_of()[SHEET].partition(b"?>")
    return workbook(sheet=head + b"?>" + declaration + rest)


def lying(claimed: int, real: bytes) -> bytes:
    """A workbook with an entry that says it is smaller than it is, checksum and all."""
    content = workbook(sheet=real)
    at = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02"))
    while content[at + 46 : at + 46 + len(SHEET)] != SHEET.encode():
        at = content.index(b"PK\x01\x02", at + 4)
    forged = bytearray(content)
    struct.pack_into("<L", forged, at + 16, zlib.crc32(real[:claimed]))
    struct.pack_into("<L", forged, at + 24, claimed)
    return bytes(forged)


def flagged(bit: int) -> bytes:
    """The good workbook, a flag set in the first entry of its directory."""
    forged = bytearray(GOOD)
    at = GOOD.index(b"PK\x01\x02")
    struct.pack_into("<H", forged, at + 8, bit)
    return bytes(forged)


def overlapping() -> bytes:
    """The good workbook whose directory gives every entry the whole file as its content."""
    forged = bytearray(GOOD)
    at = GOOD.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<L", forged, at + 20, len(GOOD) // 2)
        at = GOOD.find(b"PK\x01\x02", at + 4)
    return bytes(forged)
