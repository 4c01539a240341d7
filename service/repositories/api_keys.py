"""API keys by id and by digest."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session, col, or_, select, update

from matching.vocabulary import Scope
from models.api_key import ApiKey


def find_by_digest(session: Session, digest: str) -> ApiKey | None:
    """The key with a secret of that digest, its own or the one before; in force or not."""
    either = or_(ApiKey.secret_digest == digest, ApiKey.old_secret_digest == digest)
    return session.exec(select(ApiKey).where(either)).first()


def find_for_change(session: Session, key_id: str) -> ApiKey | None:
    """The key with that id, locked until the transaction ends."""
    return session.exec(select(ApiKey).where(ApiKey.id == key_id).with_for_update()).first()


def find(session: Session, key_id: str) -> ApiKey | None:
    """The key with that id, in force or not."""
    return session.exec(select(ApiKey).where(ApiKey.id == key_id)).first()


def list_after(session: Session, after: str | None, most: int) -> Sequence[ApiKey]:
    """Keys, oldest first, from the one that follows the id `after`."""
    statement = select(ApiKey).order_by(col(ApiKey.id)).limit(most)
    if after is not None:
        statement = statement.where(col(ApiKey.id) > after)
    return session.exec(statement).all()


def note_uses(session: Session, uses: Mapping[str, datetime]) -> None:
    """Say of keys when they were last used; an earlier moment than the stored one changes none."""
    for key_id, moment in sorted(uses.items()):
        is_news = or_(col(ApiKey.last_used_at).is_(None), col(ApiKey.last_used_at) < moment)
        session.exec(
            update(ApiKey).where(col(ApiKey.id) == key_id, is_news).values(last_used_at=moment)
        )


def lock_admins_in_force(session: Session, moment: datetime) -> Sequence[ApiKey]:
    """Administrators' keys that work at that moment; nobody else can revoke one meanwhile."""
    statement = (
        select(ApiKey)
        .where(
            ApiKey.scope == Scope.ADMIN,
            col(ApiKey.revoked_at).is_(None),
            or_(col(ApiKey.expires_at).is_(None), col(ApiKey.expires_at) > moment),
        )
        .order_by(col(ApiKey.id))
        .with_for_update()
    )
    return session.exec(statement).all()
