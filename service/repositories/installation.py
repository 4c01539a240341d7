"""The one row that says a database has been set up."""

from sqlmodel import Session, select

from models.installation import Installation


def find(session: Session) -> Installation | None:
    """The installation, or None in a database that has not been set up."""
    return session.exec(select(Installation)).first()


def get(session: Session) -> Installation:
    """The installation of a database that has been set up."""
    return session.exec(select(Installation)).one()
