"""Taking the companies of two leads for one, and undoing it; no record of a lead changes by it.

What is joined are the companies. Only the holdings follow, so that a company has one holder at a
place whatever it is called, and go back when the join is undone.
"""

from typing import Final

from sqlmodel import Session

from models.company import Holding
from service.errors import LeadNotFound
from service.identities import Likeness, Reason, Relation
from service.lead_errors import NotMerged, PlacesCollide, SameCompany
from service.repositories import companies, leads
from service.runtime import Work
from service.usecases import companies as joining
from service.usecases.companies import Twin
from service.usecases.leads import find

DECIDED: Final = Likeness(
    Relation.SAME,
    (Reason("administrator", "由管理员认定为同一企业", "Taken for one by an administrator"),),
)


def merge(work: Work, lead_id: str, into: str) -> None:
    """Take the company of a lead, and all joined with it, for the company of another lead.

    Raises:
        LeadNotFound: one of the leads is not there.
        SameCompany: it is the same company already.
        PlacesCollide: both companies are held at one place; release one of them first.
    """
    session = work.session
    leads.lock(session)
    one, other = find(work, lead_id), leads.find(session, into, None)
    if other is None:
        raise LeadNotFound(f"There is no lead {into}")
    moved, kept = (companies.root_of(session, lead.company_id) for lead in (one, other))
    if moved == kept:
        raise SameCompany
    _check_places(session, moved, kept)
    _rename(session, list(companies.holdings_of(session, moved)), kept)
    joining.join(session, moved, Twin(kept, DECIDED), work.caller.key_id)


def unmerge(work: Work, lead_id: str) -> None:
    """Undo the last join by which the company of a lead became another: all is as before it.

    Also undoes what was joined when a lead was handed in, because the companies looked the same.

    Raises:
        LeadNotFound: no such lead.
        NotMerged: nothing joins its company to another.
    """
    session = work.session
    leads.lock(session)
    lead = find(work, lead_id)
    path = companies.path_of(session, lead.company_id)
    if not path:
        raise NotMerged
    last = max(path, key=lambda join: join.number)
    root = path[-1].into_id
    group = companies.group_under(session, last.company_id)
    theirs = {row.id for row in leads.list_of_companies(session, group)}
    held = [row for row in companies.holdings_of(session, root) if row.lead_id in theirs]
    _rename(session, held, last.company_id)
    joining.part(session, last, work.caller.key_id)


def is_merged(work: Work, lead_id: str) -> bool:
    """Whether a join is there that `unmerge` would undo.

    Raises:
        LeadNotFound: no such lead.
    """
    return companies.join_of(work.session, find(work, lead_id).company_id) is not None


def _check_places(session: Session, moved: str, kept: str) -> None:
    held = {(row.zone_id, row.link_id): row.lead_id for row in companies.holdings_of(session, kept)}
    for row in companies.holdings_of(session, moved):
        other = held.get((row.zone_id, row.link_id))
        if other is not None:
            raise PlacesCollide([row.lead_id, other])


def _rename(session: Session, rows: list[Holding], company_id: str) -> None:
    """Let what is held be held of another company; the rows are otherwise as they were."""
    for row in rows:
        row.company_id = company_id
        session.add(row)
    session.flush()
