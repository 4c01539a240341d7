"""Companies as leads name them, what joins them, and who holds them."""

from collections.abc import Collection, Sequence

from sqlmodel import Session, col, delete, select

from models.company import Company, CompanyJoin, Holding


def id_at(session: Session, number: int) -> str | None:
    """The id of the company with that number, if there is one."""
    return session.exec(select(Company.id).where(Company.number == number)).first()


def list_since(session: Session, number: int) -> Sequence[Company]:
    """The companies after a number, in order of registration."""
    statement = select(Company).where(Company.number > number)
    return session.exec(statement.order_by(col(Company.number))).all()


def by_id(session: Session, ids: Collection[str]) -> dict[str, Company]:
    """The companies with those ids."""
    found = session.exec(select(Company).where(col(Company.id).in_(ids))).all()
    return {row.id: row for row in found}


def join_of(session: Session, company_id: str) -> CompanyJoin | None:
    """What joins a company to another now, if anything does."""
    statement = select(CompanyJoin).where(
        CompanyJoin.company_id == company_id, col(CompanyJoin.undone_at).is_(None)
    )
    return session.exec(statement).first()


def path_of(session: Session, company_id: str) -> list[CompanyJoin]:
    """The joins from a company to the one it is taken for in the end, nearest first."""
    path: list[CompanyJoin] = []
    join = join_of(session, company_id)
    while join is not None:
        path.append(join)
        join = join_of(session, join.into_id)
    return path


def root_of(session: Session, company_id: str) -> str:
    """The company that one is taken for in the end; itself where nothing joins it."""
    path = path_of(session, company_id)
    return path[-1].into_id if path else company_id


def group_under(session: Session, company_id: str) -> set[str]:
    """A company and all that are joined to it, directly or not."""
    group = {company_id}
    new = {company_id}
    while new:
        statement = select(CompanyJoin.company_id).where(
            col(CompanyJoin.into_id).in_(new), col(CompanyJoin.undone_at).is_(None)
        )
        new = set(session.exec(statement)) - group
        group |= new
    return group


def holding_at(session: Session, company_id: str, zone_id: str, link_id: str) -> Holding | None:
    """Who holds a company (the one others are taken for) at a zone's link."""
    return session.exec(
        select(Holding).where(
            Holding.company_id == company_id,
            Holding.zone_id == zone_id,
            Holding.link_id == link_id,
        )
    ).first()


def holdings_of(session: Session, company_id: str) -> Sequence[Holding]:
    """All holdings of a company, in a fixed order."""
    statement = select(Holding).where(Holding.company_id == company_id)
    return session.exec(statement.order_by(col(Holding.zone_id), col(Holding.link_id))).all()


def release(session: Session, lead_id: str) -> None:
    """Take away what a lead holds, if anything."""
    session.exec(delete(Holding).where(col(Holding.lead_id) == lead_id))
