"""The clocks of a lead, computed from its moves alone: what runs, what is due, what is overdue.

Nothing of a clock is stored, so none can be out of step with the lead, and a server that slept for
weeks finds what one that never slept found: whatever fell due did so at its own moment.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from itertools import pairwise

from matching.vocabulary import LeadStatus
from service.leads import periods
from service.leads.machine import FINAL, Actor, Move, words_of
from service.leads.rules import PROTECTION, ClockRule, LeadRules


class ClockState(StrEnum):
    """进行中、已完成、已逾期."""

    RUNNING = "running"
    DONE = "done"
    OVERDUE = "overdue"


class NoticeKind(StrEnum):
    """到期提醒、逾期提醒."""

    REMINDER = "reminder"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One run of a clock; moments in UTC, `due_at` is the first instant that is too late."""

    step: str
    title_zh: str
    title_en: str
    duty: Actor
    started_at: datetime
    due_at: datetime
    remind_at: datetime | None
    done_at: datetime | None
    """When the duty was done or the lead ended; may be late. None while it runs."""
    on_overdue: LeadStatus | None
    is_calendar_known: bool
    """False when a year it touches has no published holidays yet: only weekends were left out."""

    def state(self, now: datetime) -> ClockState:
        """Where the clock stands at a moment."""
        if self.done_at is not None and self.done_at <= now:
            return ClockState.DONE
        return ClockState.OVERDUE if now >= self.due_at else ClockState.RUNNING


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something to tell the one whose duty it is, once: a notice keeps its name for ever."""

    name: str
    kind: NoticeKind
    step: str
    duty: Actor
    at: datetime
    """The moment since when it is due."""
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be done at a moment: the move the clocks make, or else what is to be told."""

    move: Move | None
    notices: tuple[Notice, ...]


def clocks_of(rules: LeadRules, moves: Sequence[Move]) -> tuple[Clock, ...]:
    """Every clock that ran or runs under the rules, by its start, then in the rules' order.

    Raises:
        ValueError: a move has no time zone or stands before an earlier one.
    """
    _check_order(moves)
    clocks = [clock for rule in rules.clocks for clock in _run(rule, moves)]
    return tuple(sorted(clocks, key=lambda clock: clock.started_at))


def protected_until(rules: LeadRules, moves: Sequence[Move]) -> datetime | None:
    """When the protection of an accepted lead runs out, in UTC.

    None where no window runs: before acceptance, after the end, and once the project is signed,
    from when on the lead is held without a date. A moment that has passed means that the move
    which `due` then names is not recorded yet.
    """
    running = [
        clock
        for clock in clocks_of(rules, moves)
        if clock.step == PROTECTION and clock.done_at is None
    ]
    return running[-1].due_at if running else None


def due(clocks: Iterable[Clock], now: datetime) -> Due:
    """What the running clocks ask for at a moment.

    Ask before any other move is made, and make the move it names first: its moment is when the
    clock ran out, not when somebody looked. There is one at most, since a lead that a clock moves
    has ended. A reminder is no longer told once the time is over; what was told is for the caller
    to remember, by `Notice.name`.
    """
    running = [clock for clock in clocks if clock.done_at is None]
    ends = [
        Move(clock.on_overdue, clock.due_at, Actor.SYSTEM)
        for clock in running
        if clock.on_overdue is not None and clock.due_at <= now
    ]
    if ends:
        return Due(min(ends, key=lambda move: move.at), ())
    notices = [notice for clock in running for notice in _notices(clock, now)]
    return Due(None, tuple(sorted(notices, key=lambda notice: notice.at)))


def _notices(clock: Clock, now: datetime) -> tuple[Notice, ...]:
    kind = NoticeKind.OVERDUE
    at = clock.due_at
    if now < clock.due_at:
        if clock.remind_at is None or now < clock.remind_at:
            return ()
        kind, at = NoticeKind.REMINDER, clock.remind_at
    notice = Notice(
        name=f"{clock.step}.{kind}.{clock.due_at:%Y-%m-%dT%H:%M:%SZ}",
        kind=kind,
        step=clock.step,
        duty=clock.duty,
        at=at,
        due_at=clock.due_at,
    )
    return (notice,)


def _run(rule: ClockRule, moves: Sequence[Move]) -> list[Clock]:
    """The runs of one clock, in order; the last one may still run."""
    runs: list[Clock] = []
    running: Clock | None = None
    before: LeadStatus | None = None
    for move in moves:
        words = words_of(before, move.status, move.actor)
        before = move.status
        if running is not None:
            running = _go_on(rule, running, move, words)
            if running.done_at is not None:
                runs.append(running)
                running = None
        if running is None and not words.isdisjoint(rule.starts_on):
            running = _start(rule, move.at)
    return runs if running is None else [*runs, running]


def _start(rule: ClockRule, at: datetime) -> Clock:
    clock = Clock(
        step=rule.step,
        title_zh=rule.title_zh,
        title_en=rule.title_en,
        duty=rule.duty,
        started_at=at.astimezone(UTC),
        due_at=at,
        remind_at=None,
        done_at=None,
        on_overdue=rule.on_overdue,
        is_calendar_known=True,
    )
    return _set_end(rule, clock, rule.period.end(at))


def _go_on(rule: ClockRule, clock: Clock, move: Move, words: frozenset[str]) -> Clock:
    if move.status in FINAL or not words.isdisjoint(rule.ends_on):
        return replace(clock, done_at=move.at.astimezone(UTC))
    if words.isdisjoint(rule.extended_by) or move.at >= clock.due_at:
        return clock
    longer = max(clock.due_at, rule.period.end(move.at))
    if rule.longest is not None:
        longer = min(longer, rule.longest.end(clock.started_at))
    return _set_end(rule, clock, longer)


def _set_end(rule: ClockRule, clock: Clock, due_at: datetime) -> Clock:
    remind_at = None
    if rule.remind_before is not None:
        remind_at = periods.remind_at(clock.started_at, due_at, rule.remind_before)
    known = periods.is_known(clock.started_at, due_at)
    return replace(clock, due_at=due_at, remind_at=remind_at, is_calendar_known=known)


def _check_order(moves: Sequence[Move]) -> None:
    for move in moves:
        if move.at.tzinfo is None:
            msg = f"a moment needs its time zone: {move.at.isoformat()}"
            raise ValueError(msg)
    for earlier, later in pairwise(moves):
        if later.at < earlier.at:
            msg = f"moves are out of order: {later.at.isoformat()} follows {earlier.at.isoformat()}"
            raise ValueError(msg)
