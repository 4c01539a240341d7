"""Rows of an edition: from cells, by the columns of the kind, to what is laid."""

from dataclasses import asdict
from typing import Any

import pytest

from matching.reference.crowding import LandscapeEdition
from matching.reference.edition import ItemRow
from matching.reference.records import TableNote
from matching.vocabulary import EditionKind
from models.edition import EditionRow, StoredEdition
from service.edition_rows import column_faults, columns_of, edition_of, rows_of_cells
from tests.factories import a_keyword_edition
from tests.matching.reference.editions import a_landscape_row, link_rows
from tests.service.chain_editions import a_chain_edition


def stored(body: dict[str, Any]) -> StoredEdition:
    derived = {"number": 1, "created_by": "key_1", "quality": "fair", "row_count": 1, "digest": ""}
    return StoredEdition.model_validate({**body, **derived})


def test_a_chain_that_was_stored_is_the_chain_that_was_read() -> None:
    edition = edition_of(stored(a_chain_edition()))
    assert edition.name == "links.ic"
    assert edition.rows == link_rows("ic")
    assert edition.note.edition == "2027"


def test_items_without_a_province_are_national() -> None:
    rows = [
        {"link_id": "ic.eda", "item_nos": ["7"]},
        {"link_id": "ic.eda", "item_nos": ["9"], "province_code": "32"},
    ]
    edition = edition_of(stored(a_keyword_edition(kind="encouraged", rows=rows)))
    assert edition.rows == (ItemRow("ic.eda", ("7",)), ItemRow("ic.eda", ("9",), "32"))


@pytest.mark.parametrize("kind", EditionKind)
def test_a_sheet_has_the_columns_of_its_kind(kind: EditionKind) -> None:
    columns = columns_of(kind)
    assert columns[0] == "link_id"
    assert set(columns) <= set(EditionRow.model_fields)


def test_cells_are_read_as_the_columns_say() -> None:
    cells = {
        "link_id": " ic.eda ",
        "name_zh": "工具",
        "keywords_zh": "甲; 乙",
        "tech_barrier": "3",
        "is_core": "TRUE",
        "customers": "",
    }
    (row,), faults = rows_of_cells([cells])
    assert faults == []
    assert row.model_dump(exclude_none=True) == {
        "link_id": "ic.eda",
        "name_zh": "工具",
        "keywords_zh": ["甲", "乙"],
        "tech_barrier": 3,
        "is_core": True,
    }


@pytest.mark.parametrize(
    ("cells", "column", "told"),
    [
        ({}, "link_id", "Field required"),
        ({"tech_barrier": "³"}, "tech_barrier", "should be a number"),
        ({"is_core": "yes"}, "is_core", "valid boolean"),
        ({"keywords_zh": "甲;;乙"}, "keywords_zh", "is blank"),
        ({"colour": "red"}, "colour", "not permitted"),
        ({"segment": "sideways"}, "segment", "Input should be"),
        ({"name_zh": "\x00"}, "name_zh", "control character"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(cells: dict[str, str], column: str, told: str) -> None:
    link = {"link_id": "ic.eda"} if cells else {}
    rows, faults = rows_of_cells([{"link_id": "ic.ip"}, {**link, **cells}])
    assert len(rows) == 1
    assert [(fault.place, fault.column) for fault in faults] == [(1, column)]
    assert told in faults[0].why


def test_a_number_of_any_length_is_read_and_judged_later() -> None:
    (row,), faults = rows_of_cells([{"link_id": "ic.eda", "tech_barrier": "9" * 5000}])
    assert (row.tech_barrier, faults) == (999_999_999, [])


def test_columns_of_another_kind_and_missing_ones_are_told() -> None:
    row = EditionRow.model_validate({"link_id": "ic.eda", "item_nos": ["7"], "name_zh": "工具"})
    told = [str(fault) for fault in column_faults(EditionKind.KEYWORDS, [row])]
    assert told == [
        "row 1 column keywords_zh: is needed in a row of keywords",
        "row 1 column keywords_en: is needed in a row of keywords",
        "row 1 column name_zh: is no column of keywords",
        "row 1 column item_nos: is no column of keywords",
    ]


def test_a_landscape_that_was_stored_is_the_one_that_was_counted() -> None:
    row = a_landscape_row()
    edition = edition_of(stored(a_keyword_edition(kind="landscape", rows=[asdict(row)])))
    assert edition == LandscapeEdition(
        TableNote("2027", stored(a_keyword_edition()).source, "fair"), (row,)
    )
    cells = {name: str(value) for name, value in asdict(row).items()}
    (read,), faults = rows_of_cells([cells])
    assert (faults, read.model_dump(exclude_none=True)) == ([], asdict(row))
