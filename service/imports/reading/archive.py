"""What an XLSX file claims and holds, looked at before anything is built of it.

An XLSX file is a ZIP archive of XML. Its directory says how large each entry is; the entries are
then unpacked here once, thrown away as they come, and held to what the directory says. So the
reader that follows can never be made to unpack more.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Final

from service.imports.reading.limits import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ENTRIES,
    MOST_RATIO,
    MOST_ROWS,
    MOST_UNPACKED,
    RATIO_COUNTS,
    refused,
)

NEEDED: Final = {"[Content_Types].xml", "xl/workbook.xml"}
NESTED: Final = (".zip", ".xlsx", ".xlsm", ".docx", ".pptx", ".ods", ".gz", ".7z", ".rar")
ENCRYPTED: Final = 0x1
LOCAL_HEADER: Final = 30
BLOCK: Final = 256 * 1024
LONGEST_TAG: Final = 64 * 1024
"""Of a tag that a block ends in, which is looked at again with the next block."""

DECLARATION: Final = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
PLACE: Final = re.compile(
    rb"<(?:\w+:)?(?:c|row)\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*?"
    rb"\br\s*=\s*[\"']\s*([A-Za-z]{0,8})(\d{0,12})(&?)"
)
"""The place of a cell or row, such as r="AB12"; one that is spelt with entities is refused."""


def check(file: IO[bytes]) -> None:
    """Nothing when a file is an archive that may be unpacked.

    Raises:
        NotValid: it is none, is broken, encrypted or nested, claims or holds too much, holds what
            its directory does not say, declares a document type or entities, or is too wide.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, ValueError, OSError, NotImplementedError):
        raise refused("is no complete XLSX file") from None
    _check_claims(entries, file)
    for entry in entries:
        _check_entry(file, entry)


def _check_claims(entries: list[zipfile.ZipInfo], file: IO[bytes]) -> None:
    names = {entry.filename for entry in entries}
    if len(entries) > MOST_ENTRIES or len(names) < len(entries):
        raise refused("is an archive of too many entries, or of two with one name")
    if not names >= NEEDED:
        raise refused("is an archive, but no XLSX workbook")
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise refused("is encrypted; save it without a password")
    if any(name.lower().endswith(NESTED) for name in names):
        raise refused("holds other files")
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise refused(f"would unpack to more than {MOST_UNPACKED // 2**20} MiB")
    if any(_is_suspect(entry) for entry in entries):
        raise refused(f"is packed more than {MOST_RATIO} times, as no sheet of records is")
    if sum(entry.compress_size for entry in entries) > file.seek(0, 2):
        raise refused("has entries that lie over one another")


def _is_suspect(entry: zipfile.ZipInfo) -> bool:
    most = max(RATIO_COUNTS, entry.compress_size * MOST_RATIO)
    return entry.file_size > most


def _check_entry(file: IO[bytes], entry: zipfile.ZipInfo) -> None:
    is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
    size, checksum, tail = 0, 0, b""
    for block in _unpacked(file, entry):
        size += len(block)
        checksum = zlib.crc32(block, checksum)
        if size > entry.file_size:
            raise refused("holds more than its directory says")
        if is_xml:
            text = tail + block
            _check_xml(text)
            tail = _unended(text)
        elif size == len(block) and block.startswith(b"PK\x03\x04"):
            raise refused("holds other files")
    if (size, checksum) != (entry.file_size, entry.CRC):
        raise refused("is no complete XLSX file")


def _unpacked(file: IO[bytes], entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """What an entry really holds, a block at a time, whatever its directory says."""
    file.seek(entry.header_offset)
    header = file.read(LOCAL_HEADER)
    if len(header) < LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
        raise refused("is no complete XLSX file")
    file.seek(sum(struct.unpack("<HH", header[26:30])), 1)
    packed = _blocks(file, entry.compress_size)
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from packed
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        yield from _inflated(packed)
    else:
        raise refused("is packed in a way that is not read here")


def _blocks(file: IO[bytes], size: int) -> Iterator[bytes]:
    while size > 0 and (block := file.read(min(BLOCK, size))):
        size -= len(block)
        yield block


def _inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for block in packed:
            yield engine.decompress(block, BLOCK)
            while engine.unconsumed_tail:
                yield engine.decompress(engine.unconsumed_tail, BLOCK)
        yield engine.flush()
    except zlib.error:
        raise refused("is no complete XLSX file") from None


def _unended(text: bytes) -> bytes:
    """The tag that a text ends in, or the whole one that may be its last."""
    tail = text[max(text.rfind(b"<"), 0) :]
    if len(tail) <= LONGEST_TAG:
        return tail
    if b">" not in tail[:LONGEST_TAG]:
        raise refused("holds XML with a tag that is too long")
    return b""


def _check_xml(text: bytes) -> None:
    if b"\0" in text:
        raise refused("holds XML that is not encoded as UTF-8")
    if DECLARATION.search(text):
        raise refused("declares a document type or entities, as no spreadsheet does")
    places: list[tuple[bytes, bytes, bytes]] = PLACE.findall(text)
    if any(entity for _, _, entity in places):
        raise refused("spells the places of its cells with entities")
    rows = max((int(one or 0) for one in {digits for _, digits, _ in places}), default=0)
    columns = max(map(_column_number, {letters for letters, _, _ in places}), default=0)
    if rows > MOST_ROWS + 1 or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise refused(
            f"has more than {MOST_ROWS} rows, {MOST_COLUMNS} columns or {MOST_CELLS} cells"
        )


def _column_number(letters: bytes) -> int:
    """A is 1, Z is 26, AA is 27; no more than seven letters are counted."""
    number = 0
    for letter in letters.upper()[:7]:
        number = number * 26 + letter - 64
    return number
