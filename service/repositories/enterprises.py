"""Enterprises of zones."""

from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from models.enterprise import Enterprise


def list_of(session: Session, zone_id: str) -> Sequence[Enterprise]:
    """All enterprises of a zone, in the order of their external ids."""
    statement = select(Enterprise).where(Enterprise.zone_id == zone_id)
    return session.exec(statement.order_by(col(Enterprise.external_id))).all()


def list_after(
    session: Session, zone_id: str, after: str | None, most: int
) -> Sequence[Enterprise]:
    """Enterprises of a zone, from the one that follows the external id `after`."""
    statement = select(Enterprise).where(Enterprise.zone_id == zone_id)
    if after is not None:
        statement = statement.where(col(Enterprise.external_id) > after)
    return session.exec(statement.order_by(col(Enterprise.external_id)).limit(most)).all()


def find_by_external_id(session: Session, zone_id: str, external_id: str) -> Enterprise | None:
    """The enterprise of a zone with that id."""
    statement = select(Enterprise).where(
        Enterprise.zone_id == zone_id, Enterprise.external_id == external_id
    )
    return session.exec(statement).first()


def by_external_id(
    session: Session, zone_id: str, external_ids: Collection[str]
) -> dict[str, Enterprise]:
    """The enterprises of a zone with those ids, locked."""
    statement = select(Enterprise).where(
        Enterprise.zone_id == zone_id, col(Enterprise.external_id).in_(external_ids)
    )
    ordered = statement.order_by(col(Enterprise.external_id))
    found = session.exec(ordered.with_for_update(key_share=True)).all()
    return {row.external_id: row for row in found}
