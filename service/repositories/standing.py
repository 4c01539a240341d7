"""How things stand: totals, what waits, what is due next."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlmodel import Session, col, func, or_, select

from matching.vocabulary import GapStatus, LeadStatus
from models.enterprise import Enterprise
from models.gap import Gap
from models.investor import Investor
from models.lead import Lead
from models.partner import Partner
from models.zone import Zone

SYSTEM: Final = "system"
DEMONSTRATION: Final = "demo-"
"""How the callers' ids of demonstration data begin."""


def totals(session: Session) -> dict[str, int]:
    """How many there are of each kind that is active or open."""
    counted = {
        "investors": select(func.count(col(Investor.id))).where(col(Investor.closed_at).is_(None)),
        "gaps": select(func.count(col(Gap.id))).where(Gap.status == GapStatus.OPEN),
        "zones": select(func.count(col(Zone.id))),
        "partners": select(func.count(col(Partner.id))).where(col(Partner.closed_at).is_(None)),
    }
    return {name: session.exec(statement).one() for name, statement in counted.items()}


def holds_demonstration_only(session: Session) -> bool:
    """Whether nothing was ever registered or changed but what came with the demonstration."""
    told = [
        select(col(table.id)).where(
            or_(
                col(table.created_by) != SYSTEM,
                col(table.external_id).is_(None),
                col(table.external_id).not_like(f"{DEMONSTRATION}%"),
            )
        )
        for table in (Investor, Gap, Enterprise)
    ]
    zones = select(col(Zone.id)).where(or_(col(Zone.created_by) != SYSTEM, col(Zone.version) > 1))
    others = (*told, zones, select(col(Lead.id)))
    return all(session.exec(other.limit(1)).first() is None for other in others)


def leads_by_status(session: Session) -> dict[LeadStatus, int]:
    """How many leads have each status; 0 where none has it."""
    statement = select(Lead.status, func.count(col(Lead.id))).group_by(col(Lead.status))
    found = dict(session.exec(statement).all())
    return {status: found.get(status, 0) for status in LeadStatus}


def first_waiting(session: Session, statuses: Sequence[LeadStatus], most: int) -> Sequence[Lead]:
    """The leads with one of the statuses that were registered first."""
    statement = select(Lead).where(col(Lead.status).in_(statuses))
    return session.exec(statement.order_by(col(Lead.number)).limit(most)).all()


def next_due(session: Session, until: datetime, most: int) -> Sequence[Lead]:
    """The leads whose clocks ask for something before a moment, the soonest first."""
    statement = select(Lead).where(col(Lead.due_at) < until)
    return session.exec(statement.order_by(col(Lead.due_at), col(Lead.id)).limit(most)).all()
