"""The event log: numbered in commit order, without gaps, only ever added to."""

from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import JSON, column, table
from sqlalchemy import select as select_columns
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Session, and_, col, func, or_, select

from models.base import utc_now
from models.event import Event, Snapshot
from models.event_chain import BEGINNING, FIELDS, hash_after
from models.ids import new_id
from models.tables import metadata
from service.filters import EventFilter, EventOrder
from service.repositories import bulk
from service.repositories.words import is_among

LOG_LOCK: Final = 0x62756C69616E  # "bulian": any number that all processes share
PORTION: Final = 100
"""Events that are read at a time where a reader may stop early; one may hold a list of firms."""

JSON_AS_IT_IS: Final = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
PLAIN: Final = table(
    "event",
    *(
        column(known.name, JSON_AS_IT_IS if known.name in {"before", "after"} else known.type)
        for known in metadata.tables["event"].columns
    ),
)
"""The log without the check of every value that `Event` makes: for many rows at a time."""


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


told = attrgetter(*FIELDS[3:])
"""What a change says of its event."""


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
    rows = list(_chained([change], number, hash_before(session, number)))
    session.flush()  # what is told of is stored first
    session.connection().execute(PLAIN.insert(), rows)


def append_all(session: Session, changes: Iterable[Change], first: int) -> None:
    """Add many changes to the log at once, from a reserved number on; it stays ours meanwhile."""
    bulk.insert_all(session, Event, _chained(changes, first, hash_before(session, first)))


def hash_before(session: Session, number: int) -> str:
    """The hash that the event with that number follows."""
    found = session.exec(select(Event.hash).where(Event.number == number - 1)).first()
    return found or BEGINNING


def _chained(changes: Iterable[Change], number: int, previous: str) -> Iterator[dict[str, Any]]:
    """Rows of the log, each with the hash that follows from the one before."""
    columns, moment = (*FIELDS, "hash"), utc_now()
    for place, change in enumerate(changes, number):
        content = (place, new_id("evt"), moment, *told(change))
        previous = hash_after(previous, content)
        yield dict(zip(columns, (*content, previous), strict=True))


def page_of(
    session: Session, wanted: EventFilter, order: EventOrder, place: int | None, most: int
) -> Sequence[Event]:
    """Events in an order, from the one that follows the number `place` in it."""
    number = col(Event.number)
    statement = select(Event).limit(most)
    for name in ("actor", "action", "subject_type", "subject_id"):
        value = getattr(wanted, name)
        if value is not None:
            statement = statement.where(getattr(Event, name) == value)
    if wanted.since is not None:
        statement = statement.where(col(Event.at) >= wanted.since)
    if wanted.until is not None:
        statement = statement.where(col(Event.at) < wanted.until)
    if wanted.after is not None:
        statement = statement.where(number > wanted.after)
    if order is EventOrder.OLDEST:
        after = statement if place is None else statement.where(number > place)
        return session.exec(after.order_by(number)).all()
    before = statement if place is None else statement.where(number < place)
    return session.exec(before.order_by(number.desc())).all()


def rows_after(session: Session, number: int | None, most: int) -> Sequence[Sequence[Any]]:
    """The values of `FIELDS` and the hash of each event, oldest first, past a number if given."""
    statement = select_columns(*(PLAIN.c[name] for name in (*FIELDS, "hash")))
    if number is not None:
        statement = statement.where(PLAIN.c.number > number)
    ordered = statement.order_by(PLAIN.c.number).limit(most)
    return session.connection().execute(ordered).all()


def last_actor(session: Session, subject_id: str, actions: Collection[str]) -> str | None:
    """Who did one of these things to a record last; None where nobody did."""
    statement = (
        select(Event.actor)
        .where(Event.subject_id == subject_id, col(Event.action).in_(actions))
        .order_by(col(Event.number).desc())
        .limit(1)
    )
    return session.exec(statement).first()


def done_otherwise(
    session: Session, subject_ids: Collection[str], actions: Collection[str]
) -> set[str]:
    """The records to which something else than these actions has been done."""
    statement = select(Event.subject_id).where(
        is_among(session, Event.subject_id, subject_ids), col(Event.action).not_in(actions)
    )
    return set(session.exec(statement.distinct()))


def of_subjects(session: Session, subjects: Mapping[str, Collection[str]]) -> Generator[Event]:
    """The events of records, by kind, oldest first; read as far as they are asked for."""
    some = [
        and_(Event.subject_type == kind, is_among(session, Event.subject_id, ids))
        for kind, ids in subjects.items()
    ]
    statement = select(Event).where(or_(*some)).order_by(col(Event.number))
    with closing(session.exec(statement.execution_options(yield_per=PORTION))) as found:
        yield from found


def count_of(session: Session, subject_type: str, subject_id: str) -> int:
    """How many changes of one record the log holds."""
    statement = select(func.count(col(Event.number))).where(
        Event.subject_type == subject_type, Event.subject_id == subject_id
    )
    return session.exec(statement).one()
