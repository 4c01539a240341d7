"""Zones by code and by filter."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlmodel import Session, col, select

from models.zone import Zone
from service.filters import ZoneFilter
from service.repositories.gaps import of_zones_that_look
from service.repositories.words import contains


def find(session: Session, zone_id: str) -> Zone | None:
    """The zone with that code."""
    return session.exec(select(Zone).where(Zone.id == zone_id)).first()


def all_in_order(session: Session) -> Sequence[Zone]:
    """Every zone, in the order of the codes."""
    return session.exec(select(Zone).order_by(col(Zone.id))).all()


def known_of(session: Session, zone_ids: Collection[str]) -> set[str]:
    """Those of the codes that a zone has."""
    return set(session.exec(select(Zone.id).where(col(Zone.id).in_(zone_ids))))


def find_for_change(session: Session, zone_id: str) -> Zone | None:
    """The zone with that code, locked until the transaction ends."""
    return session.exec(select(Zone).where(Zone.id == zone_id).with_for_update()).first()


def by_id(session: Session, zone_ids: Collection[str]) -> dict[str, Zone]:
    """The zones with those codes."""
    found = session.exec(select(Zone).where(col(Zone.id).in_(zone_ids))).all()
    return {zone.id: zone for zone in found}


def by_id_for_change(session: Session, zone_ids: Collection[str]) -> dict[str, Zone]:
    """The zones with those codes, locked; gaps and enterprises of them may still be added."""
    statement = select(Zone).where(col(Zone.id).in_(zone_ids)).order_by(col(Zone.id))
    found = session.exec(statement.with_for_update(key_share=True)).all()
    return {zone.id: zone for zone in found}


def list_after(
    session: Session,
    wanted: ZoneFilter,
    after: str | None,
    most: int,
    looking_on: date | None = None,
) -> Sequence[Zone]:
    """Zones in the order of their codes, from the one that follows the code `after`.

    Args:
        session: what to read with.
        wanted: filters that must all hold.
        after: the code of the last zone of the page before, if any.
        most: how many at most.
        looking_on: only zones with a gap that looks for investors on that day.
    """
    statement = select(Zone)
    if looking_on is not None:
        statement = statement.where(col(Zone.id).in_(of_zones_that_look(looking_on)))
    if wanted.q is not None:
        columns = (Zone.id, Zone.name_zh, Zone.name_en, Zone.aliases, Zone.city_zh)
        statement = statement.where(contains(wanted.q, *columns))
    if wanted.region is not None:
        statement = statement.where(Zone.region == wanted.region)
    if wanted.province_code is not None:
        statement = statement.where(Zone.province_code == wanted.province_code)
    if wanted.tier is not None:
        statement = statement.where(Zone.tier == wanted.tier)
    if after is not None:
        statement = statement.where(col(Zone.id) > after)
    return session.exec(statement.order_by(col(Zone.id)).limit(most)).all()
