"""One frozen record a reference row; every record says by `provenance` how far it can be relied on.

Codes are text (leading zeros count). None means unknown, an empty tuple means none known.
What holds for a whole table (edition, source, quality) stands in `data/editions.toml`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from matching.vocabulary import (
    CodeScheme,
    Kind,
    Provenance,
    Region,
    RegionGroup,
    Segment,
    ZoneTier,
)

CodeLevel = Literal["section", "division", "group", "class"]
Force = Literal["strategy_planning", "resource_integration", "implementation"]


class Coverage(StrEnum):
    """How a link stands to a field: what it makes is named there, or it is only related."""

    FULL = "full"
    PARTIAL = "partial"


class OrientationRole(StrEnum):
    """侧重、并重、有条件: how a source favours a kind in a region."""

    LEAD = "lead"
    PARALLEL = "parallel"
    CONDITIONAL = "conditional"


@dataclass(frozen=True, slots=True)
class TableNote:
    """What holds for a whole table: its edition, where it is from, how good it is."""

    edition: str
    source: str
    quality: str


@dataclass(frozen=True, slots=True)
class Province:
    """A provincial unit; `region` is the statistics bureau's, `region_group` the article's."""

    code: str
    name_zh: str
    short_zh: str
    name_en: str
    pinyin: str
    aliases: tuple[str, ...]
    region: Region
    region_group: RegionGroup
    in_regional_catalogue: bool
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Prefecture:
    """A city, prefecture or county directly under a province.

    `short_zh` is None where the short form could mean something else (朝阳, 白银).
    """

    name_zh: str
    short_zh: str | None
    province_code: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class ReferenceZone:
    """国家高新区: a national high-tech zone; `region` is its province's."""

    zone_id: str
    name_zh: str
    name_short_zh: str
    aliases_zh: tuple[str, ...]
    name_en: str
    province_code: str
    city_zh: str
    city_code: str
    region: Region
    approval_year: int | None
    tier: ZoneTier
    leading_industries_zh: tuple[str, ...]
    year_provenance: Provenance
    provenance: Provenance
    source_note: str | None


@dataclass(frozen=True, slots=True)
class ZoneChains:
    """The chains a zone is known to lead in; a zone without such a record is unknown."""

    zone_id: str
    chain_ids: tuple[str, ...]
    provenance: Provenance
    source_note: str | None


@dataclass(frozen=True, slots=True)
class ZoneDimension:
    """One of the article's nine dimensions; `indicator_en` is ours: what could be counted."""

    key: str
    force: Force
    force_zh: str
    force_en: str
    name_zh: str
    name_en: str
    indicator_en: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class OrientationRow:
    """What a source wants favoured in a region; `kind` also holds the policies' own words."""

    region: str
    kind: str
    kind_zh: str
    role: OrientationRole
    priority: int
    source: str
    note_zh: str | None
    provenance: Provenance
    source_note: str | None


@dataclass(frozen=True, slots=True)
class GbCode:
    """A section, division, group or class of GB/T 4754-2017."""

    code: str
    parent_code: str | None
    section: str
    level: CodeLevel
    name_zh: str
    name_en: str | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class IsicCode:
    """A section, division, group or class of ISIC Rev.4."""

    code: str
    parent_code: str | None
    section: str
    level: CodeLevel
    name_en: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class ForeignCode:
    """A foreign classification's code with the ISIC Rev.4 classes it corresponds to."""

    scheme: CodeScheme
    code: str
    isic_codes: tuple[str, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class SeiField:
    """战略性新兴产业: one of the nine fields (level 1) or their parts (level 2), 2018 edition.

    Level 0 are the six fields of 未来产业 (F1…F6, seven ministries' opinions of January 2024).
    """

    code: str
    parent_code: str | None
    level: int
    name_zh: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class SeiRelation:
    """What a link of a chain has to do with a strategic emerging or future industry."""

    link_id: str
    sei_code: str
    coverage: Coverage
    provenance: Provenance
    source_note: str | None


@dataclass(frozen=True, slots=True)
class Division:
    """A GB/T 4754 division's usual factor kind and flags; `disputed` where the literature is."""

    code: str
    name_zh: str
    kind: Kind | None
    disputed: bool
    high_energy: bool
    strategic_emerging: bool
    high_end_service: bool
    producer_service: bool
    high_tech_manufacturing: bool
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Chain:
    """产业链."""

    chain_id: str
    name_zh: str
    name_en: str
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Link:
    """环节: names are to be read within their chain; `number` is its place in the file, from 0."""

    link_id: str
    chain_id: str
    name_zh: str
    name_en: str
    segment: Segment
    keywords_zh: tuple[str, ...]
    keywords_en: tuple[str, ...]
    gb4754_codes: tuple[str, ...]
    tech_barrier: int
    is_core: bool
    confusable_with: tuple[str, ...]
    encouraged_items: tuple[str, ...]
    number: int
    provenance: Provenance

    @property
    def is_listed(self) -> bool:
        """Whether the reference has it; `unlisted` makes one that it has not."""
        return self.number >= 0


def unlisted(link_id: str) -> Link:
    """A stand-in for a link of another edition: nothing is known of it but its name."""
    return Link(
        link_id=link_id,
        chain_id=link_id.partition(".")[0],
        name_zh=link_id,
        name_en=link_id,
        segment=Segment.MIDSTREAM,
        keywords_zh=(),
        keywords_en=(),
        gb4754_codes=(),
        tech_barrier=1,
        is_core=False,
        confusable_with=(),
        encouraged_items=(),
        number=-1,
        provenance=Provenance.MEMORY_UNVERIFIED,
    )
