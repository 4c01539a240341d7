"""JSON Lines: on every line an object, which is the body of a call."""

import json
from collections.abc import Iterator
from typing import IO, NoReturn, cast

from pydantic import JsonValue

from models.import_task import FileFormat
from service.imports.reading.limits import Row, Source
from service.imports.reading.text import lines_of


def read(file: IO[bytes], encoding: str) -> Source:
    """A file of JSON objects; a line that is none comes as its text, to be refused as a row.

    Raises:
        NotValid: while rows are read: a line is too long.
    """
    return Source(FileFormat.JSONL, [], _rows(lines_of(file, encoding)))


def _rows(lines: Iterator[str]) -> Iterator[Row]:
    for line, text in enumerate(lines, 1):
        if text.strip():
            yield line, _object(text)


def _object(text: str) -> dict[str, JsonValue] | str:
    try:
        found = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return text.strip()
    return cast("dict[str, JsonValue]", found) if isinstance(found, dict) else text.strip()


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
