"""The time of day, and the day of China's calendar that periods and policies count by."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

CHINA: Final = timezone(timedelta(hours=8))


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def china_day() -> date:
    """Today in China (UTC+8)."""
    return datetime.now(CHINA).date()
