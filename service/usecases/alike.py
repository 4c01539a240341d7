"""Leads and investors that may be the same company, for administrators to decide upon."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.investor import Investor
from models.lead import Lead
from models.lead_answers import DuplicateReason
from models.page import Page
from service.filters import InvestorFilter, LeadFilter
from service.pagination import PageParams, cut, fingerprint, read_cursor
from service.pool_register import identity_of
from service.repositories import companies, investors, leads
from service.runtime import Work
from service.usecases.lead_duplicates import duplicates_of

ALL_LEADS = LeadFilter()
ALL_INVESTORS = InvestorFilter()


@dataclass(frozen=True, slots=True)
class Alike:
    """Two records that may be one company."""

    id: str
    other_id: str
    joined_by: str | None
    """The lead that can be parted again where both are taken for one already; leads only."""
    relation: str
    """same or related."""
    reasons: Sequence[DuplicateReason]


def list_leads(work: Work, page: PageParams) -> Page[Alike]:
    """Pairs of leads that may be of one company, those of the newest leads first.

    Each pair comes once, with the later lead. A page holds what some leads lead to; it may be
    empty with others after it. The session must see one committed state.
    """
    mark = fingerprint("alike leads", None)
    before = read_cursor(mark, page.cursor, str)
    rows = leads.list_before(work.session, ALL_LEADS, before, page.limit + 1, None)
    kept, following = cut(rows, page.limit, mark, lambda row: row.id)
    items = [pair for row in kept for pair in _of_lead(work, row)]
    return Page[Alike](items=items, next_cursor=following)


def list_investors(work: Work, page: PageParams) -> Page[Alike]:
    """Pairs of investors of the pool that may be one, those of the newest first; see above."""
    mark = fingerprint("alike investors", None)
    before = read_cursor(mark, page.cursor, int)
    rows = investors.list_active(work.session, ALL_INVESTORS, before, page.limit + 1)
    kept, following = cut(rows, page.limit, mark, lambda row: row.number)
    items = [pair for row in kept for pair in _of_investor(work, row)]
    return Page[Alike](items=items, next_cursor=following)


def _of_lead(work: Work, row: Lead) -> Iterator[Alike]:
    root = companies.root_of(work.session, row.company_id)
    group = companies.group_under(work.session, root)
    found = [one for one in duplicates_of(work, work, row, root) if one.type == "lead"]
    others = {other.id: other for other in leads.by_ids(work.session, [one.id for one in found])}
    for one in found:
        other = others[one.id]
        if other.number > row.number or other.company_id == row.company_id:
            continue
        latest = row.id if row.company_id != root else other.id
        joined_by = latest if other.company_id in group else None
        yield Alike(row.id, other.id, joined_by, one.relation, one.reasons)


def _of_investor(work: Work, row: Investor) -> Iterator[Alike]:
    likenesses = work.runtime.investors.like(work.session, identity_of(row))
    for id_, likeness in likenesses.items():
        if id_ < row.id:
            told = [DuplicateReason(key=r.key, zh=r.zh, en=r.en) for r in likeness.reasons]
            yield Alike(row.id, id_, None, likeness.relation.value, told)
