"""Persons named in leads, and what they agreed to."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, delete, select

from models.contact import Consent, Contact


def list_of(session: Session, lead_id: str) -> Sequence[Contact]:
    """The persons named in a lead, in the order they were given."""
    statement = select(Contact).where(Contact.lead_id == lead_id)
    return session.exec(statement.order_by(col(Contact.position))).all()


def consent_of(session: Session, lead_id: str) -> Consent | None:
    """What the persons named in a lead agreed to."""
    return session.exec(select(Consent).where(Consent.lead_id == lead_id)).first()


def erase(session: Session, lead_id: str) -> None:
    """Delete the persons of a lead and their consent."""
    session.exec(delete(Contact).where(col(Contact.lead_id) == lead_id))
    session.exec(delete(Consent).where(col(Consent.lead_id) == lead_id))


def leads_past(session: Session, now: datetime, most: int) -> Sequence[str]:
    """The leads whose persons' data has been kept for as long as it may be."""
    statement = select(Consent.lead_id).where(col(Consent.retain_until) <= now)
    return session.exec(statement.order_by(col(Consent.retain_until)).limit(most)).all()
