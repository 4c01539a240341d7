"""What a lead may duplicate, for administrators: other leads, companies, investors of the pool."""

from collections.abc import Iterable, Iterator
from typing import Literal

from models.lead import Lead
from models.lead_answers import DuplicateReason, LeadDuplicate
from service.identities import Identity, Likeness, Reason
from service.repositories import companies, leads
from service.runtime import Work
from service.usecases.companies import identity_from

MOST = 50
JOINED = Reason("joined", "已认定为同一企业", "Taken for the same company")
"""For a lead of the same company that has nothing visible in common with this one."""


def duplicates_of(work: Work, pool: Work, row: Lead, root: str) -> list[LeadDuplicate]:
    """Other records of the same company or a related one: leads, companies, then investors.

    Args:
        work: the request of an administrator.
        pool: where investors are looked up: a session that sees one committed state.
        row: the lead.
        root: the company that the lead's is taken for.
    """
    identity = identity_from(row.investor)
    alike = work.runtime.companies.like(work.session, identity)
    group = companies.group_under(work.session, root)
    found = [
        *_leads(work, row, group, alike),
        *_companies(work, group, alike),
        *_investors(pool, row, identity),
    ]
    return found[:MOST]


def _leads(
    work: Work, row: Lead, group: set[str], alike: dict[str, Likeness]
) -> Iterator[LeadDuplicate]:
    for other in leads.list_of_companies(work.session, group | set(alike)):
        if other.id == row.id:
            continue
        likeness = alike.get(other.company_id)
        reasons = likeness.reasons if likeness is not None else (JOINED,)
        relation = "same" if other.company_id in group else _relation(likeness)
        yield _duplicate("lead", other.id, relation, reasons)


def _companies(work: Work, group: set[str], alike: dict[str, Likeness]) -> Iterator[LeadDuplicate]:
    """Companies that nothing joins with this one; each is named by the one it is taken for."""
    told: set[str] = set()
    for company_id, likeness in alike.items():
        root = companies.root_of(work.session, company_id)
        if company_id in group or root in told:
            continue
        told.add(root)
        yield _duplicate("company", root, _relation(likeness), likeness.reasons)


def _investors(pool: Work, row: Lead, identity: Identity) -> Iterator[LeadDuplicate]:
    for id_, likeness in pool.runtime.investors.like(pool.session, identity).items():
        if id_ != row.investor_id:
            yield _duplicate("investor", id_, _relation(likeness), likeness.reasons)


def _relation(likeness: Likeness | None) -> Literal["same", "related"]:
    return "same" if likeness is not None and likeness.relation == "same" else "related"


def _duplicate(
    kind: Literal["lead", "company", "investor"],
    id_: str,
    relation: Literal["same", "related"],
    reasons: Iterable[Reason],
) -> LeadDuplicate:
    told = [DuplicateReason(key=reason.key, zh=reason.zh, en=reason.en) for reason in reasons]
    return LeadDuplicate(type=kind, id=id_, relation=relation, reasons=told)
