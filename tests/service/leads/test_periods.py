from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.leads.periods import Period, Unit, is_known, remind_at
from tests.service.leads.moments import MOMENTS, at, told

PERIODS = st.builds(Period, st.integers(1, 90), st.sampled_from(Unit))


@pytest.mark.parametrize(
    ("length", "unit", "ends"),
    [
        (3, "working_days", "2026-03-11 00:00"),
        (3, "days", "2026-03-10 00:00"),
        (3, "months", "2026-06-06 00:00"),
    ],
)
def test_period_ends_by_its_unit(length: int, unit: str, ends: str) -> None:
    assert told(Period(length, Unit(unit)).end(at("2026-03-05 10:00"))) == ends


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Period(1, Unit.WORKING_DAYS), Period(2, Unit.DAYS)),
        (Period(14, Unit.DAYS), Period(11, Unit.WORKING_DAYS)),
        (Period(25, Unit.DAYS), Period(1, Unit.MONTHS)),
        (Period(90, Unit.DAYS), Period(12, Unit.MONTHS)),
    ],
)
def test_lengths_compare_across_units(one: Period, other: Period) -> None:
    assert one.working_days < other.working_days


@pytest.mark.parametrize(
    ("start", "due", "before", "wanted"),
    [
        ("2026-03-02 10:00", "2026-03-07 00:00", 0, "2026-03-06 09:00"),
        ("2026-03-02 10:00", "2026-03-07 00:00", 1, "2026-03-05 09:00"),
        ("2026-03-02 10:00", "2026-03-10 00:00", 1, "2026-03-06 09:00"),  # over a weekend
        ("2025-07-10 10:00", "2025-10-10 00:00", 10, "2025-09-18 09:00"),  # over the holiday
        # Too short for it: on the last day.
        ("2026-03-05 10:00", "2026-03-07 00:00", 1, "2026-03-06 09:00"),
        ("2026-02-14 08:00", "2026-02-25 00:00", 1, "2026-02-24 09:00"),
        ("2026-02-14 08:00", "2026-02-25 00:00", 5, "2026-02-24 09:00"),
    ],
)
def test_reminder_comes_when_offices_open(start: str, due: str, before: int, wanted: str) -> None:
    assert told(remind_at(at(start), at(due), before)) == wanted


@given(start=MOMENTS, period=PERIODS, before=st.integers(0, 60))
@settings(deadline=None)
def test_reminder_comes_after_the_start_and_before_the_end(
    start: datetime, period: Period, before: int
) -> None:
    due_at = period.end(start)
    assert start < remind_at(start, due_at, before) < due_at
    assert due_at.tzinfo is UTC


@pytest.mark.parametrize(
    ("start", "due", "known"),
    [
        ("2025-01-01 00:00", "2026-03-01 00:00", True),
        ("2026-12-01 10:00", "2027-01-01 00:00", True),  # ends with 31 December
        ("2026-12-01 10:00", "2027-01-02 00:00", False),
        ("2024-12-31 23:59", "2025-01-03 00:00", False),
        ("2027-03-01 10:00", "2027-03-09 00:00", False),
    ],
)
def test_holidays_are_known_or_said_not_to_be(
    start: str,
    due: str,
    known: bool,
) -> None:
    assert is_known(at(start), at(due)) is known
