"""Gaps: a zone's weak or missing links; what is stored, sent and answered."""

from typing import Any, Self

from pydantic import model_validator
from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field, SQLModel

from matching.vocabulary import GapKind, GapStatus
from models.agreement import check_order
from models.base import CreateShape, FieldsDisagree, InputShape, Record, RecordPublic, UpdateShape
from models.columns import JsonOf, enum_column
from models.ids import new_id
from models.lists import Several, SeveralOrNull
from models.placement import LinkPlacement
from models.quantities import CapacityOrOne, Count, Day, Grade, Level, Money, Quantity
from models.sentences import WarningPublic
from models.text import Key, LinkId, LongText, Name, ShortText, ZoneCode
from models.zone import ZoneBrief


class GapWish(SQLModel):
    """What a gap may say of itself; null = unknown or no limit, never zero."""

    title_zh: ShortText | None = Field(default=None, description="Title in Chinese")
    title_en: ShortText | None = Field(default=None, description="Title in English")
    description: LongText | None = Field(default=None, description="What is wanted, any language")
    technology_level_wanted: Level | None = Field(
        default=None, description="Technology level wanted, 1 (mature) to 5 (leading edge)"
    )
    severity: Grade | None = Field(
        default=None, description="How much the chain suffers from the gap, 0 to 100"
    )
    evidence: LongText | None = Field(default=None, description="What the severity rests on")
    investment_min_cny: Money | None = Field(
        default=None, sa_type=BigInteger, description="Least investment wanted, CNY"
    )
    investment_max_cny: Money | None = Field(
        default=None, sa_type=BigInteger, description="Greatest investment wanted, CNY"
    )
    investment_floor_cny: Money | None = Field(
        default=None, sa_type=BigInteger, description="A plan below this is blocked, CNY"
    )
    technology_level_floor: Level | None = Field(
        default=None, description="A technology level below this is blocked, 1 to 5"
    )
    land_ha: Quantity | None = Field(default=None, description="Land on offer, hectares")
    jobs: Count | None = Field(default=None, description="Jobs wanted, number")
    energy_cap_tce: Quantity | None = Field(
        default=None, description="Most energy allowed, tonnes of coal equivalent a year"
    )
    emissions_cap_tco2e: Quantity | None = Field(
        default=None, description="Most emissions allowed, tonnes of CO2 equivalent a year"
    )
    valid_from: Day | None = Field(default=None, description="First day, China's calendar")
    valid_until: Day | None = Field(default=None, description="Last day, China's calendar")
    owner: Name | None = Field(default=None, description="The office that answers for it")
    external_id: Key | None = Field(
        default=None, description="The caller's own id; unique among its gaps that are not closed"
    )


class GapInput(GapWish, InputShape):
    """The part of the body that POST and PATCH share."""

    link_id: LinkId | None = Field(
        default=None, description="The link, `chain.link`; null = placed from the products"
    )
    products: SeveralOrNull[ShortText] = Field(
        default_factory=list, description="Products and services wanted, any language"
    )
    capacity: CapacityOrOne = Field(
        default=1, description="How many investors it can take; null = 1"
    )


class GapCreate(GapInput, CreateShape):
    """The body of `POST /v1/gaps`: a zone, a kind, and a link or products."""

    zone_id: ZoneCode = Field(description="The zone, such as CNHTZ-3205")
    kind: GapKind = Field(description="weak (弱链, to strengthen) or missing (缺链, to fill)")

    model_config = {
        "json_schema_extra": {
            "examples": [
                {
                    "zone_id": "CNHTZ-3205",
                    "kind": "missing",
                    "link_id": "ic.photoresist",
                    "products": ["KrF光刻胶", "ArF光刻胶"],
                    "title_zh": "引进半导体光刻胶项目",
                    "title_en": "A photoresist project is wanted",
                    "technology_level_wanted": 4,
                    "severity": 70,
                    "investment_min_cny": 200_000_000,
                    "investment_max_cny": 800_000_000,
                    "land_ha": 6.5,
                    "valid_until": "2030-12-31",
                }
            ]
        }
    }

    @model_validator(mode="after")
    def settle(self) -> Self:
        """The fields must agree with one another."""
        check_gap(self)
        return self


