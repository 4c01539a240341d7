"""Rows of an edition: from the cells of a sheet, by the columns of the kind, to what is laid."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, Final, TypeVar

from pydantic import JsonValue, ValidationError

from matching.reference.checking import SEPARATOR, Fault
from matching.reference.crowding import LandscapeEdition, LandscapeRow
from matching.reference.edition import (
    Edition,
    EncouragedEdition,
    ItemRow,
    KeywordRow,
    KeywordsEdition,
    LinkRow,
    LinksEdition,
)
from matching.reference.records import TableNote
from matching.vocabulary import EditionKind
from models.edition import EditionRow, StoredEdition

Row = TypeVar("Row", LinkRow, KeywordRow, ItemRow, LandscapeRow)

NEEDED: Final[Mapping[EditionKind, tuple[str, ...]]] = {
    EditionKind.LINKS: (
        "name_zh",
        "name_en",
        "segment",
        "keywords_zh",
        "keywords_en",
        "tech_barrier",
        "is_core",
    ),
    EditionKind.KEYWORDS: ("keywords_zh", "keywords_en"),
    EditionKind.ENCOURAGED: ("item_nos",),
    EditionKind.LANDSCAPE: (
        "region_group",
        "zones_known",
        "zones_engaged",
        "zones_seeking",
        "zones_holding",
    ),
}
"""Columns that every row of a kind has, beside its link."""

OPTIONAL: Final[Mapping[EditionKind, tuple[str, ...]]] = {
    EditionKind.LINKS: ("gb4754_codes", "confusable_with", "customers", "provenance"),
    EditionKind.KEYWORDS: (),
    EditionKind.ENCOURAGED: ("province_code",),
    EditionKind.LANDSCAPE: (),
}
LISTS: Final = frozenset(
    {"keywords_zh", "keywords_en", "gb4754_codes", "confusable_with", "customers", "item_nos"}
)
NUMBERS: Final = frozenset(
    {"tech_barrier", "zones_known", "zones_engaged", "zones_seeking", "zones_holding"}
)
BOOLEANS: Final[Mapping[str, bool]] = {"true": True, "false": False}


def columns_of(kind: EditionKind) -> tuple[str, ...]:
    """The columns of a sheet of that kind, in order."""
    return ("link_id", *NEEDED[kind], *OPTIONAL[kind])


def rows_of_cells(sheet: Iterable[Mapping[str, str]]) -> tuple[list[EditionRow], list[Fault]]:
    """The rows of a sheet whose cells are text, and every fault of those that are none.

    Parts of a list are separated by ";", `is_core` is true or false, an empty cell says nothing.
    Where there is a fault the rows are not to be used: a row that is none is not among them.

    Args:
        sheet: one mapping a row, column → cell.
    """
    rows: list[EditionRow] = []
    faults: list[Fault] = []
    for place, cells in enumerate(sheet):
        try:
            rows.append(EditionRow.model_validate(_read(cells)))
        except ValidationError as error:
            faults += [
                Fault(place, str(one["loc"][0]), one["msg"].removeprefix("Value error, "))
                for one in error.errors(include_url=False, include_input=False)
            ]
    return rows, faults


def column_faults(kind: EditionKind, rows: Sequence[EditionRow]) -> Iterator[Fault]:
    """Columns that a row of the kind needs and has not, or has and may not have."""
    known = columns_of(kind)
    for place, row in enumerate(rows):
        said = row.model_dump(exclude_none=True)
        for column in NEEDED[kind]:
            if column not in said:
                yield Fault(place, column, f"is needed in a row of {kind}")
        for column in said:
            if column not in known:
                yield Fault(place, column, f"is no column of {kind}")


def edition_of(stored: StoredEdition) -> Edition:
    """What a stored edition says, ready to be laid over a reference."""
    note = TableNote(stored.edition, stored.source, stored.quality)
    rows = [EditionRow.model_validate(row) for row in stored.rows]
    match stored.kind:
        case EditionKind.LINKS:
            return LinksEdition(stored.chain_id or "", note, _typed(LinkRow, rows))
        case EditionKind.KEYWORDS:
            return KeywordsEdition(note, _typed(KeywordRow, rows))
        case EditionKind.LANDSCAPE:
            return LandscapeEdition(note, _typed(LandscapeRow, rows))
        case _:
            return EncouragedEdition(note, _typed(ItemRow, rows))


def _typed(kind: type[Row], rows: Iterable[EditionRow]) -> tuple[Row, ...]:
    names = [field.name for field in fields(kind)]
    return tuple(kind(**_said(row, names)) for row in rows)


def _said(row: EditionRow, names: Iterable[str]) -> dict[str, Any]:
    """The fields of a row that say something; what says nothing is left to its default."""
    values = {name: getattr(row, name) for name in names}
    return {
        name: tuple(value) if isinstance(value, list) else value  # pyright: ignore[reportUnknownArgumentType] - a list of text
        for name, value in values.items()
        if value is not None
    }


def _read(cells: Mapping[str, str]) -> dict[str, JsonValue]:
    return {column: _cell(column, cell) for column, cell in cells.items() if cell.strip()}


def _cell(column: str, cell: str) -> JsonValue:
    text = cell.strip()
    if column in LISTS:
        return [part.strip() for part in text.split(SEPARATOR)]
    if column == "is_core":
        return BOOLEANS.get(text.lower(), text)
    is_number = column in NUMBERS and text.isascii() and text.isdigit()
    return int(text[:9]) if is_number else text
