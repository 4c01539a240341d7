"""A length of time as the rules of leads state it, and when it ends."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum

from service.clock import CHINA
from service.leads import working_days
from service.leads.working_days import DAY

TOLD_AT = time(9, tzinfo=CHINA)
"""Reminders come when offices open."""


class Unit(StrEnum):
    """工作日、日、月: what a period is counted in."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTHS = "months"


WORKED = {Unit.WORKING_DAYS: 1.0, Unit.DAYS: 5 / 7, Unit.MONTHS: 20.0}
"""Working days in one of each unit, roughly: to compare lengths, never to compute a moment."""


@dataclass(frozen=True, slots=True)
class Period:
    """So many working days, days or months."""

    length: int
    unit: Unit

    @property
    def working_days(self) -> float:
        """About how many working days it holds."""
        return self.length * WORKED[self.unit]

    def end(self, start: datetime) -> datetime:
        """The first instant after the period that starts at a moment, in UTC (`working_days`)."""
        if self.unit is Unit.WORKING_DAYS:
            return working_days.add_working_days(start, self.length)
        if self.unit is Unit.DAYS:
            return working_days.add_days(start, self.length)
        return working_days.add_months(start, self.length)


def remind_at(start: datetime, due_at: datetime, days_before: int) -> datetime:
    """09:00 in China so many working days before the last day of a period, in UTC.

    A period too short for that, such as one that spans a long holiday, is told of on its last day:
    a reminder always comes after the start and before the end.
    """
    last = working_days.day_of(due_at) - DAY
    day = working_days.shift_working_days(last, -days_before)
    if day <= working_days.day_of(start):
        day = last
    return datetime.combine(day, TOLD_AT).astimezone(UTC)


def is_known(start: datetime, due_at: datetime) -> bool:
    """Whether the holidays of every year that a period touches are known."""
    first, last = working_days.day_of(start), working_days.day_of(due_at) - DAY
    return all(working_days.is_known(year) for year in range(first.year, last.year + 1))
