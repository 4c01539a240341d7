"""Administrators' sessions in a browser, by the digest of their token."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, or_, select

from models.browser_session import BrowserSession


def find(session: Session, digest: str) -> BrowserSession | None:
    """The session with that digest, over or not."""
    return session.exec(select(BrowserSession).where(BrowserSession.digest == digest)).first()


def find_for_change(session: Session, digest: str) -> BrowserSession | None:
    """The session with that digest, locked until the transaction ends."""
    statement = select(BrowserSession).where(BrowserSession.digest == digest).with_for_update()
    return session.exec(statement).first()


def end(session: Session, digest: str) -> None:
    """Delete one session, if it is there."""
    session.exec(delete(BrowserSession).where(col(BrowserSession.digest) == digest))


def end_all_of(session: Session, key_id: str) -> None:
    """Delete every session that was opened with a key."""
    session.exec(delete(BrowserSession).where(col(BrowserSession.key_id) == key_id))


def purge(session: Session, now: datetime, idle: timedelta) -> None:
    """Delete the sessions that are over, by age or because nobody used them."""
    over = or_(
        col(BrowserSession.expires_at) <= now, col(BrowserSession.last_seen_at) <= now - idle
    )
    session.exec(delete(BrowserSession).where(over))
