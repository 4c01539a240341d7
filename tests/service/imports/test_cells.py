"""Cells as people and spreadsheets write them; what cannot be read is left to be refused."""

from typing import Any

import pytest

from service.imports.cells import is_blank, read, write


@pytest.mark.parametrize(
    ("form", "cell", "value"),
    [
        ("text", 1042, "1042"),
        ("text", True, True),
        ("text", "'=1", "=1"),
        ("text", "'tis", "'tis"),
        ("text", "''=1", "'=1"),
        ("whole", "1,200,000", 1_200_000),
        ("whole", " 7 ", 7),
        ("whole", 7, 7),
        ("whole", "1,20", "1,20"),
        ("whole", "7.5", "7.5"),
        ("whole", "=1+1", "=1+1"),
        ("whole", "9" * 40, "9" * 40),
        ("number", "6.5", 6.5),
        ("number", "1,234.5", 1234.5),
        ("number", ".5", 0.5),
        ("number", "nan", "nan"),
        ("number", "1e400", "1e400"),
        ("number", 2.5, 2.5),
        ("flag", "是", True),
        ("flag", "FALSE", False),
        ("flag", 0, False),
        ("flag", True, True),
        ("flag", "maybe", "maybe"),
        ("day", "2030年1月2日", "2030-01-02"),
        ("day", "2030.12.31", "2030-12-31"),
        ("day", "next week", "next week"),
        ("day", 45000, 45000),
        ("choice", "缺链", "missing"),
        ("choice", " weak ", "weak"),
        ("choice", 3, 3),
        ("choices", "制造、研发，marketing", ["manufacturing", "r_and_d", "marketing"]),
        ("texts", "a; b；\nc", ["a", "b", "c"]),
        ("texts", '["a;b", "c"]', ["a;b", "c"]),
        ("texts", "[a", ["[a"]),
        ("texts", "[" * 5000, ["[" * 5000]),
        ("texts", 7, ["7"]),
        ("texts", " ", None),
    ],
)
def test_cells_are_read(form: str, cell: Any, value: Any) -> None:
    assert read(form, "any", cell) == value


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("industry_codes", "gb4754：3985", [{"scheme": "gb4754", "code": "3985"}]),
        ("names", "en: A: B", [{"lang": "en", "name": "A: B"}]),
        ("names", "no colon", ["no colon"]),
        ("names", '[{"lang": "en", "name": "A;B"}, 1]', [{"lang": "en", "name": "A;B"}, 1]),
    ],
)
def test_pairs_are_read(field: str, cell: str, value: Any) -> None:
    assert read("pairs", field, cell) == value


@pytest.mark.parametrize(
    ("form", "value"),
    [
        ("text", "=HYPERLINK()"),
        ("text", "'quoted"),
        ("text", "-5"),
        ("text", "＝1"),
        ("text", "plain"),
        ("texts", ["a", "b"]),
        ("texts", ["a;b"]),
        ("texts", ["[a]", "b"]),
        ("texts", ["=a", "b"]),
        ("texts", [" a"]),
        ("number", -2.5),
        ("whole", -7),
        ("flag", False),
    ],
)
def test_what_is_written_reads_back(form: str, value: Any) -> None:
    cell = write(value)
    assert read(form, "any", cell) == value
    assert not (isinstance(cell, str) and cell[0] in "=+-@\t\r＝＋－＠")


def test_nothing_is_written_as_nothing() -> None:
    assert write(None) is None
    assert write([]) is None
    assert write({"plan": True}) == '{"plan": true}'
    assert is_blank(" ")
    assert not is_blank(0)
