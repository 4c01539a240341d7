"""Leads: handing in, reading, following."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from matching.vocabulary import LeadStatus, Scope
from models.company import ANYWHERE, Company
from models.ids import new_id
from models.investor import InvestorCreate
from models.lead import Lead, LeadCreate
from models.lead_answers import LeadBrief, LeadMoveForAdmin, LeadMovePublic, LeadPublic
from models.page import Page
from models.partner import Partner
from service import clock, database
from service.company_register import identity_of
from service.errors import GapNotFound, InvestorNotFound, LeadNotFound, invalid
from service.facts import gap_facts
from service.filters import LeadFilter
from service.identities import Identity, Relation, compare
from service.lead_errors import LeadExists
from service.leads.machine import Actor, Move
from service.leads.templates import DEFAULT_RULES
from service.pagination import PageParams, cut, fingerprint, read_cursor
from service.repositories import companies as company_rows
from service.repositories import events, gaps, leads, partners, zones
from service.runtime import Work
from service.usecases import clocks, companies, contacts, lead_moves, lead_shapes, replays
from service.usecases.lead_moves import Step
from service.usecases.reference_checks import check_codes
from service.usecases.replays import Made, Ticket

BODY: Final = "body"


@dataclass(frozen=True, slots=True)
class Place:
    """What a lead is for: a link, in a zone or anywhere, perhaps by a gap."""

    link_id: str
    zone_id: str = ANYWHERE
    gap_id: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a lead is about."""

    investor_id: str
    investor: InvestorCreate
    company_id: str | None = None
    """The company of an earlier lead with the same investor."""


def submit(work: Work, body: LeadCreate, ticket: Ticket | None) -> Made:
    """Hand in a lead, or find the one this ticket handed in before."""
    return replays.once(work, ticket, "lead", partial(_create, work, body))


def _create(work: Work, body: LeadCreate) -> str:
    """Store a lead: everything that can be refused first, the numbered event last."""
    session = work.session
    partner = partners.find(session, work.caller.partner_id)
    assert partner is not None  # noqa: S101 - a key without a partner is not admitted
    contacts.check(body, clock.now())
    leads.lock(session)
    now = clock.now()
    subject, place = _subject(work, body, partner.id), _place(work, body, partner)
    identity = companies.identity_from(subject.investor)
    _check_own(work, partner.id, place, identity)
    twin = None
    if subject.company_id is None:
        twin = companies.find_twin(session, work.runtime.companies, identity)
    number = events.reserve(session)
    company_id = subject.company_id or companies.register(session, identity, number).id
    lead = Lead(
        number=number,
        created_by=work.caller.key_id,
        partner_id=partner.id,
        company_id=company_id,
        investor_id=subject.investor_id,
        investor=subject.investor,
        gap_id=place.gap_id,
        zone_id=place.zone_id,
        chain_id=place.link_id.partition(".")[0],
        link_id=place.link_id,
        note=body.note,
        rules=partner.lead_rules or DEFAULT_RULES,
    )
    move = Move(LeadStatus.SUBMITTED, now, Actor.PARTNER)
    lead_moves.begin(session, lead, Step(move, work.caller.key_id, None, now), number)
    contacts.store(session, lead.id, body, now)
    if twin is not None:
        companies.join(session, company_id, twin)
    return lead.id


def _subject(work: Work, body: LeadCreate, partner_id: str) -> Subject:
    """The investor as sent, or as in an earlier lead of the partner's own.

    Raises:
        InvestorNotFound: no lead of its own has that investor.
        NotValid: a code is unknown.
    """
    if body.investor is not None:
        reference = work.reference
        check_codes(reference, dict(body.investor), (BODY, "investor"))
        return Subject(new_id("inv"), body.investor)
    earlier = leads.find_of_investor(work.session, body.investor_id or "", partner_id)
    if earlier is None:
        raise InvestorNotFound("None of your leads has this investor")
    return Subject(earlier.investor_id, earlier.investor, earlier.company_id)


