"""Leads as they are shown: a partner its own, administrators everything."""

import json
from collections.abc import Sequence
from datetime import datetime

from matching.vocabulary import LeadStatus, Scope
from models.company import ANYWHERE
from models.contact import ConsentPublic, ContactPublic
from models.investor import Investor, InvestorProfile
from models.lead import Lead, LeadMove
from models.lead_answers import (
    ClockPublic,
    LeadBrief,
    LeadForAdmin,
    LeadMoveForAdmin,
    LeadMovePublic,
    LeadPublic,
)
from models.match_batch import MatchRequest
from models.placement import LinkPlacement
from models.ranking import GapMatch
from models.sentences import SentencePublic
from service import clock
from service.leads.clocks import Clock
from service.leads.machine import Actor
from service.leads.wording import STATUS_TEXTS
from service.repositories import companies, contacts, investors, leads
from service.runtime import Work
from service.usecases import batch, lead_moves
from service.usecases.lead_duplicates import duplicates_of

MATCHES = 3
LAST = 2**62
"""An investor that has not joined the pool comes after every registered one."""


def briefs(work: Work, rows: Sequence[Lead]) -> list[LeadBrief]:
    """Leads as a list shows them."""
    moves, now = leads.moves_of(work.session, [row.id for row in rows]), clock.now()
    return [LeadBrief.model_validate(row, update=_brief(row, moves[row.id], now)) for row in rows]


def whole(work: Work, row: Lead, pool: Work) -> LeadPublic:
    """One lead in full; `LeadForAdmin` where an administrator asks.

    Args:
        work: the request.
        row: the lead.
        pool: where open gaps and investors are read: a session that sees one committed state.
    """
    moves = leads.moves_of(work.session, [row.id])[row.id]
    consent = contacts.consent_of(work.session, row.id)
    shown = _brief(row, moves, clock.now()) | {
        "investor": InvestorProfile.model_validate(row.investor),
        "contacts": persons_of(work, row.id),
        "consent": None if consent is None else ConsentPublic.model_validate(consent),
        "placement": _placement(work, row),
        "matches": _matches(pool, row),
    }
    if not work.caller.has(Scope.ADMIN):
        return LeadPublic.model_validate(row, update=shown)
    root = companies.root_of(work.session, row.company_id)
    holding = companies.holding_at(work.session, root, row.zone_id, row.link_id)
    hidden = {
        "company_id": root,
        "holder_id": None if holding is None else holding.lead_id,
        "duplicates": duplicates_of(work, pool, row, root),
    }
    return LeadForAdmin.model_validate(row, update=shown | hidden)


def persons_of(work: Work, lead_id: str) -> list[ContactPublic]:
    """The persons named in a lead."""
    rows = contacts.list_of(work.session, lead_id)
    return [ContactPublic.model_validate(row) for row in rows]


def moves_for_admin(rows: Sequence[LeadMove]) -> list[LeadMoveForAdmin]:
    """Moves of a lead with everything that was recorded."""
    return [LeadMoveForAdmin.model_validate(row, update=_move(row)) for row in rows]


def moves_told(rows: Sequence[LeadMove]) -> list[LeadMovePublic]:
    """Moves of a lead without what administrators wrote, but for what is to be supplied."""
    return [
        LeadMovePublic.model_validate(row, update=_move(row) | {"reason": _told(row)})
        for row in rows
    ]


def _move(row: LeadMove) -> dict[str, object]:
    return {"by": row.actor, "explanation": _explanation(row.status)}


def _told(row: LeadMove) -> str | None:
    """The words of a move that the lead's own partner may read."""
    is_own = row.actor == Actor.PARTNER
    return row.reason if is_own or STATUS_TEXTS[row.status].shows_reason else None


def _explanation(status: LeadStatus) -> SentencePublic:
    text = STATUS_TEXTS[status]
    return SentencePublic(zh=text.sentence_zh, en=text.sentence_en)


def _brief(row: Lead, moves: Sequence[LeadMove], now: datetime) -> dict[str, object]:
    shows_reason = STATUS_TEXTS[row.status].shows_reason
    return {
        "explanation": _explanation(row.status),
        "reason": moves[-1].reason if shows_reason else None,
        "investor_name": row.investor.name,
        "zone_id": None if row.zone_id == ANYWHERE else row.zone_id,
        "clocks": [_clock(found, now) for found in lead_moves.open_clocks(row, moves)],
    }


def _clock(found: Clock, now: datetime) -> ClockPublic:
    return ClockPublic(
        zh=found.title_zh,
        en=found.title_en,
        step=found.step,
        duty=found.duty.value,
        started_at=found.started_at,
        due_at=found.due_at,
        remind_at=found.remind_at,
        is_overdue=found.due_at <= now,
        on_overdue=found.on_overdue,
    )


def _placement(work: Work, row: Lead) -> list[LinkPlacement]:
    made_up = {"id": row.investor_id, "number": LAST, "created_by": row.created_by}
    profile = Investor.model_validate(row.investor, update=made_up)
    rules = work.rules.on(clock.china_day())
    return work.bench.descriptions.of(profile, rules).placement


def _matches(pool: Work, row: Lead) -> list[GapMatch]:
    """The gaps the investor fits best: of the pool's record where it has joined, else as sent."""
    has_joined = investors.find(pool.session, row.investor_id) is not None
    query = {"investor_id": row.investor_id} if has_joined else {"investor": row.investor}
    asked = MatchRequest.model_validate({"queries": {"lead": query}, "limit": MATCHES})
    found = json.loads(batch.match(pool, asked))["results"]["lead"]["matches"]
    return [GapMatch.model_validate(match) for match in found]
