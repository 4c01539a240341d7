"""Enterprises of a zone, the evidence a diagnosis rests on; those that landed by a lead too."""

from typing import Annotated, Any, Self, cast

from pydantic import model_validator
from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from matching.vocabulary import Honour, Origin
from models.agreement import check_any
from models.base import CreateShape, FieldsDisagree, InputShape, PublicShape, Record, RecordPublic
from models.columns import JsonOf, enum_column
from models.identifiers import Uscc
from models.ids import new_id
from models.industry import IndustryCode
from models.lists import Several, SeveralOrNull
from models.quantities import Count, Money
from models.text import Key, LinkId, Name, ShortText

MOST_ITEMS = 5000
"""Of one zone; a body of 1 MiB holds no more in practice."""


class EnterpriseTraits(SQLModel):
    """What is known of an enterprise; null = unknown, never zero."""

    name: Name = Field(description="Name of the enterprise")
    external_id: Key = Field(description="The caller's own id, unique within the zone")
    uscc: Uscc | None = Field(
        default=None, description="统一社会信用代码, the unified social credit code"
    )
    origin: Origin | None = Field(
        default=None, sa_type=enum_column(Origin), description="foreign, hmt or domestic"
    )
    revenue_cny: Money | None = Field(
        default=None, sa_type=BigInteger, description="Revenue, CNY a year"
    )
    employees: Count | None = Field(default=None, description="Employees, number")


class EnterpriseCreate(EnterpriseTraits, CreateShape):
    """One item of the body of `PUT /v1/zones/{zone_id}/enterprises`."""

    link_ids: SeveralOrNull[LinkId] = Field(
        default_factory=list, description="Links it works at, `chain.link`"
    )
    products: SeveralOrNull[ShortText] = Field(
        default_factory=list, description="Products and services, any language"
    )
    industry_codes: SeveralOrNull[IndustryCode] = Field(
        default_factory=list, description="Industry codes with their classification"
    )
    honours: SeveralOrNull[Honour] = Field(
        default_factory=list, description="链主、小巨人、单项冠军、上市、高新技术企业"
    )

    model_config = {
        "json_schema_extra": {
            "examples": [
                {
                    "name": "示例光刻胶有限公司",
                    "external_id": "E-17",
                    "link_ids": ["ic.photoresist"],
                    "revenue_cny": 80_000_000,
                    "honours": ["little_giant"],
                }
            ]
        }
    }

    @model_validator(mode="after")
    def settle(self) -> Self:
        """Something must say where in a chain the enterprise stands."""
        check_any(self, "link_ids", "products", "industry_codes")
        return self


class EnterpriseList(InputShape):
    """The body of `PUT /v1/zones/{zone_id}/enterprises`; the bare list is taken as well."""

    items: Annotated[list[EnterpriseCreate], Field(max_length=MOST_ITEMS)] = Field(
        description="All enterprises of the zone, each with an `external_id` of its own"
    )

    model_config = {  # noqa: RUF012 - pydantic copies its settings
        "json_schema_extra": {
            "examples": [
                {
                    "items": [
                        {
                            "name": "示例光刻胶有限公司",
                            "external_id": "E-17",
                            "link_ids": ["ic.photoresist"],
                            "honours": ["little_giant"],
                        }
                    ]
                }
            ]
        }
    }

    @model_validator(mode="before")
    @classmethod
    def wrap(cls, value: Any) -> Any:
        """A bare list is the list of items."""
        return {"items": cast("list[Any]", value)} if isinstance(value, list) else value

    @model_validator(mode="after")
    def settle(self) -> Self:
        """No two items may have the same id of the caller's."""
        ids = [item.external_id for item in self.items]
        if len(set(ids)) < len(ids):
            raise FieldsDisagree(("items",), "two items have the same external_id")
        return self


class Enterprise(EnterpriseTraits, Record, table=True):
    """An enterprise as stored."""

    __table_args__ = (UniqueConstraint("zone_id", "external_id"),)

    id: str = Field(default_factory=lambda: new_id("ent"), primary_key=True)
    zone_id: str = Field(foreign_key="zone.id")
    created_by: str
    lead_id: str | None = Field(default=None, foreign_key="lead.id")
    """The lead by which it landed; its `external_id` is then the investor's id."""
    link_ids: Several[str] = Field(default_factory=list, sa_type=JsonOf(list[str]))
    products: Several[ShortText] = Field(default_factory=list, sa_type=JsonOf(list[str]))
    industry_codes: Several[IndustryCode] = Field(
        default_factory=list, sa_type=JsonOf(list[IndustryCode])
    )
    honours: Several[Honour] = Field(default_factory=list, sa_type=JsonOf(list[Honour]))


class EnterprisesReplaced(PublicShape):
    """What became of a zone's list."""

    zone_id: str = Field(description="The zone's code")
    added: int = Field(description="How many are new")
    changed: int = Field(description="How many were known and have changed")
    removed: int = Field(description="How many are no longer in the list")
    landed: int = Field(description="How many landed by a lead; a list leaves them as they are")
    total: int = Field(description="How many the zone has now")


class EnterprisePublic(EnterpriseTraits, RecordPublic):
    """An enterprise as answered."""

    zone_id: str = Field(description="The zone's code")
    link_ids: list[str] = Field(description="Links it works at")
    products: list[str] = Field(description="Products and services")
    industry_codes: list[IndustryCode] = Field(description="Industry codes as given")
    honours: list[Honour] = Field(description="链主、小巨人、单项冠军、上市、高新技术企业")
    has_landed: bool = Field(description="Whether it came by a lead; external_id = the investor")
