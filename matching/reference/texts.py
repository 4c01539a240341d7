"""The wording of the catalogues, read from a folder when the service starts and never carried.

Three files, each optional by itself: `encouraged_national.csv` (鼓励外商投资产业目录, national
items), `encouraged_regional.csv` (its regional items) and `industry_guidance_2024.csv`
(产业结构调整指导目录). Everything works without them; with them an answer can quote an item.
"""

import codecs
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from matching.reference.table import Row, parse_table, require_unique

GUIDANCE_EDITION = "2024"
"""The edition of the guidance catalogue, which stands in the name of its file."""

_NATIONAL = "encouraged_national.csv"
_REGIONAL = "encouraged_regional.csv"
_GUIDANCE = f"industry_guidance_{GUIDANCE_EDITION}.csv"
_NATIONAL_COLUMNS = (
    "edition", "item_no", "section_zh", "gb4754_section", "gb4754_division", "item_zh",
)  # fmt: skip
_REGIONAL_COLUMNS = ("edition", "province_code", "item_no", "item_zh", "repaired")
_GUIDANCE_COLUMNS = ("category", "section_zh", "item_no", "item_zh", "suspect")
_EXTRA = ("provenance", "source_note")


class GuidanceCategory(StrEnum):
    """鼓励类、限制类、淘汰类 of the guidance catalogue."""

    ENCOURAGED = "encouraged"
    RESTRICTED = "restricted"
    ELIMINATED = "eliminated"


@dataclass(frozen=True, slots=True)
class GuidanceItem:
    """An item of the guidance catalogue; numbers begin anew in each section, so quote both.

    `is_suspect`: the copy is damaged here, the text is to be compared with the official one.
    """

    category: GuidanceCategory
    item_no: str
    section_zh: str
    text: str
    is_suspect: bool


@dataclass(frozen=True, slots=True)
class Texts:
    """The catalogues of a folder; a catalogue that is not there is empty.

    `edition`: of the encouraged catalogue, None without one. `digest`: "sha256:…" over the bytes
    of the files read. `national`: item number → text. `regional`: (province code, item number) →
    text. `divisions`: GB/T 4754 divisions that national items name.
    """

    edition: str | None
    digest: str
    national: Mapping[str, str]
    regional: Mapping[tuple[str, str], str]
    divisions: frozenset[str]
    guidance: tuple[GuidanceItem, ...]
    guidance_edition: str = GUIDANCE_EDITION


def load_texts(folder: Path) -> Texts | None:
    """The texts of the folder, None where it has none of the files.

    A file may begin with a byte order mark and may have the columns provenance and source_note.

    Raises:
        ValueError: no folder; or a broken file: the message names file, row, column and value.
    """
    if not folder.is_dir():
        raise ValueError(f"{folder} is not a folder")
    data = {
        name: (folder / name).read_bytes()
        for name in (_NATIONAL, _REGIONAL, _GUIDANCE)
        if (folder / name).is_file()
    }
    return _read(data) if data else None


def _read(data: Mapping[str, bytes]) -> Texts:
    national = _rows(data, _NATIONAL, _NATIONAL_COLUMNS)
    regional = _rows(data, _REGIONAL, _REGIONAL_COLUMNS)
    guidance = _rows(data, _GUIDANCE, _GUIDANCE_COLUMNS)
    require_unique(national, "item_no")
    require_unique(regional, "province_code", "item_no")
    return Texts(
        edition=_edition([*national, *regional]),
        digest=_digest(data),
        national={_number(row): row.text("item_zh") for row in national},
        regional={_regional_key(row): row.text("item_zh") for row in regional},
        divisions=frozenset(
            _two_digits(row, "gb4754_division") for row in national if row.cell("gb4754_division")
        ),
        guidance=tuple(map(_guidance_item, guidance)),
    )


def _rows(data: Mapping[str, bytes], name: str, columns: tuple[str, ...]) -> list[Row]:
    if name not in data:
        return []
    return parse_table(name, data[name].removeprefix(codecs.BOM_UTF8), columns, _EXTRA)


def _edition(rows: list[Row]) -> str | None:
    for row in rows:
        if row.text("edition") != rows[0].cell("edition"):
            raise row.fault("edition", f"is not the {rows[0].cell('edition')} of the rows before")
    return rows[0].text("edition") if rows else None


def _regional_key(row: Row) -> tuple[str, str]:
    row.boolean("repaired")
    return _two_digits(row, "province_code"), _number(row)


def _guidance_item(row: Row) -> GuidanceItem:
    return GuidanceItem(
        category=row.word("category", GuidanceCategory),
        item_no=_number(row),
        section_zh=row.text("section_zh"),
        text=row.text("item_zh"),
        is_suspect=row.boolean("suspect"),
    )


def _number(row: Row) -> str:
    row.integer("item_no")
    return row.cell("item_no")


def _two_digits(row: Row, column: str) -> str:
    code = row.text(column)
    if not re.fullmatch("[0-9]{2}", code):
        raise row.fault(column, "is not two digits")
    return code


def _digest(data: Mapping[str, bytes]) -> str:
    """The SHA-256 over name, length and bytes of each file, in the order of the names."""
    total = hashlib.sha256()
    for name in sorted(data):
        total.update(f"{name}\n{len(data[name])}\n".encode())
        total.update(data[name])
    return f"sha256:{total.hexdigest()}"
