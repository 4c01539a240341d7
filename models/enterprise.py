"""Enterprises of a zone, the evidence a diagnosis rests on; shapes only so far."""

from typing import Self

from pydantic import model_validator
from sqlmodel import Field, SQLModel

from matching.vocabulary import Honour, Origin
from models.agreement import check_any
from models.base import CreateShape, PublicShape
from models.identifiers import Uscc
from models.industry import IndustryCode
from models.lists import SeveralOrNull
from models.quantities import Count, Money
from models.text import Key, LinkId, Name, ShortText


class EnterpriseTraits(SQLModel):
    """What is known of an enterprise; null = unknown, never zero."""

    name: Name = Field(description="Name of the enterprise")
    external_id: Key = Field(description="The caller's own id, unique within the zone")
    uscc: Uscc | None = Field(
        default=None, description="统一社会信用代码, the unified social credit code"
    )
    origin: Origin | None = Field(default=None, description="foreign, hmt or domestic")
    revenue_cny: Money | None = Field(default=None, description="Revenue, CNY a year")
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


class EnterprisePublic(EnterpriseTraits, PublicShape):
    """An enterprise as answered."""

    zone_id: str = Field(description="The zone's code")
    link_ids: list[str] = Field(description="Links it works at")
    products: list[str] = Field(description="Products and services")
    industry_codes: list[IndustryCode] = Field(description="Industry codes as given")
    honours: list[Honour] = Field(description="链主、小巨人、单项冠军、上市、高新技术企业")
