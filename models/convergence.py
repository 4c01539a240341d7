"""产业趋同: which links the zones hold and seek, as answered, and which zones are alike."""

from datetime import date

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Bounds
from sqlmodel import Field

from matching.vocabulary import Region, RegionGroup
from models.base import PublicShape
from models.relatedness import MOST_LISTED, ZoneNamed
from models.sentences import SentencePublic
from models.text import ChainId, ZoneCode


class ConvergenceQuery(BaseModel):
    """Which part of the report is asked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    chain_id: ChainId | None = Bounds(default=None, description="Links of this chain; null = all")
    zone_id: ZoneCode | None = Bounds(
        default=None, description="The zone whose change by one more project is told"
    )
    limit: int = Bounds(
        default=20, ge=1, le=MOST_LISTED, description="Most pairs of zones listed as alike"
    )


class Counts(PublicShape):
    """Zones at a link. A zone that holds it and seeks to strengthen it is in both."""

    seeking: int = Field(description="Zones that have an open gap at it")
    holding: int = Field(description="Zones that hold it, of those whose chains are known")
    engaged: int = Field(description="Zones that hold or seek it, of those whose chains are known")


class RegionCounts(Counts):
    """The same in one region."""

    region: Region = Field(description="east, central, west or northeast")


class GroupCounts(Counts):
    """The same in one region group, and how crowded that makes the link. Shares in thousandths."""

    region_group: RegionGroup = Field(description="east, central_west or northeast")
    crowding: int | None = Field(
        description="Share of the known zones that hold or seek it now; null = too few are known"
    )
    crowding_after: int | None = Field(
        description="The same once one more known zone has it: what a project adds"
    )
    crowding_in_force: int | None = Field(
        description="What criterion cluster_diversity reads, from the landscape in force; null = "
        "not known, the neutral value is used"
    )


class ProvinceCounts(Counts):
    """The same in one province."""

    province_code: str = Field(description="GB/T 2260, two digits")


class LinkCrowd(Counts):
    """Who seeks and who holds one link."""

    link_id: str = Field(description="The link, `chain.link`")
    chain_id: str = Field(description="Its chain")
    name_zh: str = Field(description="Its name in Chinese")
    name_en: str = Field(description="Its name in English")
    is_scarce: bool | None = Field(
        description="Whether no more than one in twenty of the known zones holds it; null = too "
        "few are known to say"
    )
    by_region: list[RegionCounts] = Field(description="All four regions")
    by_region_group: list[GroupCounts] = Field(description="All three region groups")
    by_province: list[ProvinceCounts] = Field(description="Provinces in which there is any")


class GroupKnown(PublicShape):
    """How much is known of a region group."""

    region_group: RegionGroup = Field(description="east, central_west or northeast")
    zones: int = Field(description="Zones there are")
    zones_known: int = Field(description="Zones whose chains are known")
    is_thin: bool = Field(description="Whether they are too few to say how crowded anything is")


class LandscapeInForce(PublicShape):
    """What criterion cluster_diversity reads crowding from."""

    table: str = Field(
        description="landscape: an activated edition; zone_chains: the reference's dated list, by "
        "chain, in its place"
    )
    edition: str = Field(description="Its date, or what else it is quoted by")
    source: str = Field(description="Where it comes from")
    quality: str = Field(description="How far it can be relied on")


class AlikePair(PublicShape):
    """Two zones, and how alike their chains are. Thousandths."""

    zones: list[ZoneNamed] = Field(description="The two, in the order of their codes")
    similarity: int = Field(
        description="UNIDO's coefficient of structural similarity, 0 to 1000 = the same shares"
    )
    specialisation: int = Field(
        description="Krugman's index of specialisation, 0 = the same shares, 2000 = none in common"
    )


class Alike(PublicShape):
    """The pairs of zones that are most alike."""

    zones: int = Field(description="Known zones that could be compared")
    compared: int = Field(description="Those that were: at most 1,000, spread over all")
    pairs: int = Field(description="Pairs of them")
    items: list[AlikePair] = Field(description="The most alike ones, first the most similar")


class Project(PublicShape):
    """What one more project of a chain does to a zone. Thousandths."""

    chain_id: str = Field(description="The chain of the project")
    entropy_before: int = Field(description="Entropy over the zone's chains, thousandths of a nat")
    entropy_after: int = Field(description="The same with the project")
    similarity_before: int | None = Field(
        description="Mean similarity to the other known zones; null = there are none"
    )
    similarity_after: int | None = Field(description="The same with the project")
    specialisation_before: int | None = Field(description="Mean of Krugman's index against them")
    specialisation_after: int | None = Field(description="The same with the project")


class ConvergencePublic(PublicShape):
    """产业趋同: which links the zones hold and seek, and which zones are alike."""

    event: int = Field(description="The number of the last event that is counted in")
    day: date = Field(description="The day on which gaps are open, China's calendar")
    reference: str = Field(description="Digest of the reference that rules, sha256:…")
    landscape: LandscapeInForce = Field(description="What rankings read crowding from")
    zones: int = Field(description="Zones there are")
    zones_known: int = Field(description="Zones whose chains are known")
    groups: list[GroupKnown] = Field(description="The same by region group")
    notes: list[SentencePublic] = Field(description="On what it rests, and where it is thin")
    links: list[LinkCrowd] = Field(description="In reading order")
    alike: Alike = Field(description="Zones that are alike in the chains they lead in")
    project: list[Project] | None = Field(
        description="What one more project does to the zone asked for, chain by chain; null = no "
        "zone was asked for, or its chains are not known"
    )
