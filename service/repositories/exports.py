"""Records to be written out, some at a time, in the order of their ids."""

from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from matching.vocabulary import GapStatus
from models.enterprise import Enterprise
from models.gap import Gap
from models.investor import Investor
from models.lead import Lead
from models.zone import Zone

AT_A_TIME: Final = 500
Row = TypeVar("Row", Investor, Gap, Zone, Enterprise, Lead)


def investors(session: Session) -> Iterator[Investor]:
    """Active investors."""
    return _each(session, Investor, col(Investor.closed_at).is_(None))


def gaps(session: Session) -> Iterator[Gap]:
    """Gaps that are not closed."""
    return _each(session, Gap, col(Gap.status) != GapStatus.CLOSED)


def zones(session: Session) -> Iterator[Zone]:
    """Every zone."""
    return _each(session, Zone)


def enterprises(session: Session) -> Iterator[Enterprise]:
    """Enterprises of the zones' lists."""
    return _each(session, Enterprise, col(Enterprise.lead_id).is_(None))


def leads(session: Session) -> Iterator[Lead]:
    """Every lead."""
    return _each(session, Lead)


def _each(session: Session, kind: type[Row], *conditions: ColumnElement[bool]) -> Iterator[Row]:
    """The rows that meet the conditions; none is kept in the session."""
    after = ""
    while True:
        statement = select(kind).where(col(kind.id) > after, *conditions)
        rows: Sequence[Row] = session.exec(statement.order_by(col(kind.id)).limit(AT_A_TIME)).all()
        for row in rows:
            session.expunge(row)
        yield from rows
        if len(rows) < AT_A_TIME:
            return
        after = rows[-1].id
