from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.quantities import (
    Capacity,
    CapacityOrOne,
    Count,
    Day,
    Flag,
    FlagOrFalse,
    Grade,
    Level,
    Money,
    Percent,
    Quantity,
    Whole,
)
from tests.models.bodies import accept, refuse

WHOLE = [Money, Count, Capacity, Level, Grade, Whole]
REAL = [Percent, Quantity]
BOUNDS = [
    (Money, 0, 10**15),
    (Count, 0, 10**8),
    (Capacity, 1, 1000),
    (Level, 1, 5),
    (Grade, 0, 100),
    (Percent, 0.0, 100.0),
    (Quantity, 0.0, 1e12),
]


@pytest.mark.parametrize(("kind", "least", "most"), BOUNDS)
def test_both_ends_are_in_and_nothing_beyond(kind: Any, least: float, most: float) -> None:
    assert (accept(kind, least), accept(kind, most)) == (least, most)
    assert "greater than or equal" in refuse(kind, least - 1)
    assert "less than or equal" in refuse(kind, most + 1)


@pytest.mark.parametrize("kind", [*WHOLE, *REAL])
@pytest.mark.parametrize("value", ["1", "", "一", b"1", True, False])
def test_text_and_booleans_are_no_numbers(kind: Any, value: object) -> None:
    assert "should be a number" in refuse(kind, value)


@pytest.mark.parametrize("kind", [*WHOLE, *REAL])
@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), None, [], {}])
def test_what_is_no_finite_number_is_refused(kind: Any, value: object) -> None:
    assert refuse(kind, value)


@pytest.mark.parametrize("kind", WHOLE)
def test_a_whole_number_may_be_written_with_a_point(kind: Any) -> None:
    assert accept(kind, 3.0) == 3
    assert "fractional part" in refuse(kind, 3.5)


@pytest.mark.parametrize("kind", [*WHOLE, *REAL])
@pytest.mark.parametrize("value", [10**400, -(10**400), 2**63, 1e300])
def test_huge_numbers_are_refused_not_fatal(kind: Any, value: float) -> None:
    if kind is not Whole:
        assert refuse(kind, value)


@pytest.mark.parametrize("value", [True, False])
def test_flags_are_booleans(value: bool) -> None:
    assert accept(Flag, value) is value
    assert accept(FlagOrFalse, value) is value


@pytest.mark.parametrize("value", ["true", "yes", 1, 0, "1", "false"])
def test_what_resembles_a_flag_is_none(value: object) -> None:
    assert "valid boolean" in refuse(Flag, value)
    assert "valid boolean" in refuse(FlagOrFalse, value)


def test_null_takes_the_place_of_nothing_said() -> None:
    assert accept(FlagOrFalse, None) is False
    assert accept(CapacityOrOne, None) == 1
    assert accept(CapacityOrOne, 7) == 7


@given(st.dates())
def test_every_day_is_read_as_written(day: date) -> None:
    assert accept(Day, day.isoformat()) == day
    assert accept(Day, day) == day


@pytest.mark.parametrize(
    "value",
    [
        0,
        1_700_000_000,
        "1700000000",
        "2030-1-1",
        "2030-01-01T00:00:00",
        "01.02.2030",
        "",
        None,
        True,
        datetime(2030, 1, 1, tzinfo=UTC),
    ],
)
def test_what_is_no_plain_day_is_refused(value: object) -> None:
    assert "YYYY-MM-DD" in refuse(Day, value)


@pytest.mark.parametrize("value", ["2030-02-30", "2029-02-29", "2030-13-01", "0000-01-01"])
def test_days_that_do_not_exist_are_refused(value: str) -> None:
    assert "valid date" in refuse(Day, value)
