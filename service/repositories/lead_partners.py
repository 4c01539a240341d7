"""The partner of each lead, for those who are told of it."""

from collections.abc import Collection

from sqlalchemy import String, column, table
from sqlmodel import Session, select

ID = column("id", String)
PARTNER_ID = column("partner_id", String)
LEAD = table("lead", ID, PARTNER_ID)


def partners_of_leads(session: Session, ids: Collection[str]) -> dict[str, str]:
    """The partner of each lead with one of these ids; nothing is asked where there are none."""
    if not ids:
        return {}
    statement = select(ID, PARTNER_ID).select_from(LEAD).where(ID.in_(ids))
    return dict(session.exec(statement).all())
