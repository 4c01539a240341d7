"""Moving a lead: what is allowed to whom, who comes first, and what else follows from a move."""

from datetime import datetime
from typing import Final

from matching.vocabulary import LeadStatus, Scope
from models.company import Holding
from models.investor import Investor
from models.lead import Lead, TransitionRequest
from service import clock
from service.errors import invalid
from service.facts import gap_facts
from service.lead_errors import GapNotOpen, LeadAhead, MoveRefused, PlaceHeld
from service.leads.machine import FINAL, Actor, Move, MoveNotAllowed, check_move
from service.repositories import companies, contacts, events, gaps, investors, leads, zones
from service.runtime import Work
from service.security import SYSTEM
from service.usecases import clocks, history, lead_moves, outcome
from service.usecases.contacts import check_text
from service.usecases.lead_moves import WAITING, Step
from service.usecases.leads import find

LETS_GO: Final = FINAL - {LeadStatus.LANDED}
"""Ends after which the place is free. Who has landed a company stays its introducer there."""


def transition(work: Work, lead_id: str, body: TransitionRequest) -> None:
    """Move a lead, or record a report of it.

    Raises:
        LeadNotFound: no such lead, or another partner's.
        MoveRefused: not from where it stands, or not by this caller.
        PlaceHeld: another lead holds the company there.
        LeadAhead: another partner's lead of the company came first and is not decided yet.
        GapNotOpen: the gap takes nobody any more.
        GapFull: as many as it can take have signed.
        NotValid: the moment lies in the future or before the last move; the reason names a person.
    """
    session = work.session
    leads.lock(session)
    lead = find(work, lead_id)
    locked = outcome.lock_gaps(work, lead, body.to)
    now = clock.now()
    clocks.settle(session, _at_same_place(work, lead), now)
    move = _move(work, lead, body, now)
    rows = leads.moves_of(session, [lead.id])[lead.id]
    if move.at < rows[-1].at:
        raise invalid("lies before the last move", "body", "at")
    check_text(body.reason, contacts.list_of(session, lead.id), "reason")
    before = lead.status
    is_accepted = move.status is LeadStatus.ACCEPTED is not before
    if is_accepted:
        _hold(work, lead, move.at)
    if move.status in LETS_GO:
        companies.release(session, lead.id)
    lead_moves.record(session, lead, rows, Step(move, work.caller.key_id, body.reason, now))
    if is_accepted:
        _join_pool(work, lead)
    outcome.follow(work, lead, before, locked)


def _at_same_place(work: Work, lead: Lead) -> list[Lead]:
    """The live leads of the company at that place, this one first."""
    group = companies.group_under(work.session, companies.root_of(work.session, lead.company_id))
    live = leads.list_at(work.session, lead.zone_id, lead.link_id, lead_moves.LIVE)
    others = [row for row in live if row.company_id in group and row.id != lead.id]
    return [lead, *others]


def _move(work: Work, lead: Lead, body: TransitionRequest, now: datetime) -> Move:
    """The move asked for, which the caller may make."""
    is_office = work.caller.has(Scope.ADMIN)
    actor = Actor.ADMINISTRATOR if is_office else Actor.PARTNER
    try:
        check_move(lead.status, body.to, actor)
    except MoveNotAllowed as refusal:
        raise MoveRefused(str(refusal), refusal.allowed) from refusal
    at = body.at or now
    if at > now:
        raise invalid("lies in the future", "body", "at")
    return Move(body.to, at, actor)


def _hold(work: Work, lead: Lead, since: datetime) -> None:
    """Let a lead hold its company at its place, if nobody does and nobody came before it."""
    session = work.session
    root = companies.root_of(session, lead.company_id)
    holding = companies.holding_at(session, root, lead.zone_id, lead.link_id)
    if holding is not None:
        raise PlaceHeld(holding.lead_id)
    for other in _at_same_place(work, lead)[1:]:
        is_before = other.number < lead.number and other.partner_id != lead.partner_id
        if is_before and other.status in WAITING:
            raise LeadAhead(other.id)
    _check_gap(work, lead)
    session.add(
        Holding(
            company_id=root,
            zone_id=lead.zone_id,
            link_id=lead.link_id,
            lead_id=lead.id,
            since=since,
        )
    )
    session.flush()


def _check_gap(work: Work, lead: Lead) -> None:
    gap = None if lead.gap_id is None else gaps.find(work.session, lead.gap_id)
    zone = None if gap is None else zones.find(work.session, gap.zone_id)
    if gap is None or zone is None:
        return
    if not gap_facts(gap, zone).is_open_on(clock.china_day()):
        raise GapNotOpen


def _join_pool(work: Work, lead: Lead) -> None:
    """Register the investor under the id its lead promised, without the partner's own id for it."""
    if investors.find(work.session, lead.investor_id) is not None:
        return
    number = events.reserve(work.session)
    derived = {"id": lead.investor_id, "number": number, "created_by": SYSTEM, "external_id": None}
    row = Investor.model_validate(lead.investor, update=derived)
    history.created(work.session, work.caller.key_id, row, number)
