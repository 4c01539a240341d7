from collections.abc import Sequence
from math import isnan
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.columns import ARRAYS, CHUNK, Sheet, columns_of, places, row, sheet_of
from matching.rows import Gap, Investor
from tests.matching.making import gap_row, investor_row
from tests.matching.random_rows import drawn_gap, drawn_investor, seeded


def same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and all(
        a == b or (isnan(a) and isnan(b)) for a, b in zip(one, other, strict=True)
    )


def gaps(count: int, first: int = 0) -> list[Gap]:
    return [gap_row(number=first + n) for n in range(count)]


def grown(sheet: Sheet[Any], rows: Sequence[Any]) -> Sheet[Any]:
    return sheet.changed(dict(enumerate(rows, len(sheet))))


def numbers(sheet: Sheet[Gap]) -> list[int]:
    at = places(Gap)["number"].number
    return [number for chunk in sheet.chunks for number in chunk.ints[:, at].tolist()]


@pytest.mark.parametrize(
    ("kind", "drawn"), [(Gap, drawn_gap), (Investor, drawn_investor)], ids=["gap", "investor"]
)
def test_a_row_comes_back_as_it_was_with_python_s_own_types(kind: Any, drawn: Any) -> None:
    rows = [drawn(seeded(n)) for n in range(50)]
    columns = columns_of(kind, rows)
    for n, written in enumerate(rows):
        read = row(kind, columns, n)
        assert same(read, written)
        assert {type(value) for value in read} == {float, int, bool}


@pytest.mark.parametrize("kind", [Gap, Investor])
def test_every_field_has_a_place_of_its_own(kind: Any) -> None:
    found = places(kind)
    assert tuple(found) == kind._fields
    assert len(set(found.values())) == len(found)
    columns = columns_of(kind, ())
    assert {name: getattr(columns, name).shape[1] for name in ARRAYS.values()} == {
        name: sum(place.array == name for place in found.values()) for name in ARRAYS.values()
    }


def test_types_are_cast_so_that_both_ways_of_running_see_the_same() -> None:
    columns = columns_of(Gap, [gap_row(jobs=7, is_open=1, severity=3)])
    assert [array.dtype.name for array in columns] == ["float64", "int64", "bool"]
    assert type(row(Gap, columns, 0).jobs) is float


def test_nobody_writes_into_a_sheet() -> None:
    sheet = grown(sheet_of(Gap, gaps(3)), gaps(2)).changed({1: gap_row(number=9)})
    for array in sheet.chunks[0]:
        assert not array.flags.writeable
        assert array.flags.c_contiguous


@pytest.mark.parametrize("sizes", [(), (0,), (1,), (CHUNK,), (CHUNK - 1, 1, 1), (5, CHUNK, 7)])
def test_a_sheet_grows_at_its_end(sizes: Sequence[int]) -> None:
    sheet = sheet_of(Gap, ())
    for size in sizes:
        sheet = grown(sheet, gaps(size, len(sheet)))
    assert len(sheet) == sum(sizes)
    assert numbers(sheet) == list(range(sum(sizes)))
    assert [len(chunk.ints) for chunk in sheet.chunks[:-1]] == [CHUNK] * (len(sheet.chunks) - 1)


def test_a_write_copies_only_the_chunks_it_touches() -> None:
    before = sheet_of(Gap, gaps(2 * CHUNK + 5))
    after = before.changed({CHUNK + 1: gap_row(number=-1), CHUNK + 3: gap_row(number=-3)})
    kept = [a is b for a, b in zip(before.chunks, after.chunks, strict=True)]
    assert kept == [True, False, True]
    assert [after.row(CHUNK + n).number for n in range(4)] == [CHUNK, -1, CHUNK + 2, -3]
    assert before.row(CHUNK + 1).number == CHUNK + 1
    longer = grown(before, gaps(1))
    assert [a is b for a, b in zip(before.chunks, longer.chunks, strict=True)] == [
        True,
        True,
        False,
    ]


def test_the_numbers_of_a_field_are_those_of_the_rows_asked_for() -> None:
    sheet, none = sheet_of(Gap, gaps(CHUNK + 3)), np.zeros(0, np.int64)
    for at in ([*range(CHUNK + 3)], [7], [CHUNK], [0, CHUNK - 1, CHUNK, CHUNK + 2], []):
        assert sheet.numbers("number", np.array(at, np.int64)).tolist() == at
    assert set(sheet.numbers("severity", np.arange(9)).tolist()) == {50}
    assert sheet_of(Gap, ()).numbers("link", none).dtype == np.int64
    with pytest.raises(ValueError, match="land_ha is not a whole number"):
        sheet.numbers("land_ha", none)


def test_the_flags_of_a_field_are_those_of_the_rows_asked_for() -> None:
    rows = [gap_row(number=n, is_missing=n % 3 == 0) for n in range(CHUNK + 3)]
    sheet = sheet_of(Gap, rows)
    for at in ([*range(CHUNK + 3)], [0, 1, CHUNK, CHUNK + 2], []):
        found = sheet.flags("is_missing", np.array(at, np.int64)).tolist()
        assert found == [n % 3 == 0 for n in at]
    with pytest.raises(ValueError, match="severity is not a yes or no"):
        sheet.flags("severity", np.zeros(0, np.int64))


@pytest.mark.parametrize("position", [-1, 4, CHUNK])
def test_a_position_that_is_not_there_is_refused(position: int) -> None:
    with pytest.raises(IndexError, match=f"positions {position} to {position} of 3 rows"):
        sheet_of(Gap, gaps(3)).changed({position: gap_row()})


@given(st.integers(0, 2**32), st.lists(st.integers(0, 19), max_size=10))
@settings(max_examples=30, deadline=None)
def test_changes_and_growth_give_the_sheet_made_anew(seed: int, at: list[int]) -> None:
    draw = seeded(seed)
    rows = [investor_row(jobs=float(n)) for n in range(20)]
    sheet = grown(sheet_of(Investor, rows[:7]), rows[7:])
    for position in at:
        rows[position] = drawn_investor(draw)
        sheet = sheet.changed({position: rows[position]})
    anew = sheet_of(Investor, rows)
    for one, other in zip(sheet.chunks, anew.chunks, strict=True):
        assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(one, other, strict=True))
