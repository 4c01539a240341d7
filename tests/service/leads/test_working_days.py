from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.leads import working_days
from service.leads.working_days import (
    add_days,
    add_months,
    add_working_days,
    china,
    day_of,
    end_of_day,
    is_known,
    is_working_day,
    read_working_days,
    shift_working_days,
)
from tests.service.leads.moments import MOMENTS, at, told

HEAD = "first_day,last_day,kind\n"
COUNTS = st.integers(1, 60)


@pytest.mark.parametrize(
    ("year", "days"),
    [
        # The working days of a year as the notices leave them: weekdays, less off, plus worked.
        (2025, 248),
        (2026, 248),
        (2027, 261),  # no notice known: every Monday to Friday
        (2028, 260),
    ],
)
def test_working_days_of_a_year(year: int, days: int) -> None:
    first = date(year, 1, 1)
    length = (date(year + 1, 1, 1) - first).days
    assert sum(is_working_day(first + timedelta(n)) for n in range(length)) == days


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2025-01-01", False),
        ("2025-01-26", True),  # a Sunday worked for Spring Festival
        ("2025-01-27", True),
        ("2025-01-28", False),
        ("2025-02-04", False),
        ("2025-02-05", True),
        ("2025-02-08", True),
        ("2025-04-04", False),
        ("2025-04-27", True),
        ("2025-05-05", False),
        ("2025-06-02", False),
        ("2025-09-27", False),  # a plain Saturday
        ("2025-09-28", True),
        ("2025-10-01", False),
        ("2025-10-08", False),
        ("2025-10-09", True),
        ("2025-10-11", True),
        ("2025-10-12", False),
        ("2026-01-02", False),
        ("2026-01-04", True),
        ("2026-02-14", True),
        ("2026-02-15", False),
        ("2026-02-23", False),
        ("2026-02-24", True),
        ("2026-02-28", True),
        ("2026-04-06", False),
        ("2026-05-09", True),
        ("2026-06-19", False),
        ("2026-09-20", True),
        ("2026-09-25", False),
        ("2026-10-07", False),
        ("2026-10-10", True),
        ("2027-01-01", True),  # New Year, yet its notice is not known: a plain Friday
    ],
)
def test_day_is_worked_as_the_notices_say(day: str, works: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) is works


def test_known_years_are_those_with_a_notice() -> None:
    assert [year for year in range(2020, 2032) if is_known(year)] == [2025, 2026]


def test_statutory_days_off_of_the_notices_are_complete() -> None:
    """Eleven statutory days before 2025, thirteen since: never fewer weekdays off than that."""
    for year in (2025, 2026):
        off = [day for day in china().off if day.year == year]
        worked = [day for day in china().worked if day.year == year]
        assert len(off) == {2025: 28, 2026: 33}[year]
        assert sum(day.weekday() < 5 for day in off) - len(worked) == 13


@pytest.mark.parametrize(
    ("start", "count", "last_day"),
    [
        # Spring Festival 2026: Saturday the 14th is worked, the 15th to the 23rd are off.
        ("2026-02-13 10:00", 1, "2026-02-14"),
        ("2026-02-13 10:00", 2, "2026-02-24"),
        ("2026-02-13 10:00", 6, "2026-02-28"),
        ("2026-02-13 10:00", 7, "2026-03-02"),
        ("2026-02-14 23:59", 1, "2026-02-24"),
        ("2026-02-18 12:00", 1, "2026-02-24"),
        # National Day 2025: Sunday 28 September is worked, 1 to 8 October are off, the 11th worked.
        ("2025-09-26 10:00", 1, "2025-09-28"),
        ("2025-09-26 10:00", 3, "2025-09-30"),
        ("2025-09-26 10:00", 4, "2025-10-09"),
        ("2025-09-26 10:00", 6, "2025-10-11"),
        ("2025-09-26 10:00", 7, "2025-10-13"),
        # Over the turn of the year into one without a notice.
        ("2026-12-31 10:00", 1, "2027-01-01"),
        ("2025-12-31 10:00", 1, "2026-01-04"),
    ],
)
def test_working_days_end_with_their_last_day(start: str, count: int, last_day: str) -> None:
    assert add_working_days(at(start), count) == end_of_day(date.fromisoformat(last_day))


@pytest.mark.parametrize(
    ("start", "count", "last_day"),
    [
        ("2026-03-02 00:00", 1, "2026-03-03"),
        ("2026-03-02 23:59", 1, "2026-03-03"),
        ("2026-03-05 10:00", 2, "2026-03-09"),  # a Saturday gives way to Monday
        ("2026-03-05 10:00", 3, "2026-03-09"),
        ("2026-03-05 10:00", 4, "2026-03-09"),
        ("2026-03-05 10:00", 5, "2026-03-10"),
        ("2026-02-13 10:00", 1, "2026-02-14"),  # a Saturday that is worked
        ("2026-02-13 10:00", 2, "2026-02-24"),
        ("2026-02-13 10:00", 10, "2026-02-24"),
        ("2026-02-13 10:00", 15, "2026-02-28"),
        ("2025-07-10 10:00", 90, "2025-10-09"),
        ("2028-02-01 10:00", 28, "2028-02-29"),
    ],
)
def test_days_end_on_a_working_day(start: str, count: int, last_day: str) -> None:
    assert add_days(at(start), count) == end_of_day(date.fromisoformat(last_day))


