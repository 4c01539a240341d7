"""Administrators' sessions in a browser, by the digest of their token."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, or_, select

from models.admin_session import AdminSession


def find(session: Session, digest: str) -> AdminSession | None:
    """The session with that digest, over or not."""
    return session.exec(select(AdminSession).where(AdminSession.digest == digest)).first()


def find_for_change(session: Session, digest: str) -> AdminSession | None:
    """The session with that digest, locked until the transaction ends."""
    statement = select(AdminSession).where(AdminSession.digest == digest).with_for_update()
    return session.exec(statement).first()


def end(session: Session, digest: str) -> None:
    """Delete one session, if it is there."""
    session.exec(delete(AdminSession).where(col(AdminSession.digest) == digest))


def end_all_of(session: Session, key_id: str) -> None:
    """Delete every session that was opened with a key."""
    session.exec(delete(AdminSession).where(col(AdminSession.key_id) == key_id))


def purge(session: Session, now: datetime, idle: timedelta) -> None:
    """Delete the sessions that are over, by age or because nobody used them."""
    over = or_(col(AdminSession.expires_at) <= now, col(AdminSession.last_seen_at) <= now - idle)
    session.exec(delete(AdminSession).where(over))
