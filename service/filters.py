"""The filters of the lists, as they come in a query; all that are given must hold."""

from typing import Annotated

from pydantic import BaseModel, Field

from matching.vocabulary import GapKind, GapStatus, LeadStatus, Origin, Region, ZoneTier
from models.identifiers import Country
from models.job import JobKind, JobStatus
from models.text import ChainId, Key, LinkId, ProvinceCode, ShortText, ZoneCode

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


class LeadFilter(BaseModel):
    """Which leads to list."""

    status: Annotated[LeadStatus | None, Field(description="Where it stands")] = None
    partner_id: Annotated[Key | None, Field(description="The partner, for administrators")] = None
    gap_id: Annotated[Key | None, Field(description="The gap it is for")] = None
    zone_id: Annotated[ZoneCode | None, Field(description="The zone's code")] = None
    chain_id: Annotated[ChainId | None, Field(description="The chain")] = None
    link_id: Annotated[LinkId | None, Field(description="The link, `chain.link`")] = None


class JobFilter(BaseModel):
    """Which jobs to list."""

    kind: Annotated[JobKind | None, Field(description="What it does: import")] = None
    status: Annotated[
        JobStatus | None, Field(description="queued, running, done, failed or cancelled")
    ] = None
