"""The event log: numbered in commit order, without gaps, only ever added to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session, col, func, select

from models.event import Event, Snapshot
from service.filters import EventFilter

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


def list_before(
    session: Session, wanted: EventFilter, before: int | None, most: int
) -> Sequence[Event]:
    """Events, newest first, from the one before the number `before`."""
    statement = select(Event)
    for name, value in wanted.model_dump(exclude_none=True).items():
        statement = statement.where(getattr(Event, name) == value)
    if before is not None:
        statement = statement.where(Event.number < before)
    return session.exec(statement.order_by(col(Event.number).desc()).limit(most)).all()


def count_of(session: Session, subject_type: str, subject_id: str) -> int:
    """How many changes of one record the log holds."""
    statement = select(func.count(col(Event.number))).where(
        Event.subject_type == subject_type, Event.subject_id == subject_id
    )
    return session.exec(statement).one()
