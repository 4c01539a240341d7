"""Gaps by id and by filter."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from matching.vocabulary import GapKind, GapStatus
from models.gap import Gap
from models.zone import Zone
from service.filters import GapFilter
from service.repositories.words import contains, is_among


def find(session: Session, gap_id: str) -> Gap | None:
    """The gap with that id, closed or not."""
    return session.exec(select(Gap).where(Gap.id == gap_id)).first()


def find_for_change(session: Session, gap_id: str) -> Gap | None:
    """The gap with that id, locked until the transaction ends."""
    return session.exec(select(Gap).where(Gap.id == gap_id).with_for_update()).first()


def list_for_change(session: Session, ids: Collection[str]) -> Sequence[Gap]:
    """The gaps with those ids, locked one after another until the transaction ends."""
    statement = select(Gap).where(col(Gap.id).in_(ids)).order_by(col(Gap.id))
    return session.exec(statement.with_for_update()).all()


def ids_at(session: Session, zone_id: str, links: Collection[str]) -> Sequence[str]:
    """The open gaps of a zone at those links, in the order of their ids."""
    statement = select(Gap.id).where(
        Gap.zone_id == zone_id, Gap.status == GapStatus.OPEN, col(Gap.link_id).in_(links)
    )
    return session.exec(statement.order_by(col(Gap.id))).all()


def places_left(session: Session, ids: Collection[str]) -> dict[str, int]:
    """How many investors each gap can still take."""
    statement = select(Gap.id, Gap.capacity, Gap.filled).where(is_among(session, Gap.id, ids))
    return {id_: max(0, capacity - filled) for id_, capacity, filled in session.exec(statement)}


def ids_computed(session: Session, zone_id: str) -> Sequence[str]:
    """The gaps of a zone that a diagnosis registered and that are not closed, by id."""
    statement = select(Gap.id).where(
        Gap.zone_id == zone_id, Gap.status != GapStatus.CLOSED, col(Gap.is_computed)
    )
    return session.exec(statement.order_by(col(Gap.id))).all()


def list_of_zone(session: Session, zone_id: str) -> Sequence[Gap]:
    """Every gap of a zone, in the order of registration."""
    return session.exec(select(Gap).where(Gap.zone_id == zone_id).order_by(col(Gap.number))).all()


def find_by_external_id(session: Session, owner: str, external_id: str) -> Gap | None:
    """The gap, not closed, that a key registered under that id of its own."""
    statement = select(Gap).where(
        Gap.status != GapStatus.CLOSED,
        Gap.created_by == owner,
        Gap.external_id == external_id,
    )
    return session.exec(statement).first()


def by_external_id(session: Session, owner: str, external_ids: Collection[str]) -> dict[str, Gap]:
    """The gaps, not closed, that a key registered under those ids of its own, locked."""
    statement = select(Gap).where(
        Gap.status != GapStatus.CLOSED,
        Gap.created_by == owner,
        is_among(session, Gap.external_id, external_ids),
    )
    found = session.exec(statement.order_by(col(Gap.id)).with_for_update(key_share=True)).all()
    return {str(row.external_id): row for row in found}


def by_id_for_change(session: Session, ids: Collection[str]) -> dict[str, Gap]:
    """The gaps with those ids, closed ones left out, locked."""
    statement = select(Gap).where(Gap.status != GapStatus.CLOSED, col(Gap.id).in_(ids))
    found = session.exec(statement.order_by(col(Gap.id)).with_for_update(key_share=True)).all()
    return {row.id: row for row in found}


def list_before(
    session: Session, wanted: GapFilter, before: int | None, most: int, open_on: date | None = None
) -> Sequence[Gap]:
    """Gaps, newest first, from the one registered before the number `before`.

    Args:
        session: what to read with.
        wanted: filters that must all hold.
        before: the number of the last gap of the page before, if any.
        most: how many at most.
        open_on: only gaps that look for investors on that day of China's calendar.
    """
    statement = _of_zones(_of_gaps(select(Gap), wanted), wanted)
    if open_on is not None:
        statement = statement.where(*_look_on(open_on))
    if before is not None:
        statement = statement.where(Gap.number < before)
    return session.exec(statement.order_by(col(Gap.number).desc()).limit(most)).all()


def links_sought(session: Session, day: date) -> list[tuple[str, str, GapKind]]:
    """Zone, link and kind of the gaps that look for investors on a day, each combination once."""
    statement = select(Gap.zone_id, Gap.link_id, Gap.kind).where(*_look_on(day)).distinct()
    order = (col(Gap.zone_id), col(Gap.link_id), col(Gap.kind))
    found = session.exec(statement.order_by(*order))
    return [(zone_id, link_id, GapKind(kind)) for zone_id, link_id, kind in found]


def list_with_ids(session: Session, gap_ids: Collection[str]) -> Sequence[Gap]:
    """The gaps with these ids, in no order."""
    return session.exec(select(Gap).where(col(Gap.id).in_(gap_ids))).all()


def most_urgent(
    session: Session, zone_id: str, chain_id: str | None, day: date, most: int
) -> Sequence[Gap]:
    """The gaps of a zone that look for investors on a day, the most severe first.

    What is missing comes before what is weak of the same severity; unknown severities come last.
    """
    statement = select(Gap).where(Gap.zone_id == zone_id, *_look_on(day))
    if chain_id is not None:
        statement = statement.where(Gap.chain_id == chain_id)
    order = col(Gap.severity).desc().nulls_last(), col(Gap.kind), col(Gap.number)
    return session.exec(statement.order_by(*order).limit(most)).all()


def counted_by_zone(
    session: Session, zone_ids: Collection[str], day: date
) -> dict[str, dict[GapKind, int]]:
    """How many gaps of each kind look for investors on a day, by zone; without any left out."""
    statement = select(Gap.zone_id, Gap.kind, func.count()).where(
        col(Gap.zone_id).in_(zone_ids), *_look_on(day)
    )
    found: dict[str, dict[GapKind, int]] = {}
    for zone_id, kind, count in session.exec(statement.group_by(col(Gap.zone_id), col(Gap.kind))):
        found.setdefault(zone_id, {})[GapKind(kind)] = count
    return found


def of_zones_that_look(day: date) -> SelectOfScalar[str]:
    """The codes of the zones with a gap that looks for investors on a day: part of a statement."""
    return select(Gap.zone_id).where(*_look_on(day))


def _look_on(day: date) -> tuple[ColumnElement[bool], ...]:
    """What holds of a gap that looks for investors on a day of China's calendar."""
    return (
        col(Gap.status) == GapStatus.OPEN,
        or_(col(Gap.valid_from).is_(None), col(Gap.valid_from) <= day),
        or_(col(Gap.valid_until).is_(None), col(Gap.valid_until) >= day),
    )


def _of_gaps(statement: SelectOfScalar[Gap], wanted: GapFilter) -> SelectOfScalar[Gap]:
    exact = wanted.model_dump(
        include={"zone_id", "chain_id", "link_id", "kind", "status"}, exclude_none=True
    )
    for name, value in exact.items():
        statement = statement.where(getattr(Gap, name) == value)
    if wanted.q is not None:
        columns = (Gap.title_zh, Gap.title_en, Gap.description, Gap.products)
        statement = statement.where(contains(wanted.q, *columns))
    return statement


def _of_zones(statement: SelectOfScalar[Gap], wanted: GapFilter) -> SelectOfScalar[Gap]:
    if wanted.region is None and wanted.province_code is None:
        return statement
    statement = statement.join(Zone, col(Zone.id) == col(Gap.zone_id))
    if wanted.region is not None:
        statement = statement.where(Zone.region == wanted.region)
    if wanted.province_code is not None:
        statement = statement.where(Zone.province_code == wanted.province_code)
    return statement
