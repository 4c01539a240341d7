"""The partner of each lead, for those who are told of it."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from models.lead import Lead


def partners_of_leads(session: Session, ids: Collection[str]) -> dict[str, str]:
    """The partner of each lead with one of these ids; nothing is asked where there are none."""
    if not ids:
        return {}
    statement = select(Lead.id, Lead.partner_id).where(col(Lead.id).in_(ids))
    return dict(session.exec(statement).all())
