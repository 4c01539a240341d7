"""Administrators' policies."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from models.policy_draft import StoredPolicy


def find(session: Session, policy_id: str) -> StoredPolicy | None:
    """The policy with that id."""
    return session.exec(select(StoredPolicy).where(StoredPolicy.id == policy_id)).first()


def find_for_change(session: Session, policy_id: str) -> StoredPolicy | None:
    """The policy with that id, locked until the transaction ends."""
    statement = select(StoredPolicy).where(StoredPolicy.id == policy_id).with_for_update()
    return session.exec(statement).first()


def list_before(session: Session, before: int | None, most: int) -> Sequence[StoredPolicy]:
    """Policies, the newest draft first, from the one that follows the number `before`.

    Drafts that were given up are left out.
    """
    statement = select(StoredPolicy).where(col(StoredPolicy.closed_at).is_(None))
    if before is not None:
        statement = statement.where(StoredPolicy.number < before)
    return session.exec(statement.order_by(col(StoredPolicy.number).desc()).limit(most)).all()


def list_pending(session: Session, most: int) -> Sequence[StoredPolicy]:
    """Policies of which an act awaits a second administrator, the first drafted first."""
    statement = select(StoredPolicy).where(col(StoredPolicy.pending).is_not(None))
    return session.exec(statement.order_by(col(StoredPolicy.number)).limit(most)).all()


def all_activated(session: Session) -> Sequence[StoredPolicy]:
    """Every policy that was ever activated, the one activated first coming first."""
    activated = col(StoredPolicy.activated_at).is_not(None)
    order = (col(StoredPolicy.activated_at), col(StoredPolicy.number))
    return session.exec(select(StoredPolicy).where(activated).order_by(*order)).all()
