"""China's working days, and the moments at which periods counted in days and months end.

Periods end as articles 201 to 203 of the Civil Code (民法典, 2021) count them: the day of the start
is not counted; a month ends on the day of the same number, or else on the month's last day; a last
day on which nobody works (holiday or weekend) gives way to the next working day; and the last day
ends at 24:00 in China. A due moment is therefore the first instant that is too late.
"""

import calendar
import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files

from matching.policy import check_name
from service.clock import CHINA

Add = Callable[[datetime, int], datetime]
"""Such as `add_days`: a moment and a count give the moment when the period ends."""

DAY = timedelta(days=1)
WEEKEND = 5
"""`date.weekday()` from which on it is Saturday or Sunday."""

KINDS = ("holiday", "working")


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A calendar: the weekdays off and the weekend days worked, by the State Council's notices."""

    years: frozenset[int]
    """Years whose notice is known; in any other only the plain weekends are off."""
    off: frozenset[date]
    worked: frozenset[date]

    def is_working(self, day: date) -> bool:
        """Whether offices work on this day."""
        if day.weekday() >= WEEKEND:
            return day in self.worked
        return day not in self.off


@cache
def china() -> WorkingDays:
    """The calendar that comes with the service."""
    text = (files("service.leads") / "data" / "holidays.csv").read_text(encoding="utf-8")
    return read_working_days(text)


def read_working_days(text: str) -> WorkingDays:
    """A calendar from its CSV form: first_day, last_day, kind (holiday or working) and sources.

    Raises:
        ValueError: naming the row: a day or kind cannot be read, a period runs backwards or into
            another year, a shifted day is no weekend day, or two rows hold the same day.
    """
    kinds: dict[date, str] = {}
    for number, row in enumerate(csv.DictReader(io.StringIO(text)), start=2):
        try:
            _read_row(row, kinds)
        except ValueError as error:
            msg = f"holidays.csv, row {number}: {error}"
            raise ValueError(msg) from error
    return WorkingDays(
        years=frozenset(day.year for day in kinds),
        off=frozenset(day for day, kind in kinds.items() if kind == "holiday"),
        worked=frozenset(day for day, kind in kinds.items() if kind == "working"),
    )


def _read_row(row: Mapping[str, str | None], kinds: dict[date, str]) -> None:
    first, last = (date.fromisoformat(row.get(name) or "") for name in ("first_day", "last_day"))
    kind = row.get("kind") or ""
    check_name(kind, KINDS, "kind")
    if last < first or first.year != last.year:
        msg = f"{first} to {last} is no period of one year"
        raise ValueError(msg)
    for offset in range((last - first).days + 1):
        day = first + offset * DAY
        if day in kinds:
            msg = f"{day} stands in another row"
            raise ValueError(msg)
        if kind == "working" and day.weekday() < WEEKEND:
            msg = f"{day} is no weekend day, it need not be shifted"
            raise ValueError(msg)
        kinds[day] = kind


def is_known(year: int) -> bool:
    """Whether the year's holidays are known; of any other year only the weekends are."""
    return year in china().years


def is_working_day(day: date) -> bool:
    """Whether offices in China work on this day."""
    return china().is_working(day)


def day_of(moment: datetime) -> date:
    """The day of China's calendar on which a moment falls.

    Raises:
        ValueError: the moment has no time zone.
    """
    if moment.tzinfo is None:
        msg = f"a moment needs its time zone: {moment.isoformat()}"
        raise ValueError(msg)
    return moment.astimezone(CHINA).date()


def end_of_day(day: date) -> datetime:
    """24:00 of a day in China, in UTC: the first instant that is no longer on it."""
    return datetime.combine(day + DAY, time(), CHINA).astimezone(UTC)


def shift_working_days(day: date, count: int) -> date:
    """The working day `count` working days after a day (before it, when negative)."""
    step = DAY if count > 0 else -DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def add_working_days(moment: datetime, count: int) -> datetime:
    """The end of the `count`-th working day after the day of a moment, in UTC.

    >>> add_working_days(datetime(2026, 2, 13, 2, tzinfo=UTC), 2).isoformat()
    '2026-02-24T16:00:00+00:00'
    """
    return end_of_day(shift_working_days(day_of(moment), _check(count)))


def add_days(moment: datetime, count: int) -> datetime:
    """The end of the `count`-th calendar day after the day of a moment, or of the next working day.

    >>> add_days(datetime(2026, 2, 13, 2, tzinfo=UTC), 3).isoformat()
    '2026-02-24T16:00:00+00:00'
    """
    return end_of_day(_settle(day_of(moment) + _check(count) * DAY))


def add_months(moment: datetime, count: int) -> datetime:
    """The end of the corresponding day `count` months later, or of the next working day.

    >>> add_months(datetime(2028, 1, 31, 2, tzinfo=UTC), 1).isoformat()
    '2028-02-29T16:00:00+00:00'
    """
    day = day_of(moment)
    months = day.year * 12 + day.month - 1 + _check(count)
    year, month = months // 12, months % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return end_of_day(_settle(date(year, month, min(day.day, last))))


def _settle(day: date) -> date:
    """The day itself, or the first working day after it when nobody works on it."""
    return day if is_working_day(day) else shift_working_days(day, 1)


def _check(count: int) -> int:
    if count < 1:
        msg = f"a period lasts one day or month at least, not {count}"
        raise ValueError(msg)
    return count
