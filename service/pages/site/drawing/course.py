"""A lead's course as one line of time: what has happened, now, and what is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from models.lead_answers import ClockPublic, LeadMovePublic
from service import clock


class Point(StrEnum):
    """What a point of the line stands for."""

    DONE = "done"
    NOW = "now"
    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of the line.

    Attributes:
        point: what it stands for.
        at: when.
        days: whole days from now, past ones negative.
        of: the move or the clock; None for now.
    """

    point: Point
    at: datetime
    days: int
    of: Any = None


def course(
    moves: Iterable[LeadMovePublic], clocks: Iterable[ClockPublic], now: datetime | None = None
) -> list[Mark]:
    """The points in the order of time; what is overdue stands before now.

    Args:
        moves: what has happened.
        clocks: what is due.
        now: the moment the line is drawn at; None: this one.
    """
    moment = clock.now() if now is None else now
    marks = [Mark(Point.DONE, move.at, _days(move.at, moment), move) for move in moves]
    marks += [
        Mark(
            Point.OVERDUE if one.is_overdue else Point.DUE,
            one.due_at,
            _days(one.due_at, moment),
            one,
        )
        for one in clocks
    ]
    return sorted([*marks, Mark(Point.NOW, moment, 0)], key=lambda mark: mark.at)


def _days(at: datetime, now: datetime) -> int:
    return int((at - now).total_seconds() / 86_400)
