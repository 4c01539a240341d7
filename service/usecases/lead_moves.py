"""A lead's moves: what was recorded, what follows for its clocks, how it is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlmodel import Session

from matching.vocabulary import LeadStatus
from models.lead import Lead, LeadMove
from service.leads.clocks import Clock, clocks_of, due, protected_until
from service.leads.machine import FINAL, Actor, Move
from service.leads.rules import LeadRules
from service.leads.templates import DEFAULT_RULES, lead_rules
from service.usecases import history

WAITING: Final = (LeadStatus.SUBMITTED, LeadStatus.UNDER_REVIEW, LeadStatus.RETURNED)
"""Not decided yet: the first registered of these is the one that may be accepted."""

LIVE: Final = tuple(status for status in LeadStatus if status not in FINAL)


@dataclass(frozen=True, slots=True)
class Step:
    """One move to be recorded."""

    move: Move
    key_id: str
    reason: str | None
    now: datetime
    """When it is recorded; `move.at` may lie before."""


def rules_of(lead: Lead) -> LeadRules:
    """The rules a lead is under."""
    templates = lead_rules()
    return templates.get(lead.rules, templates[DEFAULT_RULES])


def as_moves(rows: Sequence[LeadMove]) -> tuple[Move, ...]:
    """Recorded moves as the rules read them."""
    return tuple(Move(row.status, row.at, Actor(row.actor)) for row in rows)


def clocks_now(lead: Lead, rows: Sequence[LeadMove]) -> tuple[Clock, ...]:
    """Every clock of a lead."""
    return clocks_of(rules_of(lead), as_moves(rows))


def open_clocks(lead: Lead, rows: Sequence[LeadMove]) -> list[Clock]:
    """The clocks of a lead that still run."""
    return [clock for clock in clocks_now(lead, rows) if clock.done_at is None]


def begin(session: Session, lead: Lead, step: Step, number: int) -> None:
    """Store a new lead with its first move, and tell of it under a reserved number."""
    first = _row(lead, 1, step)
    _set_times(lead, [first], step.now)
    history.created(session, step.key_id, lead, number, "submitted")
    session.add(first)
    session.flush()


def record(session: Session, lead: Lead, rows: list[LeadMove], step: Step) -> None:
    """Store a move of a lead, add it to `rows`, and tell of it; a report is told of as well."""
    before = history.snapshot_of(lead)
    rows.append(_row(lead, len(rows) + 1, step))
    session.add(rows[-1])
    lead.status = step.move.status
    _set_times(lead, rows, step.now)
    after = history.snapshot_of(lead)
    names = ["status", *(n for n in ("protected_until", "told") if before[n] != after[n])]
    fields = {name: before[name] for name in names}, {name: after[name] for name in names}
    history.append_change(session, step.key_id, "moved", lead, fields)


def remind(session: Session, lead: Lead, names: Iterable[str]) -> None:
    """Tell of reminders that have not been told yet, all at once; nothing where there is none."""
    new = [name for name in names if name not in lead.told]
    if new:
        before = history.snapshot_of(lead)
        lead.told = [*lead.told, *new]
        history.changed(session, "system", "reminded", lead, before)


def _row(lead: Lead, position: int, step: Step) -> LeadMove:
    return LeadMove(
        lead_id=lead.id,
        position=position,
        status=step.move.status,
        at=step.move.at,
        actor=step.move.actor.value,
        key_id=step.key_id,
        reason=step.reason,
        recorded_at=step.now,
    )


def _set_times(lead: Lead, rows: Sequence[LeadMove], now: datetime) -> None:
    lead.protected_until = protected_until(rules_of(lead), as_moves(rows))
    lead.due_at = next_due(lead, rows, now)


def next_due(lead: Lead, rows: Sequence[LeadMove], now: datetime) -> datetime | None:
    """The next moment, from now on, at which the clocks ask for something that is not done yet."""
    clocks = open_clocks(lead, rows)
    moments = {moment for clock in clocks for moment in (clock.due_at, clock.remind_at)}
    later = sorted(moment for moment in moments if moment is not None and moment > now)
    for moment in (now, *later):
        asked = due(clocks, moment)
        if asked.move is not None or any(n.name not in lead.told for n in asked.notices):
            return moment
    return None
