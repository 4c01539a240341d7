"""Partners by id."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from models.partner import Partner
from service.filters import PartnerFilter
from service.repositories.words import contains


def find(session: Session, partner_id: str | None) -> Partner | None:
    """The partner with that id, closed or not."""
    return session.exec(select(Partner).where(Partner.id == partner_id)).first()


def find_for_change(session: Session, partner_id: str) -> Partner | None:
    """The partner with that id, locked until the transaction ends."""
    return session.exec(select(Partner).where(Partner.id == partner_id).with_for_update()).first()


def list_after(
    session: Session, wanted: PartnerFilter, after: str | None, most: int
) -> Sequence[Partner]:
    """Partners, oldest first, from the one that follows the id `after`."""
    statement = select(Partner).order_by(col(Partner.id)).limit(most)
    if wanted.q is not None:
        statement = statement.where(contains(wanted.q, col(Partner.name)))
    if wanted.state is not None:
        is_open = col(Partner.closed_at).is_(None)
        statement = statement.where(is_open if wanted.state == "open" else ~is_open)
    if after is not None:
        statement = statement.where(col(Partner.id) > after)
    return session.exec(statement).all()
