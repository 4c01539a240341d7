"""A zone's timeline: what happened to its firms, and what that did to strength and gaps."""

from pydantic import AwareDatetime
from sqlmodel import Field

from matching.vocabulary import GapKind, GapStatus, LeadStatus, LinkStatus
from models.base import PublicShape
from models.sentences import SentencePublic


class LinkMoved(PublicShape):
    """A link before and after an event; the strength of a link without a list is unknown."""

    link_id: str = Field(description="The link")
    strength_before: int | None = Field(description="0 to 1000; null = unknown")
    strength_after: int | None = Field(description="0 to 1000; null = unknown")
    status_before: LinkStatus | None = Field(description="By the lines of today's policy")
    status_after: LinkStatus | None = Field(description="By the lines of today's policy")


class GapMoved(PublicShape):
    """A gap before and after an event."""

    id: str = Field(description="The gap")
    link_id: str = Field(description="Its link")
    kind: GapKind = Field(description="weak or missing")
    severity_before: int | None = Field(description="0 to 100; null = unknown, or not there yet")
    severity_after: int | None = Field(description="0 to 100; null = unknown")
    status_before: GapStatus | None = Field(description="null = it was not there yet")
    status_after: GapStatus = Field(description="open, filled or closed")


class LeadMoved(PublicShape):
    """A lead that moved."""

    id: str = Field(description="The lead")
    link_id: str = Field(description="Its link")
    gap_id: str | None = Field(description="The gap it is for; null = for the link")
    status: LeadStatus = Field(description="Its status from then on")


class TimelineEntry(SentencePublic):
    """One event of the log, in words and figures."""

    number: int = Field(description="Its number in the log")
    at: AwareDatetime = Field(description="When, UTC")
    action: str = Field(description="What was done, such as enterprise.landed")
    firms: list[str] = Field(description="External ids of the firms it is about")
    links: list[LinkMoved] = Field(description="Links whose strength or status it moved")
    gap: GapMoved | None = Field(description="The gap it is about; null = none")
    lead: LeadMoved | None = Field(
        description="The lead it is about; null = none. Leads are shown to administrators only"
    )
