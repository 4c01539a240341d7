"""Cells of a sheet and the values of a body: how each form is read, and how it is written.

What cannot be read stays as it is: the shape of the body refuses it, and says why.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, cast

from pydantic import JsonValue

from service.imports.columns import words

Cell = str | int | float | bool | None
"""What a file holds; a day is text."""

SEPARATOR: Final = re.compile(r"[;；\n]")
BETWEEN_WORDS: Final = re.compile(r"[;；\n、,，]")
FORMULA: Final = re.compile(r"[=+\-@\t\r＝＋－＠']")
"""What a spreadsheet may work out, and the apostrophe that says not to."""

WHOLE: Final = re.compile(r"[+-]?\d{1,15}")
THOUSANDS: Final = re.compile(r"[+-]?\d{1,3}(,\d{3}){1,4}")
NUMBER: Final = re.compile(r"[+-]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})([eE][+-]?\d{1,2})?")
DAY: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
FLAGS: Final[Mapping[str, bool]] = {
    "true": True, "yes": True, "y": True, "1": True, "是": True,
    "false": False, "no": False, "n": False, "0": False, "否": False,
}  # fmt: skip
PAIRS: Final[Mapping[str, tuple[str, str]]] = {
    "industry_codes": ("scheme", "code"),
    "names": ("lang", "name"),
}
"""What stands before and after the colon of a pair."""


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing."""
    return cell is None or cell == "" or (isinstance(cell, str) and cell.isspace())


def read(form: str, field: str, cell: Cell) -> JsonValue:
    """The value that a cell stands for; None where it is blank.

    >>> read("whole", "jobs", "1,200"), read("flag", "circular", "是")
    (1200, True)
    >>> read("pairs", "industry_codes", "gb4754:3985；isic4:2029")
    [{'scheme': 'gb4754', 'code': '3985'}, {'scheme': 'isic4', 'code': '2029'}]
    """
    return None if is_blank(cell) else reader_of(form, field)(cell)


def reader_of(form: str, field: str) -> Callable[[Cell], JsonValue]:
    """What reads the cells of a column that are not blank."""
    if form == "pairs":
        names = PAIRS[field]
        return lambda cell: [_pair(names, item) for item in _several(cell)]
    return READERS[form]


def _text(cell: Cell) -> JsonValue:
    if isinstance(cell, str):
        return cell[1:] if cell.startswith("'") and FORMULA.match(cell, 1) else cell
    return cell if cell is None or isinstance(cell, bool) else str(cell)


def _whole(cell: Cell) -> JsonValue:
    text = cell.strip() if isinstance(cell, str) else ""
    if WHOLE.fullmatch(text):
        return int(text)
    return int(text.replace(",", "")) if THOUSANDS.fullmatch(text) else cell


def _number(cell: Cell) -> JsonValue:
    text = cell.strip() if isinstance(cell, str) else ""
    if THOUSANDS.fullmatch(text.partition(".")[0]):
        text = text.replace(",", "")
    return float(text) if NUMBER.fullmatch(text) else cell


def _flag(cell: Cell) -> JsonValue:
    return FLAGS.get(str(cell).strip().lower(), cell)


def _day(cell: Cell) -> JsonValue:
    found = DAY.fullmatch(cell.strip()) if isinstance(cell, str) else None
    if found is None:
        return cell
    year, month, day = found.groups()
    return f"{year}-{month:0>2}-{day:0>2}"


def _choice(cell: Cell) -> JsonValue:
    text = cell.strip() if isinstance(cell, str) else cell
    return words().get(text, text) if isinstance(text, str) else text


def _several(cell: Cell, between: re.Pattern[str] = SEPARATOR) -> list[JsonValue]:
    """The items between semicolons or on lines of their own, or those of a JSON list."""
    text = str(_text(cell))
    if text.lstrip().startswith("["):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, list):
            return cast("list[JsonValue]", found)
    return [item.strip() for item in between.split(text) if item.strip()]


def _pair(names: tuple[str, str], item: JsonValue) -> JsonValue:
    if not isinstance(item, str):
        return item
    before, colon, after = item.replace("：", ":", 1).partition(":")
    return {names[0]: before.strip(), names[1]: after.strip()} if colon else item


READERS: Final[Mapping[str, Callable[[Cell], JsonValue]]] = {
    "text": _text,
    "whole": _whole,
    "number": _number,
    "flag": _flag,
    "day": _day,
    "choice": _choice,
    "texts": _several,
    "choices": lambda cell: [_choice(str(item)) for item in _several(cell, BETWEEN_WORDS)],
}


def write(value: JsonValue) -> Cell:
    """A value as a cell that reads back as the same and that no program takes for a formula.

    >>> write(["光刻胶", "显影液"]), write("=1+1"), write(-2.5), write(["a;b"])
    ('光刻胶;显影液', "'=1+1", -2.5, '["a;b"]')
    """
    if isinstance(value, list):
        return safe(_joined(value)) if value else None
    if isinstance(value, dict):
        return safe(json.dumps(value, ensure_ascii=False))
    return safe(value) if isinstance(value, str) else value


def safe(text: str) -> str:
    """Text that a spreadsheet shows instead of working it out."""
    return f"'{text}" if FORMULA.match(text) else text


def _joined(items: Sequence[JsonValue]) -> str:
    parts = [_part(item) for item in items]
    is_plain = all(
        part.strip() == part and part and not SEPARATOR.search(part) for part in parts
    ) and not parts[0].startswith("[")
    return ";".join(parts) if is_plain else json.dumps(list(items), ensure_ascii=False)


def _part(item: JsonValue) -> str:
    if not isinstance(item, dict):
        return str(item)
    return ":".join(map(str, item.values()))