class GapUpdate(GapInput, UpdateShape):
    """The body of `PATCH /v1/gaps/{id}`; call `check_gap` on the merged record."""

    zone_id: ZoneCode = Field(default=None, description="The zone")
    kind: GapKind = Field(default=None, description="weak or missing")
    status: GapStatus = Field(default=None, description="open, filled or closed")


class Gap(GapWish, Record, table=True):
    """A gap as stored; its link is always known, declared or placed."""

    __table_args__ = (
        Index("ix_gap_chain_id_status", "chain_id", "status"),
        Index("ix_gap_zone_id_status", "zone_id", "status"),
        Index(
            "uq_gap_created_by_external_id",
            "created_by",
            "external_id",
            unique=True,
            sqlite_where=text("status <> 'closed' AND external_id IS NOT NULL"),
            postgresql_where=text("status <> 'closed' AND external_id IS NOT NULL"),
        ),
    )

    id: str = Field(default_factory=lambda: new_id("gap"), primary_key=True)
    number: int = Field(sa_type=BigInteger, unique=True)
    """The number of the event that registered it: the order of registration."""
    created_by: str = Field(index=True)
    zone_id: ZoneCode = Field(foreign_key="zone.id")
    kind: GapKind = Field(sa_type=enum_column(GapKind), index=True)
    status: GapStatus = Field(default=GapStatus.OPEN, sa_type=enum_column(GapStatus), index=True)
    chain_id: str
    link_id: LinkId = Field(index=True)
    is_placed: bool = Field(default=False)
    """Whether the link was found from the products, not declared."""
    is_computed: bool = Field(default=False)
    """Whether it was registered from a diagnosis, not declared."""
    products: Several[ShortText] = Field(default_factory=list, sa_type=JsonOf(list[str]))
    capacity: int = Field(default=1)
    filled: int = Field(default=0)


class GapPublic(GapWish, RecordPublic):
    """A gap as answered."""

    zone_id: str = Field(description="The zone's code")
    zone: ZoneBrief = Field(description="The zone")
    kind: GapKind = Field(description="weak (弱链) or missing (缺链)")
    status: GapStatus = Field(description="open, filled or closed")
    chain_id: str = Field(description="The chain")
    link_id: str = Field(description="The link, declared or placed")
    products: list[str] = Field(description="Products and services wanted")
    capacity: int = Field(description="How many investors it can take")
    filled: int | None = Field(description="How many of these have signed; null for partners")
    is_computed: bool = Field(description="Whether it was registered from a diagnosis")
    placement: list[LinkPlacement] = Field(
        description="Where the products placed it, best first; empty = the link was declared"
    )
    warnings: list[WarningPublic] = Field(description="What to look at; nothing was refused")


def merge_gap(gap: Gap, changes: dict[str, Any]) -> bool:
    """Apply the changes of a PATCH to the row; whether its link must be found anew is answered.

    A link that is sent is declared from then on. One that was placed is placed again when the
    products change; one that is cleared is placed from the products.

    Raises:
        FieldsDisagree: the merged record breaks a rule; the row is changed, so roll back.
    """
    products_before = gap.products
    declared = changes.get("link_id")
    gap.sqlmodel_update({name: changes[name] for name in changes if name != "link_id"})
    if declared is not None:
        gap.link_id, gap.chain_id = declared, declared.partition(".")[0]
    was_placed = gap.is_placed
    if "link_id" in changes:
        gap.is_placed = declared is None
    check_gap(gap)
    return gap.is_placed and (not was_placed or gap.products != products_before)


def check_gap(gap: GapCreate | Gap) -> None:
    """Nothing when the fields of the gap agree with one another.

    Raises:
        FieldsDisagree: neither link nor products, a range upside down, an end before its start.
    """
    has_link = not gap.is_placed if isinstance(gap, Gap) else gap.link_id is not None
    if not has_link and not gap.products:
        raise FieldsDisagree(("link_id", "products"), "one of link_id, products is needed")
    check_order(gap, "investment_min_cny", "investment_max_cny")
    check_order(gap, "valid_from", "valid_until")
