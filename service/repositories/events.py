"""The event log: numbered in commit order, without gaps, only ever added to."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlmodel import Session, col, func, select

from models.event import Event, Snapshot

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


def last_actor(session: Session, subject_id: str, actions: Collection[str]) -> str | None:
    """Who did one of these things to a record last; None where nobody did."""
    statement = (
        select(Event.actor)
        .where(Event.subject_id == subject_id, col(Event.action).in_(actions))
        .order_by(col(Event.number).desc())
        .limit(1)
    )
    return session.exec(statement).first()


def count_of(session: Session, subject_type: str, subject_id: str) -> int:
    """How many changes of one record the log holds."""
    statement = select(func.count(col(Event.number))).where(
        Event.subject_type == subject_type, Event.subject_id == subject_id
    )
    return session.exec(statement).one()