def _place(work: Work, body: LeadCreate, partner: Partner) -> Place:
    """Where the lead is for.

    Raises:
        GapNotFound: no such gap, or none that is open today.
        NotValid: link or zone is unknown, or the zone lies outside the partner's territories.
    """
    if body.gap_id is not None:
        return _place_of_gap(work, body.gap_id, partner)
    check_codes(work.reference, {"link_id": body.link_id})
    if body.zone_id is None:
        return Place(body.link_id or "")
    zone = zones.find(work.session, body.zone_id)
    if zone is None:
        raise invalid("is no registered zone", BODY, "zone_id")
    _check_territory(partner, zone.province_code, "zone_id")
    return Place(body.link_id or "", zone.id)


def _place_of_gap(work: Work, gap_id: str, partner: Partner) -> Place:
    gap = gaps.find(work.session, gap_id)
    zone = None if gap is None else zones.find(work.session, gap.zone_id)
    if gap is None or zone is None or not gap_facts(gap, zone).is_open_on(clock.china_day()):
        raise GapNotFound
    _check_territory(partner, zone.province_code, "gap_id")
    return Place(gap.link_id, gap.zone_id, gap.id)


def _check_territory(partner: Partner, province_code: str, field: str) -> None:
    if partner.territories and province_code not in partner.territories:
        raise invalid("lies outside the provinces agreed with you", BODY, field)


def _check_own(work: Work, partner_id: str, place: Place, identity: Identity) -> None:
    """Nothing when no live lead of the partner's own is for this company at this place.

    Held against its own leads only: what others have said of a company decides nothing here.

    Raises:
        LeadExists: one is; it is named.
    """
    live = leads.list_at(work.session, place.zone_id, place.link_id, lead_moves.LIVE)
    own = [row for row in live if row.partner_id == partner_id]
    clocks.settle(work.session, own, clock.now())
    named: dict[str, Company] = company_rows.by_id(work.session, [row.company_id for row in own])
    for row in own:
        likeness = compare(identity, identity_of(named[row.company_id]))
        if row.status in lead_moves.LIVE and likeness.relation is Relation.SAME:
            raise LeadExists(row.id)


def read(work: Work, lead_id: str) -> LeadPublic:
    """A lead in full, as the caller may see it; the session sees one committed state.

    Raises:
        LeadNotFound: no such lead, or another partner's.
    """
    return lead_shapes.whole(work, find(work, lead_id), work)


def written(work: Work, lead_id: str) -> LeadPublic:
    """The answer to a change: the lead as it is now, its matches of the committed state before it.

    What a process keeps in memory must not see what may yet be rolled back.
    """
    with database.snapshot(work.runtime.engine) as session:
        pool = replace(work, session=session)
        return lead_shapes.whole(work, find(work, lead_id), pool)


def list_page(work: Work, wanted: LeadFilter, page: PageParams) -> Page[LeadBrief]:
    """Leads, newest first: a partner's own, for administrators all."""
    mark = fingerprint("leads", wanted)
    before = read_cursor(mark, page.cursor, str)
    rows = leads.list_before(work.session, wanted, before, page.limit + 1, reach_of(work))
    kept, following = cut(rows, page.limit, mark, lambda row: row.id)
    return Page[LeadBrief](items=lead_shapes.briefs(work, kept), next_cursor=following)


def list_moves(
    work: Work, lead_id: str, page: PageParams
) -> Page[LeadMoveForAdmin] | Page[LeadMovePublic]:
    """The moves of a lead, oldest first.

    Raises:
        LeadNotFound: no such lead, or another partner's.
    """
    row = find(work, lead_id)
    mark = fingerprint(f"moves of {row.id}", None)
    after = read_cursor(mark, page.cursor, int) or 0
    moves = leads.moves_of(work.session, [row.id])[row.id][after : after + page.limit + 1]
    kept, following = cut(moves, page.limit, mark, lambda move: move.position)
    if work.caller.has(Scope.ADMIN):
        told = lead_shapes.moves_for_admin(kept)
        return Page[LeadMoveForAdmin](items=told, next_cursor=following)
    return Page[LeadMovePublic](items=lead_shapes.moves_told(kept), next_cursor=following)


def find(work: Work, lead_id: str) -> Lead:
    """The lead, if it is there for the caller.

    Raises:
        LeadNotFound: no such lead, or another partner's.
    """
    row = leads.find(work.session, lead_id, reach_of(work))
    if row is None:
        raise LeadNotFound
    return row


def reach_of(work: Work) -> str | None:
    """The partner whose leads the caller may see; None for administrators, who see all."""
    return None if work.caller.has(Scope.ADMIN) else work.caller.partner_id or ""