@pytest.mark.parametrize(
    ("start", "count", "last_day"),
    [
        ("2026-03-10 10:00", 1, "2026-04-10"),
        ("2026-01-31 10:00", 1, "2026-02-28"),  # no 31st, and a Saturday that is worked
        ("2025-01-31 10:00", 1, "2025-02-28"),
        ("2028-01-31 10:00", 1, "2028-02-29"),
        ("2027-01-31 10:00", 1, "2027-03-01"),  # 28 February 2027 is a Sunday
        ("2024-02-29 10:00", 12, "2025-02-28"),
        ("2028-02-29 10:00", 12, "2029-02-28"),
        ("2025-09-01 10:00", 1, "2025-10-09"),  # in the holiday
        ("2025-11-30 10:00", 1, "2025-12-30"),
        ("2025-12-31 10:00", 2, "2026-02-28"),
        ("2025-12-15 10:00", 1, "2026-01-15"),
        ("2025-08-31 10:00", 6, "2026-02-28"),
    ],
)
def test_months_end_on_the_corresponding_day(start: str, count: int, last_day: str) -> None:
    assert add_months(at(start), count) == end_of_day(date.fromisoformat(last_day))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 2, 15, 59, 59, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2026, 3, 2, 16, 0, 0, tzinfo=UTC), date(2026, 3, 3)),
        (at("2026-03-03 00:00"), date(2026, 3, 3)),
    ],
)
def test_day_is_chinas(moment: datetime, day: date) -> None:
    assert day_of(moment) == day
    assert add_working_days(moment, 1) == end_of_day(shift_working_days(day, 1))


def test_day_ends_when_the_next_begins_in_china() -> None:
    assert end_of_day(date(2026, 2, 28)) == datetime(2026, 2, 28, 16, tzinfo=UTC)
    assert told(end_of_day(date(2028, 2, 29))) == "2028-03-01 00:00"


@pytest.mark.parametrize("add", [add_working_days, add_days, add_months])
def test_periods_want_a_length_and_a_time_zone(add: working_days.Add) -> None:
    with pytest.raises(ValueError, match="one day or month at least, not 0"):
        add(at("2026-03-02 10:00"), 0)
    with pytest.raises(ValueError, match="needs its time zone: 2026-03-02T10:00:00"):
        add(datetime(2026, 3, 2, 10), 1)  # noqa: DTZ001 - the fault in question


@pytest.mark.parametrize("add", [add_working_days, add_days, add_months])
@given(one=MOMENTS, other=MOMENTS, count=COUNTS, more=COUNTS)
@settings(deadline=None)
def test_later_starts_and_longer_periods_end_no_sooner(
    add: working_days.Add, one: datetime, other: datetime, count: int, more: int
) -> None:
    first, second = sorted((one, other))
    assert add(first, count) <= add(second, count)
    assert add(first, count) <= add(first, count + more)
    assert add(first, count) > first + timedelta(hours=1)


@given(start=MOMENTS, count=COUNTS)
@settings(deadline=None)
def test_working_days_are_counted_one_by_one(start: datetime, count: int) -> None:
    last = day_of(add_working_days(start, count)) - timedelta(1)
    days = (last - day_of(start)).days
    assert sum(is_working_day(day_of(start) + timedelta(n + 1)) for n in range(days)) == count
    assert is_working_day(last)
    assert shift_working_days(last, -count) <= day_of(start)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("2025-13-01,2025-01-01,holiday", "row 2: month must be in 1..12"),
        (",2025-01-01,holiday", "row 2: Invalid isoformat string: ''"),
        ("2025-01-01,2025-01-01,holyday", "row 2: unknown kind 'holyday'; did you mean 'holiday'?"),
        ("2025-01-01", "row 2: Invalid isoformat string: ''"),
        ("2025-01-01,2025-01-01", "row 2: unknown kind ''"),
        ("2025-01-02,2025-01-01,holiday", "row 2: 2025-01-02 to 2025-01-01 is no period"),
        ("2025-12-31,2026-01-01,holiday", "row 2: 2025-12-31 to 2026-01-01 is no period"),
        ("2025-01-02,2025-01-02,working", "row 2: 2025-01-02 is no weekend day"),
        (
            "2025-01-01,2025-01-03,holiday\n2025-01-03,2025-01-04,holiday",
            "row 3: 2025-01-03 stands in another row",
        ),
    ],
)
def test_faulty_calendar_names_the_row(rows: str, message: str) -> None:
    with pytest.raises(ValueError, match=r"^holidays\.csv, ") as refused:
        read_working_days(HEAD + rows)
    assert message in str(refused.value)


def test_calendar_is_read_as_it_stands() -> None:
    text = HEAD + "2027-01-01,2027-01-03,holiday\n2027-01-09,2027-01-09,working\n"
    calendar = read_working_days(text)
    assert calendar.years == {2027}
    works = [calendar.is_working(date(2027, 1, day)) for day in range(1, 11)]
    assert works == [False] * 3 + [True] * 6 + [False]
