"""The change feed of the index: the event log read forward, and the rows that it names."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.cache import PurgeScope
from models.enterprise import Enterprise
from models.event import Event
from models.gap import Gap
from models.investor import Investor
from models.override import LinkOverride, PlacementCorrection
from models.zone import Zone
from service.repositories.words import is_among

IDS_A_QUERY = 500
"""SQLite takes some thousand parameters a statement, PostgreSQL 65,535."""


PORTION = 4_096
"""Records read at once when all are: a pool takes a portion in as quickly as a few records."""

Read = TypeVar("Read", Gap, Investor)


@dataclass(frozen=True, slots=True)
class Mark:
    """One place in the log; the id names the state of the database up to it."""

    number: int
    id: str


BEGINNING = Mark(0, "evt_none")
"""The state of a database in which nothing has happened."""


@dataclass(slots=True)
class Changes:
    """The ids of the records that events have touched since a mark."""

    zones: set[str] = field(default_factory=set[str])
    gaps: set[str] = field(default_factory=set[str])
    investors: set[str] = field(default_factory=set[str])
    enterprises: set[str] = field(default_factory=set[str])
    """Of firms with events of their own; their zones are among the zones."""
    everything: bool = False
    """An administrator wants all records read anew …"""
    purged: bool = False
    """… or at least all answers made anew."""


def last_mark(session: Session) -> Mark:
    """The newest event in the session's snapshot."""
    newest = select(Event.number, Event.id).order_by(col(Event.number).desc()).limit(1)
    found = session.exec(newest).first()
    return Mark(*found) if found else BEGINNING


def id_at(session: Session, number: int) -> str | None:
    """The id of the event with that number, if the log has it."""
    return session.exec(select(Event.id).where(Event.number == number)).first()


def marks_since(session: Session, number: int) -> tuple[list[Mark], Changes]:
    """The events after a number, in order, and the records they touched."""
    later = (
        select(Event.number, Event.id, Event.subject_type, Event.subject_id)
        .where(Event.number > number)
        .order_by(col(Event.number))
    )
    marks: list[Mark] = []
    changes = Changes()
    by_type = {
        "zone": changes.zones,
        "gap": changes.gaps,
        "investor": changes.investors,
        "enterprise": changes.enterprises,
    }
    for event_number, event_id, subject_type, subject_id in session.exec(later):
        marks.append(Mark(event_number, event_id))
        if subject_type in by_type:
            by_type[subject_type].add(subject_id)
        changes.purged |= subject_type == "cache"
        changes.everything |= subject_type == "cache" and subject_id != PurgeScope.RANKINGS
    for some in _portions(changes.enterprises):
        where = select(Enterprise.zone_id).where(col(Enterprise.id).in_(some))
        changes.zones.update(session.exec(where))
    return marks, changes


def all_zones(session: Session) -> Sequence[Zone]:
    """Every zone."""
    return session.exec(select(Zone)).all()


def all_gaps(session: Session) -> Iterator[Sequence[Gap]]:
    """Every gap in the order of registration, closed ones included, in portions."""
    return session.exec(_in_portions(select(Gap).order_by(col(Gap.number)))).partitions()


def all_investors(session: Session) -> Iterator[Sequence[Investor]]:
    """Every investor in the order of registration, closed ones included, in portions."""
    return session.exec(_in_portions(select(Investor).order_by(col(Investor.number)))).partitions()


def zones_of(session: Session, ids: Collection[str]) -> list[Zone]:
    """The zones with these ids."""
    return [
        row
        for some in _portions(ids)
        for row in session.exec(select(Zone).where(col(Zone.id).in_(some)))
    ]


def gaps_of(session: Session, ids: Collection[str], zone_ids: Collection[str]) -> list[Gap]:
    """The gaps with these ids, and those of these zones."""
    by_id = [
        row
        for some in _portions(ids)
        for row in session.exec(select(Gap).where(col(Gap.id).in_(some)))
    ]
    by_zone = [
        row
        for some in _portions(zone_ids)
        for row in session.exec(select(Gap).where(col(Gap.zone_id).in_(some)))
        if row.id not in ids
    ]
    return by_id + by_zone


def investors_of(session: Session, ids: Collection[str]) -> list[Investor]:
    """The investors with these ids."""
    return [
        row
        for some in _portions(ids)
        for row in session.exec(select(Investor).where(col(Investor.id).in_(some)))
    ]


def _in_portions(query: SelectOfScalar[Read]) -> SelectOfScalar[Read]:
    return query.execution_options(yield_per=PORTION)


def enterprises_in(session: Session, zone_ids: Collection[str] | None) -> Sequence[Enterprise]:
    """The firms of these zones, or of all."""
    statement = select(Enterprise)
    if zone_ids is not None:
        statement = statement.where(is_among(session, Enterprise.zone_id, zone_ids))
    return session.exec(statement).all()


def corrections_in(
    session: Session, zone_ids: Collection[str] | None
) -> Sequence[PlacementCorrection]:
    """The links officers gave firms of these zones, or of all."""
    statement = select(PlacementCorrection)
    if zone_ids is not None:
        statement = statement.where(is_among(session, PlacementCorrection.zone_id, zone_ids))
    return session.exec(statement).all()


def overrides_in(session: Session, zone_ids: Collection[str] | None) -> Sequence[LinkOverride]:
    """The statuses officers set in these zones, or in all."""
    statement = select(LinkOverride)
    if zone_ids is not None:
        statement = statement.where(is_among(session, LinkOverride.zone_id, zone_ids))
    return session.exec(statement).all()


def _portions(ids: Collection[str]) -> list[list[str]]:
    ordered = sorted(ids)
    return [ordered[at : at + IDS_A_QUERY] for at in range(0, len(ordered), IDS_A_QUERY)]
