"""What the clocks of leads ask for: reminders told once, and leads that expire or are released.

A sweep may come late or never: whoever acts on a lead first has done what its clocks asked for.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlmodel import Session

from models.lead import Lead, LeadMove
from service.leads.clocks import due
from service.leads.machine import Move
from service.repositories import companies, leads
from service.security import SYSTEM
from service.usecases import lead_moves
from service.usecases.lead_moves import Step

MOST: Final = 200
"""Leads a sweep: others want the lock too."""


def run_due(session: Session, now: datetime, most: int = MOST) -> int:
    """Do what is due by now, the longest due first; how many leads were looked at.

    Fewer than `most`: nothing is left. May run in several processes at once and again at any time.
    """
    leads.lock(session)
    rows = leads.list_due(session, now, most)
    settle(session, rows, now)
    return len(rows)


def settle(session: Session, rows: Iterable[Lead], now: datetime) -> None:
    """Do what is due by now for these leads. The caller has the lock of all lead writers."""
    late = [row for row in rows if row.due_at is not None and row.due_at <= now]
    moves = leads.moves_of(session, [row.id for row in late])
    for row in late:
        _settle(session, row, moves[row.id], now)


def _settle(session: Session, lead: Lead, moves: list[LeadMove], now: datetime) -> None:
    asked = due(lead_moves.open_clocks(lead, moves), now)
    if asked.move is not None:
        reason = _reason(lead, moves, asked.move)
        companies.release(session, lead.id)
        lead_moves.record(session, lead, moves, Step(asked.move, SYSTEM, reason, now))
        return
    lead_moves.remind(session, lead, [notice.name for notice in asked.notices])
    lead.due_at = lead_moves.next_due(lead, moves, now)
    session.add(lead)
    session.flush()


def _reason(lead: Lead, moves: list[LeadMove], move: Move) -> str:
    """The clock that ran out, for administrators."""
    clock = next(
        clock
        for clock in lead_moves.open_clocks(lead, moves)
        if (clock.on_overdue, clock.due_at) == (move.status, move.at)
    )
    return f"{clock.title_zh} · {clock.title_en}"
