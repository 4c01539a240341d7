"""The filters of the lists, as they come in a query; all that are given must hold."""

from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, BaseModel, Field

from matching.vocabulary import GapKind, GapStatus, LeadStatus, Origin, Region, Scope, ZoneTier
from models.identifiers import Country
from models.job import JobKind, JobStatus
from models.text import ChainId, Key, LinkId, ProvinceCode, ShortText, ZoneCode

MOST_EVENTS: Final = 2**63 - 1

Search = Annotated[ShortText | None, Field(description="Words that must occur, any case")]


class InvestorFilter(BaseModel):
    """Which investors to list; closed ones are left out."""

    q: Search = None
    country: Annotated[Country | None, Field(description="ISO 3166-1 alpha-2")] = None
    origin: Annotated[Origin | None, Field(description="foreign, hmt or domestic")] = None
    external_id: Annotated[Key | None, Field(description="The id it was registered with")] = None


class ZoneFilter(BaseModel):
    """Which zones to list."""

    q: Search = None
    region: Annotated[Region | None, Field(description="Its region")] = None
    province_code: Annotated[ProvinceCode | None, Field(description="GB/T 2260, 2 digits")] = None
    tier: Annotated[ZoneTier | None, Field(description="national, provincial or other")] = None


class GapFilter(BaseModel):
    """Which gaps to list, closed ones too unless a status is named."""

    q: Search = None
    zone_id: Annotated[ZoneCode | None, Field(description="The zone's code")] = None
    chain_id: Annotated[ChainId | None, Field(description="The chain")] = None
    link_id: Annotated[LinkId | None, Field(description="The link, `chain.link`")] = None
    kind: Annotated[GapKind | None, Field(description="weak or missing")] = None
    region: Annotated[Region | None, Field(description="Region of the zone")] = None
    province_code: Annotated[ProvinceCode | None, Field(description="Province of the zone")] = None
    status: Annotated[GapStatus | None, Field(description="open, filled or closed")] = None


class TimelineFilter(BaseModel):
    """Which links of a zone a timeline is about; without either all of them."""

    chain_id: Annotated[ChainId | None, Field(description="The chain")] = None
    link_id: Annotated[LinkId | None, Field(description="The link, `chain.link`")] = None


class EventOrder(StrEnum):
    """Which end of the log comes first."""

    NEWEST = "newest"
    OLDEST = "oldest"


class EventFilter(BaseModel):
    """Which events to read."""

    actor: Annotated[Key | None, Field(description="The key that acted, or system")] = None
    action: Annotated[Key | None, Field(description="Such as investor.created")] = None
    subject_type: Annotated[Key | None, Field(description="Such as investor")] = None
    subject_id: Annotated[Key | None, Field(description="The record")] = None
    since: Annotated[
        AwareDatetime | None, Field(description="At this moment or later, with a time zone")
    ] = None
    until: Annotated[
        AwareDatetime | None, Field(description="Before this moment, with a time zone")
    ] = None
    after: Annotated[
        int | None, Field(ge=0, le=MOST_EVENTS, description="With a higher number than this")
    ] = None


class LeadFilter(BaseModel):
    """Which leads to list."""

    status: Annotated[LeadStatus | None, Field(description="Where it stands")] = None
    partner_id: Annotated[Key | None, Field(description="The partner, for administrators")] = None
    gap_id: Annotated[Key | None, Field(description="The gap it is for")] = None
    zone_id: Annotated[ZoneCode | None, Field(description="The zone's code")] = None
    chain_id: Annotated[ChainId | None, Field(description="The chain")] = None
    link_id: Annotated[LinkId | None, Field(description="The link, `chain.link`")] = None


class KeyFilter(BaseModel):
    """Which keys to list."""

    scope: Annotated[Scope | None, Field(description="admin, portal or partner")] = None
    partner_id: Annotated[Key | None, Field(description="The partner it is bound to")] = None
    state: Annotated[
        Literal["in_force", "ended"] | None, Field(description="ended: revoked or expired")
    ] = None


class PartnerFilter(BaseModel):
    """Which partners to list."""

    q: Search = None
    state: Annotated[Literal["open", "closed"] | None, Field(description="Whether closed")] = None


class JobFilter(BaseModel):
    """Which jobs to list."""

    kind: Annotated[JobKind | None, Field(description="What it does: import")] = None
    status: Annotated[
        JobStatus | None, Field(description="queued, running, done, failed or cancelled")
    ] = None
