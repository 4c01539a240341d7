"""Computed gaps as they are registered: the body that asks for it, and what became of each."""

from enum import StrEnum

from sqlmodel import Field

from matching.vocabulary import GapKind
from models.base import InputShape, PublicShape
from models.sentences import SentencePublic
from models.text import ChainId


class GapOutcome(StrEnum):
    """What one call did about a gap."""

    REGISTERED = "registered"
    REFRESHED = "refreshed"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    CLOSED = "closed"
    NOT_REGISTERED = "not_registered"


class GapsAsked(InputShape):
    """The body of `POST /v1/zones/{zone_id}/diagnosis/gaps`; may be empty."""

    chain_id: ChainId | None = Field(
        default=None, description="Only this chain; null = every chain with firms or declared"
    )

    model_config = {"json_schema_extra": {"examples": [{"chain_id": "ic"}]}}  # noqa: RUF012 - pydantic copies its settings


class GapTold(PublicShape):
    """A gap, computed or once computed, and what was done about it."""

    link_id: str = Field(description="The link")
    gap_id: str | None = Field(description="The registered gap; null = there is none")
    outcome: GapOutcome = Field(
        description="registered, refreshed, unchanged, kept (somebody else's word stands), closed "
        "(no longer computed, edited by nobody) or not_registered"
    )
    kind: GapKind | None = Field(description="weak or missing; null = no longer computed")
    priority: int | None = Field(description="Computed now, 0 to 100; null = no longer computed")
    why: SentencePublic = Field(description="Why this was done")


class GapsRegistered(PublicShape):
    """What one call made of a zone's computed gaps."""

    zone_id: str = Field(description="The zone's code")
    registered: int = Field(description="How many are new")
    refreshed: int = Field(description="How many have changed")
    unchanged: int = Field(description="How many were as computed")
    closed: int = Field(description="How many were closed: no longer computed, edited by nobody")
    items: list[GapTold] = Field(description="Every one of them, in the order of the links")
