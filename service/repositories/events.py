"""The event log: numbered in commit order, without gaps, only ever added to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session, col, func, select

from models.base import utc_now
from models.event import Event, Snapshot
from models.ids import new_id
from service.repositories import bulk

LOG_LOCK: Final = 0x62756C69616E  # "bulian": any number that all processes share


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happened to one record."""

    actor: str
    action: str
    subject_type: str
    subject_id: str
    subject_version: int
    before: Snapshot | None = None
    after: Snapshot | None = None


def reserve(session: Session) -> int:
    """The number of the next event, ours until the transaction ends; others wait from here on.

    Take it as late as can be: PostgreSQL's writers run side by side until this point.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.exec(select(func.pg_advisory_xact_lock(LOG_LOCK))).one()
    last = session.exec(select(func.max(Event.number))).one()
    return (last or 0) + 1


def append(session: Session, change: Change, number: int) -> None:
    """Add a change to the log under a reserved number."""
    session.add(
        Event(
            number=number,
            actor=change.actor,
            action=change.action,
            subject_type=change.subject_type,
            subject_id=change.subject_id,
            subject_version=change.subject_version,
            before=change.before,
            after=change.after,
        )
    )
    session.flush()


def append_all(session: Session, changes: Sequence[Change], first: int) -> None:
    """Add many changes to the log at once, from a reserved number on; it stays ours meanwhile."""
    moment = utc_now()
    rows = [
        {
            "number": number,
            "id": new_id("evt"),
            "at": moment,
            "actor": change.actor,
            "action": change.action,
            "subject_type": change.subject_type,
            "subject_id": change.subject_id,
            "subject_version": change.subject_version,
            "before": change.before,
            "after": change.after,
        }
        for number, change in enumerate(changes, first)
    ]
    bulk.insert_all(session, Event, rows)


def count_of(session: Session, subject_type: str, subject_id: str) -> int:
    """How many changes of one record the log holds."""
    statement = select(func.count(col(Event.number))).where(
        Event.subject_type == subject_type, Event.subject_id == subject_id
    )
    return session.exec(statement).one()
