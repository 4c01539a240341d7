"""Leads as answered: to their own partner, and to administrators with what partners never see."""

from typing import Literal

from pydantic import AwareDatetime
from sqlmodel import Field

from matching.vocabulary import LeadStatus
from models.base import PublicShape, RecordPublic
from models.contact import ConsentPublic, ContactPublic
from models.investor import InvestorProfile
from models.placement import LinkPlacement
from models.ranking import GapMatch
from models.sentences import SentencePublic

Duty = Literal["administrator", "partner", "system"]


class ClockPublic(SentencePublic):
    """A duty that is to be done by a certain moment."""

    step: str = Field(description="Which duty, for programs: lower_snake")
    duty: Duty = Field(description="Whose duty it is")
    started_at: AwareDatetime = Field(description="Since when, UTC")
    due_at: AwareDatetime = Field(description="The first instant that is too late, UTC")
    remind_at: AwareDatetime | None = Field(description="When it is reminded of, UTC; null = never")
    is_overdue: bool = Field(description="Whether it is too late already")
    on_overdue: LeadStatus | None = Field(
        description="What the lead becomes when the time is over; null = only told"
    )


class LeadBrief(RecordPublic):
    """A lead in a list."""

    partner_id: str = Field(description="The partner that handed it in")
    status: LeadStatus = Field(
        description="submitted, under_review, accepted, negotiating, signed, landed; or rejected, "
        "returned, expired, released, withdrawn"
    )
    explanation: SentencePublic = Field(description="What the status means")
    reason: str | None = Field(description="What to supply, where it was returned; else null")
    investor_id: str = Field(description="The investor; in the pool once the lead is accepted")
    investor_name: str = Field(description="Its name")
    gap_id: str | None = Field(description="The gap it is for; null = for the link")
    zone_id: str | None = Field(description="The zone; null = no zone in particular")
    chain_id: str = Field(description="The chain")
    link_id: str = Field(description="The link it is for")
    protected_until: AwareDatetime | None = Field(
        description="Until when it is protected, UTC; null = no window runs"
    )
    clocks: list[ClockPublic] = Field(description="The duties that are open, by their start")


class LeadPublic(LeadBrief):
    """A lead as its own partner sees it."""

    investor: InvestorProfile = Field(description="The investor's profile as handed in")
    note: str | None = Field(description="What else is to be known")
    contacts: list[ContactPublic] = Field(description="The persons named; empty when erased")
    consent: ConsentPublic | None = Field(description="What they agreed to; null = none or erased")
    contacts_erased_at: AwareDatetime | None = Field(
        description="When the persons' data was erased, UTC; null = never"
    )
    placement: list[LinkPlacement] = Field(description="The links it belongs to, best first")
    matches: list[GapMatch] = Field(description="The three open gaps it fits best")


class DuplicateReason(SentencePublic):
    """What two records have in common."""

    key: str = Field(description="What kind of reason, for programs: lower_snake")


class LeadDuplicate(PublicShape):
    """A record that may be the same company, or a related one."""

    type: Literal["lead", "company", "investor"] = Field(description="What it is")
    id: str = Field(description="Its id")
    relation: Literal["same", "related"] = Field(
        description="same: taken for one company; related: linked, never merged"
    )
    reasons: list[DuplicateReason] = Field(description="Why")


class LeadForAdmin(LeadPublic):
    """A lead as administrators see it."""

    company_id: str = Field(description="The company that all leads joined with it are taken for")
    holder_id: str | None = Field(description="The lead that holds the place; null = none does")
    duplicates: list[LeadDuplicate] = Field(
        description="Leads, companies and investors of the pool that may be the same or related"
    )


class LeadMovePublic(PublicShape):
    """One move of a lead, as its own partner sees it."""

    at: AwareDatetime = Field(description="When it happened, UTC")
    status: LeadStatus = Field(description="The status after it; the one before = a report")
    by: Duty = Field(description="Who did it")
    explanation: SentencePublic = Field(description="What it means")
    reason: str | None = Field(
        description="Your own words, or what to supply where it was returned; else null"
    )


class LeadMoveForAdmin(LeadMovePublic):
    """One move of a lead, as administrators see it."""

    key_id: str = Field(description="The key that did it, or system")
    recorded_at: AwareDatetime = Field(description="When it was recorded, UTC")
