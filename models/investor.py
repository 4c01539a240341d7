"""Investors: what is stored, what is sent, what is answered."""

from datetime import datetime
from typing import Any, Self

from pydantic import AwareDatetime, model_validator
from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from matching.vocabulary import Activity, Origin, Region, SmartManufacturing
from models.agreement import check_any, check_order
from models.base import (
    CreateShape,
    InputShape,
    PublicShape,
    Record,
    RecordPublic,
    UpdateShape,
)
from models.columns import JsonOf, enum_column
from models.countries import HMT
from models.identifiers import Country, Lei, Uscc, Website
from models.ids import new_id
from models.industry import IndustryCode
from models.lists import Several, SeveralOrNull
from models.placement import DuplicatePublic, LinkPlacement
from models.quantities import Count, Day, Flag, FlagOrFalse, Level, Money, Percent, Quantity
from models.sentences import WarningPublic
from models.text import Key, LanguageTag, Name, ProvinceCode, ShortText


class LocalName(InputShape):
    """A name in one language."""

    lang: LanguageTag = Field(description="Language: zh, en or another short BCP 47 tag")
    name: Name = Field(description="The name in that language")


class InvestorPlan(SQLModel):
    """What an investor may say of itself and its project; null = unknown, never zero."""

    uscc: Uscc | None = Field(
        default=None,
        description="统一社会信用代码, the unified social credit code (GB 32100), 18 characters",
    )
    lei: Lei | None = Field(
        default=None, description="Legal entity identifier (ISO 17442), 20 characters"
    )
    website: Website | None = Field(default=None, description="Web address, http or https")
    planned_investment_min_cny: Money | None = Field(
        default=None, sa_type=BigInteger, description="Least planned investment, CNY"
    )
    planned_investment_max_cny: Money | None = Field(
        default=None, sa_type=BigInteger, description="Greatest planned investment, CNY"
    )
    jobs: Count | None = Field(default=None, description="Jobs the project would make")
    land_ha: Quantity | None = Field(default=None, description="Land the project needs, hectares")
    planned_output_cny: Money | None = Field(
        default=None, sa_type=BigInteger, description="Planned output of the project, CNY a year"
    )
    energy_tce: Quantity | None = Field(
        default=None, description="Energy of the project, tonnes of coal equivalent a year"
    )
    emissions_tco2e: Quantity | None = Field(
        default=None, description="Emissions of the project, tonnes of CO2 equivalent a year"
    )
    circular: Flag | None = Field(
        default=None, description="Whether the project reuses, recycles or remanufactures"
    )
    rd_intensity_pct: Percent | None = Field(
        default=None, description="R&D expenditure, percent of sales"
    )
    rd_centre_committed: Flag | None = Field(
        default=None, description="Whether an R&D centre or laboratory is committed to"
    )
    patents: Count | None = Field(default=None, description="Patents held, number")
    technology_level: Level | None = Field(
        default=None, description="Technology level, 1 (mature) to 5 (leading edge)"
    )
    is_chain_leader: Flag | None = Field(
        default=None, description="链主: whether it leads an industry chain"
    )
    revenue_cny: Money | None = Field(
        default=None, sa_type=BigInteger, description="Revenue of the group, CNY a year"
    )
    employees: Count | None = Field(default=None, description="Employees of the group, number")
    local_sourcing_pct: Percent | None = Field(
        default=None, description="Share of inputs to be bought in the region, percent"
    )
    joint_venture: Flag | None = Field(
        default=None, description="Whether a joint venture with a local firm is planned"
    )
    start_by: Day | None = Field(default=None, description="Latest start of the project, a day")
    external_id: Key | None = Field(
        default=None, description="The caller's own id; unique among its open records"
    )


class InvestorInput(InvestorPlan, InputShape):
    """The part of the body that POST and PATCH share."""

    names: SeveralOrNull[LocalName] = Field(default_factory=list, description="Names by language")
    origin: Origin | None = Field(
        default=None,
        description="foreign, hmt or domestic; null = from the country: CN domestic; "
        "HK, MO, TW hmt; else foreign",
    )
    aliases: SeveralOrNull[ShortText] = Field(default_factory=list, description="Other names")
    industry_codes: SeveralOrNull[IndustryCode] = Field(
        default_factory=list, description="Industry codes with their classification"
    )
    products: SeveralOrNull[ShortText] = Field(
        default_factory=list,
        description="Products and services in the caller's words, any language",
    )
    activities: SeveralOrNull[Activity] = Field(
        default_factory=list, description="What it would do in the zone"
    )
    smart_manufacturing: SeveralOrNull[SmartManufacturing] = Field(
        default_factory=list, description="智造六化: which of the six it brings"
    )
    preferred_regions: SeveralOrNull[Region] = Field(
        default_factory=list, description="Regions it prefers"
    )
    preferred_provinces: SeveralOrNull[ProvinceCode] = Field(
        default_factory=list, description="Provinces it prefers, GB/T 2260, two digits"
    )
    opt_out: FlagOrFalse = Field(
        default=False, description="Whether it does not want to be matched; null = false"
    )


