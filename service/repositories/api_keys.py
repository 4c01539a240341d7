"""API keys by id and by digest."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, or_, select, update

from matching.vocabulary import Scope
from models.api_key import ApiKey
from service.filters import KeyFilter


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


def list_after(
    session: Session, wanted: KeyFilter, after: str | None, most: int, moment: datetime
) -> Sequence[ApiKey]:
    """Keys, oldest first, from the one that follows the id `after`; in force at that moment."""
    statement = select(ApiKey).order_by(col(ApiKey.id)).limit(most)
    if wanted.scope is not None:
        statement = statement.where(ApiKey.scope == wanted.scope)
    if wanted.partner_id is not None:
        statement = statement.where(ApiKey.partner_id == wanted.partner_id)
    if wanted.state is not None:
        is_in_force = _in_force(moment)
        statement = statement.where(is_in_force if wanted.state == "in_force" else ~is_in_force)
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
            _in_force(moment),
        )
        .order_by(col(ApiKey.id))
        .with_for_update()
    )
    return session.exec(statement).all()


def _in_force(moment: datetime) -> ColumnElement[bool]:
    """Neither revoked nor expired at that moment."""
    lasts = or_(col(ApiKey.expires_at).is_(None), col(ApiKey.expires_at) > moment)
    return and_(col(ApiKey.revoked_at).is_(None), lasts)
