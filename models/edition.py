"""Another edition of a part of the reference: loaded, tried, activated from a day, rolled back."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, JsonValue
from pydantic import Field as Bounds
from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from matching.vocabulary import EditionKind, Provenance, RegionGroup, Segment
from models.base import CreateShape, InputShape, PublicShape, Record, RecordPublic
from models.columns import JsonOf, enum_column
from models.ids import new_id
from models.quantities import Day, Flag, Whole
from models.text import ChainId, Key, LinkId, Name, ProvinceCode, ShortText

MOST_ROWS = 5_000
MOST_PARTS = 200
MOST_ZONES = 100_000

Rows = list[dict[str, JsonValue]]
"""The rows as they were loaded, without the columns that a row leaves out."""

Words = Annotated[list[ShortText], Bounds(max_length=MOST_PARTS)]
Links = Annotated[list[LinkId], Bounds(max_length=MOST_PARTS)]
Codes = Annotated[list[Key], Bounds(max_length=MOST_PARTS)]


class EditionStatus(StrEnum):
    """Whether an edition lies over the built-in reference today."""

    DRAFT = "draft"
    COMING = "coming"
    ACTIVE = "active"
    RETIRED = "retired"
    DISCARDED = "discarded"


class EditionRow(InputShape):
    """A row of an edition; which columns it has depends on the kind.

    `links`: name_zh, name_en, segment, keywords_zh, keywords_en, tech_barrier, is_core; and, if
    wanted, gb4754_codes, confusable_with, customers, provenance. `keywords`: keywords_zh,
    keywords_en. `encouraged`: item_nos; and, for a regional item, province_code. `landscape`:
    region_group, zones_known, zones_engaged, zones_seeking, zones_holding.
    """

    link_id: LinkId = Field(description="The link, `chain.link`")
    name_zh: Name | None = Field(default=None, description="Its name in Chinese")
    name_en: Name | None = Field(default=None, description="Its name in English")
    segment: Segment | None = Field(default=None, description="upstream, midstream or downstream")
    keywords_zh: Words | None = Field(
        default=None, description="What it is called in Chinese: products are placed by it"
    )
    keywords_en: Words | None = Field(default=None, description="What it is called in English")
    gb4754_codes: Codes | None = Field(
        default=None, description="GB/T 4754-2017 codes it falls under, the main one first"
    )
    tech_barrier: Whole | None = Field(
        default=None, description="Technical barrier, 1 (low) to 3 (high)"
    )
    is_core: Flag | None = Field(default=None, description="Whether it is a core link of the chain")
    confusable_with: Links | None = Field(
        default=None, description="Links of the chain that look alike in words; both name the other"
    )
    customers: Links | None = Field(
        default=None, description="Links of the chain that it supplies: the edges"
    )
    province_code: ProvinceCode | None = Field(
        default=None, description="GB/T 2260, two digits; null = the items hold nationwide"
    )
    item_nos: Codes | None = Field(
        default=None, description="Numbers of the catalogue's items that may cover the link"
    )
    provenance: Provenance | None = Field(
        default=None, description="How far the row can be relied on; null = expert_draft"
    )
    region_group: RegionGroup | None = Field(
        default=None, description="east, central_west or northeast"
    )
    zones_known: Whole | None = Field(
        default=None, ge=1, le=MOST_ZONES, description="Zones of the group whose chains are known"
    )
    zones_engaged: Whole | None = Field(
        default=None, ge=0, le=MOST_ZONES, description="Those of them that hold or seek the link"
    )
    zones_seeking: Whole | None = Field(
        default=None, ge=0, le=MOST_ZONES, description="Those that have an open gap at it"
    )
    zones_holding: Whole | None = Field(
        default=None, ge=0, le=MOST_ZONES, description="Those that hold it"
    )


class EditionHead(SQLModel):
    """What is said of an edition as a whole."""

    kind: EditionKind = Field(
        description="links: all links of one chain with the edges between them; keywords: all "
        "keywords of the links that are named; encouraged: all items of the catalogue; landscape: "
        "how many zones hold or seek each link (`/v1/admin/reference/landscape` makes one)"
    )
    chain_id: ChainId | None = Field(
        default=None, description="The chain whose links these are; null for the other kinds"
    )
    name_zh: Name = Field(description="Its name in Chinese")
    name_en: Name = Field(description="Its name in English")
    edition: Key = Field(description="What it is quoted by, such as the year of a catalogue")
    source: ShortText = Field(description="Where the rows come from")
    quality: ShortText | None = Field(
        default=None, description="How far they can be relied on; null = not stated"
    )


class EditionCreate(EditionHead, CreateShape):
    """The body of `POST /v1/admin/reference`: a draft."""

    rows: Annotated[list[EditionRow], Bounds(min_length=1, max_length=MOST_ROWS)] = Field(
        description="The rows; each has the columns of the kind"
    )

    model_config = {
        "json_schema_extra": {
            "examples": [
                {
                    "kind": "keywords",
                    "name_zh": "光刻胶关键词（2027年修订）",
                    "name_en": "Keywords of photoresist (revised 2027)",
                    "edition": "2027",
                    "source": "Working meeting of the chain's experts, 2026-11",
                    "rows": [
                        {
                            "link_id": "ic.photoresist",
                            "keywords_zh": ["光刻胶", "KrF光刻胶", "ArF光刻胶", "极紫外光刻胶"],
                            "keywords_en": [
                                "photoresist",
                                "KrF resist",
                                "ArF resist",
                                "EUV resist",
                            ],
                        }
                    ],
                }
            ]
        }
    }


class EditionActivation(InputShape):
    """The body of `POST /v1/admin/reference/{edition_id}/activate`."""

    effective_from: Day | None = Field(
        default=None, description="First day, China's calendar, today or later; null = today"
    )


class StoredEdition(Record, table=True):
    """An edition as stored. Its rows never change."""

    __tablename__ = "reference_edition"  # pyright: ignore[reportAssignmentType] - SQLModel declares it as an attribute made late

    id: str = Field(default_factory=lambda: new_id("edn"), primary_key=True)
    number: int = Field(sa_type=BigInteger, unique=True)
    """Of the event that made it: the order of loading."""
    created_by: str
    kind: EditionKind = Field(sa_type=enum_column(EditionKind))  # pyright: ignore[reportArgumentType] - an instance is taken too
    chain_id: str | None = None
    name_zh: str
    name_en: str
    edition: str
    source: str
    quality: str
    rows: Rows = Field(sa_type=JsonOf(Rows))
    row_count: int
    digest: str
    activated_at: AwareDatetime | None = None
    effective_from: date | None = None
    effective_until: date | None = None
    """The first day on which it rules no more; the day it began = it was rolled back at once."""
    rolled_back_at: AwareDatetime | None = None
    discarded_at: AwareDatetime | None = None


class EditionPublic(RecordPublic):
    """An edition in a list."""

    kind: EditionKind = Field(description="links, keywords, encouraged or landscape")
    chain_id: str | None = Field(description="The chain whose links these are; null = other kinds")
    name_zh: str = Field(description="Its name in Chinese")
    name_en: str = Field(description="Its name in English")
    edition: str = Field(description="What it is quoted by")
    source: str = Field(description="Where the rows come from")
    quality: str = Field(description="How far they can be relied on")
    status: EditionStatus = Field(
        description="draft, coming, active, retired or discarded today; retired too when a later "
        "edition of the same list lies over it"
    )
    row_count: int = Field(description="How many rows it has")
    digest: str = Field(description="Of what it says, sha256:…")
    created_by: str = Field(description="The key that loaded it")
    activated_at: AwareDatetime | None = Field(description="When activated, UTC; null = never")
    effective_from: date | None = Field(description="First day, China's calendar; null = a draft")
    effective_until: date | None = Field(
        description="First day on which it rules no more after a rollback; null = not rolled back"
    )
    fault: str | None = Field(
        description="Why it cannot be laid over what rules today; such an edition changes nothing. "
        "null = it can, or it is laid already"
    )


class EditionDetail(EditionPublic):
    """An edition with its rows."""

    rows: Rows = Field(description="As they were loaded")


class TablePublic(PublicShape):
    """A table of the built-in reference."""

    table: str = Field(description="Its name")
    edition: str = Field(description="What it is quoted by")
    source: str = Field(description="Where it comes from")
    quality: str = Field(description="How far it can be relied on")


class EditionsPublic(PublicShape):
    """All editions side by side."""

    digest: str = Field(description="Of the reference that rules today, sha256:…")
    ruling: list[str] = Field(
        description="Loaded editions that lie over the built-in reference today, the lowest first"
    )
    built_in: list[TablePublic] = Field(description="The tables that ship with the service")
    items: list[EditionPublic] = Field(description="Loaded editions, the newest first")
    gaps_without_link: int = Field(
        description="Open gaps whose link the reference of today lacks: matched with nobody"
    )
    gap_ids: list[str] = Field(description="The first 20 of them")
    next_cursor: str | None = Field(description="Of the next page; null = this was the last")
