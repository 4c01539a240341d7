"""Where a description belongs: links of the chains and classes of GB/T 4754, best first."""

from typing import Self

from pydantic import model_validator
from sqlmodel import Field

from models.agreement import check_any
from models.base import InputShape, PublicShape
from models.industry import IndustryCode
from models.lists import SeveralOrNull
from models.quantities import Whole
from models.sentences import SentencePublic
from models.text import LongText, ShortText


class LinkPlacement(PublicShape):
    """A link something belongs to, and why."""

    chain_id: str = Field(description="The chain")
    link_id: str = Field(description="The link, `chain.link`")
    affinity: int = Field(ge=0, le=1000, description="How closely, thousandths; 1000 = the same")
    why: SentencePublic = Field(description="The words and codes that met")


class IndustryPlacement(PublicShape):
    """A class of GB/T 4754 something belongs to, and why."""

    code: str = Field(description="GB/T 4754-2017 code")
    name_zh: str = Field(description="Its name")
    affinity: int = Field(ge=0, le=1000, description="How closely, thousandths; 1000 = the same")
    why: SentencePublic = Field(description="The words and codes that met")


class PlacementRequest(InputShape):
    """The body of `POST /v1/placement`: at least one of products, text and codes."""

    products: SeveralOrNull[ShortText] = Field(
        default_factory=list, description="Products and services, any language"
    )
    text: LongText | None = Field(default=None, description="A description, any language")
    industry_codes: SeveralOrNull[IndustryCode] = Field(
        default_factory=list, description="Industry codes with their classification"
    )
    limit: Whole = Field(default=10, ge=1, le=100, description="Most answers of each kind")

    model_config = {  # noqa: RUF012 - pydantic copies its settings
        "json_schema_extra": {
            "examples": [{"products": ["KrF光刻胶", "12-inch silicon wafers"], "limit": 5}]
        }
    }

    @model_validator(mode="after")
    def settle(self) -> Self:
        """There must be something to place."""
        check_any(self, "products", "text", "industry_codes")
        return self


class PlacementPublic(PublicShape):
    """The answer of `POST /v1/placement`."""

    links: list[LinkPlacement] = Field(description="Links, best first")
    gb4754: list[IndustryPlacement] = Field(description="Classes of GB/T 4754, best first")


class DuplicatePublic(PublicShape):
    """A record that may be the same investor; nothing was merged."""

    id: str = Field(description="The other investor")
    name: str = Field(description="Its name")
    why: SentencePublic = Field(description="What the two have in common")
