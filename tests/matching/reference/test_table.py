import re
from collections.abc import Callable
from pathlib import Path

import pytest

from matching.reference.table import Row, read_table, require_unique
from matching.vocabulary import Provenance, Region

COLUMNS = ("code", "value", "provenance")


def row_of(value: str) -> Row:
    places = {column: place for place, column in enumerate(COLUMNS)}
    return Row("t.csv", 7, places, ["A1", value, "derived"])


def folder_with(tmp_path: Path, data: bytes) -> Path:
    (tmp_path / "t.csv").write_bytes(data)
    return tmp_path


CELLS: list[tuple[Callable[[Row], object], str, object]] = [
    (lambda row: row.text("value"), "名", "名"),
    (lambda row: row.optional("value"), "", None),
    (lambda row: row.optional("value"), "x", "x"),
    (lambda row: row.listed("value"), "", ()),
    (lambda row: row.listed("value"), "b;a", ("b", "a")),
    (lambda row: row.filled("value"), "a", ("a",)),
    (lambda row: row.integer("value"), "010", 10),
    (lambda row: row.optional_integer("value"), "", None),
    (lambda row: row.optional_integer("value"), "0", 0),
    (lambda row: row.boolean("value"), "true", True),
    (lambda row: row.boolean("value"), "false", False),
    (lambda row: row.word("value", Region), "west", Region.WEST),
    (lambda row: row.optional_word("value", Region), "", None),
    (lambda row: row.optional_word("value", Region), "east", Region.EAST),
    (lambda row: row.choice("value", ("x", "y")), "y", "y"),
    (lambda row: row.known("value", {"x"}), "x", "x"),
    (lambda row: row.all_known("value", {"x", "y"}), "y;x", ("y", "x")),
    (lambda row: row.all_known("value", {"x"}), "", ()),
    (lambda row: row.provenance(), "", Provenance.DERIVED),
]


@pytest.mark.parametrize(("read", "value", "expected"), CELLS)
def test_cell_is_read_as_its_type(
    read: Callable[[Row], object], value: str, expected: object
) -> None:
    assert read(row_of(value)) == expected


BROKEN: list[tuple[Callable[[Row], object], str, str]] = [
    (lambda row: row.text("value"), "", "is empty"),
    (lambda row: row.listed("value"), "a;;b", "empty part"),
    (lambda row: row.listed("value"), "a; b", "spaces around one"),
    (lambda row: row.listed("value"), "a;b;a", "repeats a part"),
    (lambda row: row.filled("value"), "", "is empty"),
    (lambda row: row.integer("value"), "1.0", "whole number"),
    (lambda row: row.integer("value"), "-1", "whole number"),
    (lambda row: row.integer("value"), "٣", "whole number"),
    (lambda row: row.integer("value"), "²", "whole number"),
    (lambda row: row.integer("value"), "", "is empty"),
    (lambda row: row.optional_integer("value"), "x", "whole number"),
    (lambda row: row.boolean("value"), "True", "neither true nor false"),
    (lambda row: row.boolean("value"), "", "neither true nor false"),
    (lambda row: row.word("value", Region), "south", "not one of east, central, west"),
    (lambda row: row.word("value", Region), "", "not one of"),
    (lambda row: row.optional_word("value", Region), "EAST", "not one of"),
    (lambda row: row.choice("value", ("x", "y")), "z", "not one of x, y"),
    (lambda row: row.known("value", {"x"}), "y", "refers to nothing known"),
    (lambda row: row.known("value", {""}), "", "is empty"),
    (lambda row: row.all_known("value", {"x"}), "x;y", "'y' refers to nothing known"),
]


@pytest.mark.parametrize(("read", "value", "why"), BROKEN)
def test_broken_cell_is_named(read: Callable[[Row], object], value: str, why: str) -> None:
    with pytest.raises(ValueError, match=re.escape(why)) as error:
        read(row_of(value))
    assert f"t.csv row 7 column value value {value!r}: " in str(error.value)


def test_table_is_read_in_order_with_its_row_numbers(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, '码,值\n1,"a,b"\n2,\n'.encode())
    rows = read_table(folder, "t", ("码", "值"))
    assert [(row.number, row.cell("码"), row.cell("值")) for row in rows] == [
        (2, "1", "a,b"),
        (3, "2", ""),
    ]


def test_line_breaks_of_the_file_do_not_matter(tmp_path: Path) -> None:
    rows = read_table(folder_with(tmp_path, b"a,b\r\n1,2\r\n"), "t", ("a", "b"))
    assert rows[0].cell("b") == "2"


def test_table_without_rows_is_empty(tmp_path: Path) -> None:
    assert read_table(folder_with(tmp_path, b"a,b\n"), "t", ("a", "b")) == []


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "t.csv row 1: columns are [], not ['a', 'b']"),
        (b"b,a\n", "t.csv row 1: columns are ['b', 'a'], not ['a', 'b']"),
        (b"a,b,c\n", "t.csv row 1: columns are ['a', 'b', 'c']"),
        (b"\xef\xbb\xbfa,b\n", "t.csv row 1: columns are ['\\ufeffa', 'b']"),
        (b"a,b\n1,2\n1\n", "t.csv row 3: 1 cells for 2 columns"),
        (b"a,b\n1,2,3\n", "t.csv row 2: 3 cells for 2 columns"),
        (b"a,b\n\n1,2\n", "t.csv row 2: 0 cells for 2 columns"),
        (b"a,b\n1, 2\n", "t.csv row 2 column b value ' 2': has spaces around it"),
        (b'a,b\n"1\n2",3\n', "t.csv row 2 column a value '1\\n2': has spaces around it or a line"),
        (b"a,b\n\xff,2\n", "t.csv is not CSV in UTF-8"),
        (b'a,b\n"1,2\n', "t.csv is not CSV in UTF-8"),
    ],
)
def test_broken_table_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        read_table(folder_with(tmp_path, data), "t", ("a", "b"))


def test_missing_table_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_table(tmp_path, "t", ("a", "b"))


def test_repeated_key_names_both_rows(tmp_path: Path) -> None:
    rows = read_table(folder_with(tmp_path, b"a,b\n1,2\n1,3\n1,2\n"), "t", ("a", "b"))
    require_unique(rows[:2], "a", "b")
    with pytest.raises(ValueError, match=r"t\.csv row 4 column b value '2': repeats row 2"):
        require_unique(rows, "a", "b")
    with pytest.raises(ValueError, match=r"t\.csv row 3 column a value '1': repeats row 2"):
        require_unique(rows, "a")