class InvestorCreate(InvestorInput, CreateShape):
    """The body of `POST /v1/investors`: a name, a country, and products or industry codes."""

    name: Name | None = Field(
        default=None, description="The name shown; null = the first of `names`"
    )
    country: Country = Field(description="Country of the investor, ISO 3166-1 alpha-2")

    model_config = {
        "json_schema_extra": {
            "examples": [
                {
                    "name": "Example Photoresist K.K.",
                    "names": [{"lang": "zh", "name": "示例光刻胶株式会社"}],
                    "country": "JP",
                    "products": ["光刻胶", "photoresist"],
                    "industry_codes": [{"scheme": "gb4754", "code": "3985"}],
                    "activities": ["manufacturing", "r_and_d"],
                    "planned_investment_min_cny": 300_000_000,
                    "planned_investment_max_cny": 500_000_000,
                    "jobs": 220,
                    "rd_intensity_pct": 7.5,
                    "technology_level": 4,
                    "external_id": "CRM-1042",
                }
            ]
        }
    }

    @model_validator(mode="after")
    def settle(self) -> Self:
        """The name and the origin are filled in from what was sent; the fields must agree."""
        if self.name is None and self.names:
            self.name = self.names[0].name
        if self.origin is None:
            self.origin = derive_origin(self.country)
        check_investor(self)
        return self


class InvestorUpdate(InvestorInput, UpdateShape):
    """The body of `PATCH /v1/investors/{id}`; call `check_investor` on the merged record."""

    name: Name = Field(default=None, description="The name shown")
    country: Country = Field(default=None, description="Country, ISO 3166-1 alpha-2")


class Investor(InvestorPlan, Record, table=True):
    """An investor as stored."""

    __table_args__ = (
        Index(
            "uq_investor_created_by_external_id",
            "created_by",
            "external_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL AND external_id IS NOT NULL"),
            postgresql_where=text("closed_at IS NULL AND external_id IS NOT NULL"),
        ),
    )

    id: str = Field(default_factory=lambda: new_id("inv"), primary_key=True)
    number: int = Field(sa_type=BigInteger, unique=True)
    """The number of the event that registered it: the order of registration."""
    created_by: str = Field(index=True)
    closed_at: AwareDatetime | None = Field(default=None)
    name: Name
    names: Several[LocalName] = Field(default_factory=list, sa_type=JsonOf(list[LocalName]))
    country: Country = Field(index=True)
    origin: Origin = Field(sa_type=enum_column(Origin), index=True)
    aliases: Several[ShortText] = Field(default_factory=list, sa_type=JsonOf(list[str]))
    industry_codes: Several[IndustryCode] = Field(
        default_factory=list, sa_type=JsonOf(list[IndustryCode])
    )
    products: Several[ShortText] = Field(default_factory=list, sa_type=JsonOf(list[str]))
    activities: Several[Activity] = Field(default_factory=list, sa_type=JsonOf(list[Activity]))
    smart_manufacturing: Several[SmartManufacturing] = Field(
        default_factory=list, sa_type=JsonOf(list[SmartManufacturing])
    )
    preferred_regions: Several[Region] = Field(default_factory=list, sa_type=JsonOf(list[Region]))
    preferred_provinces: Several[ProvinceCode] = Field(
        default_factory=list, sa_type=JsonOf(list[str])
    )
    opt_out: bool = Field(default=False)


class InvestorProfile(InvestorPlan, PublicShape):
    """What an investor says of itself, as answered."""

    name: str = Field(description="The name shown")
    names: list[LocalName] = Field(description="Names by language")
    country: str = Field(description="Country, ISO 3166-1 alpha-2")
    origin: Origin = Field(description="foreign, hmt (Hong Kong, Macao, Taiwan) or domestic")
    aliases: list[str] = Field(description="Other names")
    industry_codes: list[IndustryCode] = Field(description="Industry codes as registered")
    products: list[str] = Field(description="Products and services as registered")
    activities: list[Activity] = Field(description="What it would do in the zone")
    smart_manufacturing: list[SmartManufacturing] = Field(description="智造六化 it brings")
    preferred_regions: list[Region] = Field(description="Regions it prefers")
    preferred_provinces: list[str] = Field(description="Provinces it prefers, GB/T 2260")
    opt_out: bool = Field(description="Whether it does not want to be matched")


class InvestorPublic(InvestorProfile, RecordPublic):
    """An investor as answered."""

    closed_at: datetime | None = Field(description="When it was closed, UTC; null = active")
    placement: list[LinkPlacement] = Field(description="The links it belongs to, best first")
    completeness: int = Field(
        ge=0,
        le=10_000,
        description="Share of the score's weight that has evidence, basis points",
    )
    warnings: list[WarningPublic] = Field(description="What to look at; nothing was refused")
    possible_duplicates: list[DuplicatePublic] = Field(
        description="Records of the caller's reach that may be the same investor"
    )


def derive_origin(country: str) -> Origin:
    """CN is domestic; HK, MO and TW are hmt; any other country is foreign.

    >>> derive_origin("MO").value
    'hmt'
    """
    if country == "CN":
        return Origin.DOMESTIC
    return Origin.HMT if country in HMT else Origin.FOREIGN


def merge_investor(investor: Investor, changes: dict[str, Any]) -> None:
    """Apply the changes of a PATCH to the row; an origin that followed the country still does.

    Raises:
        FieldsDisagree: the merged record breaks a rule; the row is changed, so roll back.
    """
    followed = investor.origin is derive_origin(investor.country)
    investor.sqlmodel_update(changes)
    is_cleared = "origin" in changes and changes["origin"] is None
    if is_cleared or ("origin" not in changes and followed):
        investor.origin = derive_origin(investor.country)
    check_investor(investor)


def check_investor(investor: InvestorCreate | Investor) -> None:
    """Nothing when the fields of the investor agree with one another.

    Raises:
        FieldsDisagree: no name, neither products nor codes, or a range upside down.
    """
    check_any(investor, "name", "names")
    check_any(investor, "products", "industry_codes")
    check_order(investor, "planned_investment_min_cny", "planned_investment_max_cny")
