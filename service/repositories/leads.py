"""Leads and their moves. A partner's id in a call keeps all others' leads out of the answer."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from sqlmodel import Session, col, func, select

from matching.vocabulary import LeadStatus
from models.lead import Lead, LeadMove
from service.filters import LeadFilter

LEAD_LOCK: Final = 0x62756C69616E + 2
"""Any number that all processes share and nothing else uses."""


def lock(session: Session) -> None:
    """Be the only one who writes leads until the transaction ends; SQLite has one writer anyhow.

    Who came first, who holds, and which company is which are decided under it. Taken before any
    row is locked and before an event's number is reserved.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.exec(select(func.pg_advisory_xact_lock(LEAD_LOCK))).one()


def find(session: Session, lead_id: str, partner_id: str | None) -> Lead | None:
    """The lead with that id: of that partner, or of any where none is named."""
    statement = select(Lead).where(Lead.id == lead_id)
    if partner_id is not None:
        statement = statement.where(Lead.partner_id == partner_id)
    return session.exec(statement).first()


def by_ids(session: Session, ids: Collection[str]) -> Sequence[Lead]:
    """The leads with those ids, in order of registration."""
    statement = select(Lead).where(col(Lead.id).in_(ids))
    return session.exec(statement.order_by(col(Lead.number))).all()


def find_of_investor(session: Session, investor_id: str, partner_id: str) -> Lead | None:
    """The partner's first lead of an investor."""
    statement = (
        select(Lead)
        .where(Lead.investor_id == investor_id, Lead.partner_id == partner_id)
        .order_by(col(Lead.number))
    )
    return session.exec(statement).first()


def list_before(
    session: Session, wanted: LeadFilter, before: str | None, most: int, partner_id: str | None
) -> Sequence[Lead]:
    """Leads, newest first, from the one before the id `before`; of one partner, if one is named.

    The order is that of the ids: a place in it says nothing of how many leads there are.
    """
    statement = select(Lead)
    for name, value in wanted.model_dump(exclude_none=True).items():
        statement = statement.where(getattr(Lead, name) == value)
    if partner_id is not None:
        statement = statement.where(Lead.partner_id == partner_id)
    if before is not None:
        statement = statement.where(col(Lead.id) < before)
    return session.exec(statement.order_by(col(Lead.id).desc()).limit(most)).all()


def list_at(
    session: Session, zone_id: str, link_id: str, statuses: Collection[LeadStatus]
) -> Sequence[Lead]:
    """The leads for a zone's link with one of the statuses, in order of registration."""
    statement = select(Lead).where(
        Lead.zone_id == zone_id, Lead.link_id == link_id, col(Lead.status).in_(statuses)
    )
    return session.exec(statement.order_by(col(Lead.number))).all()


def list_of_companies(session: Session, company_ids: Collection[str]) -> Sequence[Lead]:
    """The leads of these companies, in order of registration."""
    statement = select(Lead).where(col(Lead.company_id).in_(company_ids))
    return session.exec(statement.order_by(col(Lead.number))).all()


def count_landed(session: Session, gap_id: str) -> int:
    """How many leads for a gap have landed."""
    statement = select(func.count(col(Lead.id))).where(
        Lead.gap_id == gap_id, Lead.status == LeadStatus.LANDED
    )
    return session.exec(statement).one()


def gaps_asked_for(
    session: Session, gap_ids: Collection[str], statuses: Collection[LeadStatus]
) -> set[str]:
    """Those of the gaps for which a lead of one of these statuses is."""
    statement = select(Lead.gap_id).where(
        col(Lead.gap_id).in_(gap_ids), col(Lead.status).in_(statuses)
    )
    return {gap_id for gap_id in session.exec(statement) if gap_id is not None}


def of_zone(session: Session, zone_id: str) -> Sequence[Lead]:
    """Every lead for a zone, in the order of their ids."""
    return session.exec(select(Lead).where(Lead.zone_id == zone_id).order_by(col(Lead.id))).all()


def list_due(session: Session, now: datetime, most: int) -> Sequence[Lead]:
    """Leads whose clocks ask for something, the longest due first."""
    statement = select(Lead).where(col(Lead.due_at) <= now)
    return session.exec(statement.order_by(col(Lead.due_at), col(Lead.id)).limit(most)).all()


def moves_of(session: Session, lead_ids: Collection[str]) -> dict[str, list[LeadMove]]:
    """The moves of these leads, in order."""
    statement = (
        select(LeadMove)
        .where(col(LeadMove.lead_id).in_(lead_ids))
        .order_by(col(LeadMove.lead_id), col(LeadMove.position))
    )
    found: dict[str, list[LeadMove]] = {lead_id: [] for lead_id in lead_ids}
    for move in session.exec(statement):
        found[move.lead_id].append(move)
    return found
