"""What an officer says of a zone's link or firm; it stands before what was computed."""

from typing import Annotated

from pydantic import AwareDatetime, StringConstraints
from sqlmodel import Field, SQLModel

from matching.vocabulary import LinkStatus
from models.base import InputShape, PublicShape, Record
from models.columns import JsonOf, enum_column
from models.lists import Several
from models.text import LONG_LENGTH, Key, LinkId, LongText

MOST_LINKS = 20
Reason = Annotated[LongText, StringConstraints(max_length=LONG_LENGTH)]
REASON = "Why; no person's data, it stays in the log"


class OverrideSet(InputShape):
    """The body of `PUT /v1/zones/{zone_id}/diagnosis/overrides/{link_id}`."""

    status: LinkStatus = Field(description="strong, steady, weak or missing")
    reason: Reason = Field(description=REASON)

    model_config = {  # noqa: RUF012 - pydantic copies its settings
        "json_schema_extra": {
            "examples": [{"status": "weak", "reason": "仅有一条中试线，尚未量产（2026年11月走访）"}]
        }
    }


class CorrectionSet(InputShape):
    """The body of `PUT /v1/zones/{zone_id}/enterprises/{external_id}/links`."""

    link_ids: Annotated[Several[LinkId], Field(max_length=MOST_LINKS)] = Field(
        description="Links it works at, `chain.link`; empty = it belongs at none"
    )
    reason: Reason = Field(description=REASON)

    model_config = {  # noqa: RUF012 - pydantic copies its settings
        "json_schema_extra": {
            "examples": [{"link_ids": ["ic.photoresist"], "reason": "主营为光刻胶，不是显影液"}]
        }
    }


class LinkOverride(Record, table=True):
    """A status that an officer set, as stored."""

    __tablename__ = "link_override"  # pyright: ignore[reportAssignmentType] - SQLModel declares it as an attribute made late

    zone_id: str = Field(primary_key=True, foreign_key="zone.id")
    link_id: LinkId = Field(primary_key=True)
    status: LinkStatus = Field(sa_type=enum_column(LinkStatus))
    reason: str
    created_by: str


class PlacementCorrection(Record, table=True):
    """Links that an officer gave a firm, as stored; kept when the zone's list is replaced."""

    __tablename__ = "placement_correction"  # pyright: ignore[reportAssignmentType] - SQLModel declares it as an attribute made late

    zone_id: str = Field(primary_key=True, foreign_key="zone.id")
    external_id: Key = Field(primary_key=True)
    link_ids: Several[str] = Field(default_factory=list, sa_type=JsonOf(list[str]))
    reason: str
    created_by: str


class Said(SQLModel):
    """Who said it and when."""

    reason: str = Field(description="Why")
    created_by: str = Field(description="The key that said it first")
    version: int = Field(description="Goes up by one with every change")
    updated_at: AwareDatetime = Field(description="When it was said last, UTC")


class OverridePublic(Said, PublicShape):
    """A status that an officer set, as answered."""

    zone_id: str = Field(description="The zone's code")
    link_id: str = Field(description="The link")
    status: LinkStatus = Field(description="What the officer says it is")


class CorrectionPublic(Said, PublicShape):
    """Links that an officer gave a firm, as answered."""

    zone_id: str = Field(description="The zone's code")
    external_id: str = Field(description="The firm")
    link_ids: list[str] = Field(description="The links it stands at since; empty = none")
