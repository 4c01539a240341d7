"""Investors by id, by filter, and by what tells them apart."""

from collections.abc import Collection, Sequence

from sqlalchemy import or_
from sqlmodel import Session, col, select

from models.investor import Investor
from service.filters import InvestorFilter
from service.repositories.words import contains, is_among


def find(session: Session, investor_id: str) -> Investor | None:
    """The investor with that id, closed or not."""
    return session.exec(select(Investor).where(Investor.id == investor_id)).first()


def find_for_change(session: Session, investor_id: str) -> Investor | None:
    """The investor with that id, locked until the transaction ends."""
    statement = select(Investor).where(Investor.id == investor_id).with_for_update()
    return session.exec(statement).first()


def list_active(
    session: Session, wanted: InvestorFilter, before: int | None, most: int
) -> Sequence[Investor]:
    """Active investors, newest first, from the one registered before the number `before`."""
    statement = select(Investor).where(col(Investor.closed_at).is_(None))
    if wanted.q is not None:
        columns = (Investor.name, Investor.names, Investor.aliases, Investor.products)
        statement = statement.where(contains(wanted.q, *columns))
    if wanted.country is not None:
        statement = statement.where(Investor.country == wanted.country)
    if wanted.origin is not None:
        statement = statement.where(Investor.origin == wanted.origin)
    if wanted.external_id is not None:
        statement = statement.where(Investor.external_id == wanted.external_id)
    if before is not None:
        statement = statement.where(Investor.number < before)
    return session.exec(statement.order_by(col(Investor.number).desc()).limit(most)).all()


def find_by_external_id(session: Session, owner: str, external_id: str) -> Investor | None:
    """The active investor that a key registered under that id of its own."""
    statement = select(Investor).where(
        col(Investor.closed_at).is_(None),
        Investor.created_by == owner,
        Investor.external_id == external_id,
    )
    return session.exec(statement).first()


def by_external_id(
    session: Session, owner: str, external_ids: Collection[str]
) -> dict[str, Investor]:
    """The active investors that a key registered under those ids of its own, locked."""
    statement = select(Investor).where(
        col(Investor.closed_at).is_(None),
        Investor.created_by == owner,
        is_among(session, Investor.external_id, external_ids),
    )
    ordered = statement.order_by(col(Investor.id))
    found = session.exec(ordered.with_for_update(key_share=True)).all()
    return {str(row.external_id): row for row in found}


def by_id_for_change(session: Session, ids: Collection[str]) -> dict[str, Investor]:
    """The active investors with those ids, locked."""
    statement = select(Investor).where(col(Investor.closed_at).is_(None), col(Investor.id).in_(ids))
    ordered = statement.order_by(col(Investor.id))
    return {row.id: row for row in session.exec(ordered.with_for_update(key_share=True)).all()}


def list_with_identifier(session: Session, uscc: str | None, lei: str | None) -> Sequence[Investor]:
    """Active investors with that credit code or that LEI, in order of registration."""
    known = [(col(Investor.uscc), uscc), (col(Investor.lei), lei)]
    same = [column == code for column, code in known if code is not None]
    if not same:
        return []
    statement = select(Investor).where(col(Investor.closed_at).is_(None), or_(*same))
    return session.exec(statement.order_by(col(Investor.number))).all()


def list_named(session: Session) -> Sequence[tuple[str, str]]:
    """Id and name of every active investor, in order of registration."""
    statement = select(Investor.id, Investor.name).where(col(Investor.closed_at).is_(None))
    return session.exec(statement.order_by(col(Investor.number))).all()
