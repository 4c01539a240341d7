"""What was answered to earlier POSTs, by the key that sent them and their Idempotency-Key."""

from datetime import datetime
from hashlib import sha256
from typing import Final

from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, delete, func, select

from models.idempotency import IdempotencyRecord

PATIENCE_SECONDS: Final = 5
PURGED_A_CALL: Final = 100


def claim(session: Session, owner: str, key: str) -> bool:
    """Whether the key is ours until the transaction ends; False when a first call is still running.

    SQLite has one writer, so there a first call is always over. On PostgreSQL an advisory lock
    stands for the key, because the record itself is written last.
    """
    if session.get_bind().dialect.name != "postgresql":
        return True
    number = int.from_bytes(sha256(f"{owner} {key}".encode()).digest()[:8], "big", signed=True)
    session.exec(select(func.set_config("lock_timeout", f"{PATIENCE_SECONDS}s", True))).one()
    try:
        session.exec(select(func.pg_advisory_xact_lock(number))).one()
    except OperationalError as error:
        if type(error.orig).__name__ != "LockNotAvailable":
            raise
        return False
    session.exec(select(func.set_config("lock_timeout", "0", True))).one()
    return True


def find(session: Session, owner: str, key: str, moment: datetime) -> IdempotencyRecord | None:
    """The record of that key, unless it has expired at that moment."""
    statement = select(IdempotencyRecord).where(
        IdempotencyRecord.owner == owner,
        IdempotencyRecord.key == key,
        col(IdempotencyRecord.expires_at) > moment,
    )
    return session.exec(statement).first()


def keep(session: Session, record: IdempotencyRecord) -> None:
    """Store a record, in place of an expired one with the same key."""
    session.exec(
        delete(IdempotencyRecord).where(
            col(IdempotencyRecord.owner) == record.owner, col(IdempotencyRecord.key) == record.key
        )
    )
    session.add(record)
    session.flush()


def purge(session: Session, moment: datetime) -> int:
    """Delete some records that have expired, leaving alone those another call is deleting.

    Fewer than `PURGED_A_CALL` were deleted: no more are left.
    """
    expired = session.exec(
        select(IdempotencyRecord)
        .where(col(IdempotencyRecord.expires_at) <= moment)
        .limit(PURGED_A_CALL)
        .with_for_update(skip_locked=True)
    ).all()
    for record in expired:
        session.delete(record)
    session.flush()
    return len(expired)
