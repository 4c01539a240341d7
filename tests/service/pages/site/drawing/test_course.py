"""A lead's course in the order of time."""

from datetime import UTC, datetime, timedelta

from matching.vocabulary import LeadStatus
from models.lead_answers import ClockPublic, LeadMovePublic
from models.sentences import SentencePublic
from service.pages.site.drawing.course import Point, course

NOW = datetime(2026, 12, 1, 4, tzinfo=UTC)
SAID = SentencePublic(zh="甲", en="A")


def a_move(days: float) -> LeadMovePublic:
    at = NOW + timedelta(days=days)
    return LeadMovePublic(
        at=at, status=LeadStatus.SUBMITTED, by="partner", explanation=SAID, reason=None
    )


def a_clock(days: float) -> ClockPublic:
    return ClockPublic(
        zh="甲",
        en="A",
        step="decide",
        duty="administrator",
        started_at=NOW - timedelta(days=30),
        due_at=NOW + timedelta(days=days),
        remind_at=None,
        is_overdue=days < 0,
        on_overdue=None,
    )


def test_what_happened_then_now_then_what_is_due() -> None:
    marks = course([a_move(-3.5), a_move(-10)], [a_clock(20), a_clock(2.9)], NOW)
    told = [(mark.point, mark.days) for mark in marks]
    assert told == [
        (Point.DONE, -10),
        (Point.DONE, -3),
        (Point.NOW, 0),
        (Point.DUE, 2),
        (Point.DUE, 20),
    ]


def test_what_is_overdue_stands_before_now() -> None:
    late, now = course([], [a_clock(-1.5)], NOW)
    assert (late.point, late.days, now.point) == (Point.OVERDUE, -1, Point.NOW)


def test_nothing_is_only_now() -> None:
    (now,) = course([], [])
    assert now.point is Point.NOW
    assert now.of is None
