"""Moments as people write them, in China's time of day, and any moment around the known years."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from service.clock import CHINA

FIRST = datetime(2024, 11, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 4 * 366 * 24 * 60).map(lambda minutes: FIRST + timedelta(minutes=minutes))


def at(text: str) -> datetime:
    """`2026-02-13 10:00` in China; 24:00 of a day is 00:00 of the next."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def told(moment: datetime) -> str:
    """The moment in China, `2026-02-13 10:00`."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"
