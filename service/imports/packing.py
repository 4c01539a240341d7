"""Rows in portions: how a file waits in the database until a worker has taken it in.

Whatever its form was, a file is read once, when it comes. What is kept are its rows, up to a
thousand in each portion, so that any worker on any machine can go on with any portion.
"""

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, cast

from models.job import JobPortion
from service.imports.reading.limits import Row

PORTION_ROWS: Final = 1000
PORTION_LENGTH: Final = 4_000_000
"""Characters; a portion of long rows holds fewer of them."""

QUICKLY: Final = 1

_write = json.JSONEncoder(separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Packet:
    """Some rows, packed."""

    last_line: int
    rows: int
    content: bytes


def pack(rows: Iterator[Row], most_rows: int | None = None) -> Iterator[Packet]:
    """The rows in packets, in their order, each of at most that many, 1,000 unless told."""
    most = PORTION_ROWS if most_rows is None else most_rows
    lines: list[str] = []
    length, last_line = 0, 0
    for row in rows:
        lines.append(_write(row))
        length, last_line = length + len(lines[-1]), row[0]
        if len(lines) == most or length > PORTION_LENGTH:
            yield _packet(last_line, lines)
            lines, length = [], 0
    if lines:
        yield _packet(last_line, lines)


def _packet(last_line: int, lines: list[str]) -> Packet:
    text = f"[{','.join(lines)}]"
    return Packet(last_line, len(lines), zlib.compress(text.encode(), QUICKLY))


def unpack(portion: JobPortion) -> list[Row]:
    """The rows of a portion."""
    return [cast("Row", tuple(row)) for row in json.loads(zlib.decompress(portion.content))]
