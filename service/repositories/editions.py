"""Editions of parts of the reference."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from matching.vocabulary import GapStatus
from models.edition import StoredEdition
from models.gap import Gap


def find(session: Session, edition_id: str) -> StoredEdition | None:
    """The edition with that id."""
    return session.exec(select(StoredEdition).where(StoredEdition.id == edition_id)).first()


def find_for_change(session: Session, edition_id: str) -> StoredEdition | None:
    """The edition with that id, locked until the transaction ends."""
    statement = select(StoredEdition).where(StoredEdition.id == edition_id).with_for_update()
    return session.exec(statement).first()


def list_before(session: Session, before: int | None, most: int) -> Sequence[StoredEdition]:
    """Editions, the newest first, from the one that follows the number `before`."""
    statement = select(StoredEdition)
    if before is not None:
        statement = statement.where(StoredEdition.number < before)
    return session.exec(statement.order_by(col(StoredEdition.number).desc()).limit(most)).all()


def all_activated(session: Session) -> Sequence[StoredEdition]:
    """Every edition that was ever activated, in the order in which they are laid."""
    activated = col(StoredEdition.activated_at).is_not(None)
    order = (
        col(StoredEdition.effective_from),
        col(StoredEdition.activated_at),
        col(StoredEdition.number),
    )
    return session.exec(select(StoredEdition).where(activated).order_by(*order)).all()


def open_gaps_at(session: Session, link_ids: Collection[str], most: int) -> tuple[list[str], int]:
    """Ids of open gaps at these links, the oldest first, `most` of them, and how many there are."""
    return _open_gaps(session, col(Gap.link_id).in_(sorted(link_ids)), most)


def open_gaps_elsewhere(
    session: Session, link_ids: Collection[str], most: int
) -> tuple[list[str], int]:
    """The same of open gaps at none of these links."""
    return _open_gaps(session, col(Gap.link_id).not_in(sorted(link_ids)), most)


def _open_gaps(session: Session, place: ColumnElement[bool], most: int) -> tuple[list[str], int]:
    wanted = (Gap.status == GapStatus.OPEN, place)
    first = select(Gap.id).where(*wanted).order_by(col(Gap.number)).limit(most)
    count = select(func.count(col(Gap.id))).where(*wanted)
    return list(session.exec(first).all()), session.exec(count).one()
