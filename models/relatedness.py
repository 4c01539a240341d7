"""Links that lie near to what a zone can do, as answered."""

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Bounds
from sqlmodel import Field

from matching.vocabulary import GapKind
from models.base import PublicShape
from models.sentences import SentencePublic
from models.text import ChainId

MOST_LISTED = 100


class RelatedQuery(BaseModel):
    """Which links of a zone are asked for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    chain_id: ChainId | None = Bounds(default=None, description="Links of this chain; null = all")
    limit: int = Bounds(default=20, ge=1, le=MOST_LISTED, description="Most links listed")


class ZoneNamed(PublicShape):
    """A zone by its names."""

    id: str = Field(description="The zone's code")
    name_zh: str = Field(description="Its name in Chinese")
    name_en: str | None = Field(description="Its name in English; null = unknown")


class NearestLink(PublicShape):
    """A link that the zone holds."""

    link_id: str = Field(description="The link")
    proximity: int = Field(
        description="The lesser of the two shares of zones that hold the one and also the other, "
        "thousandths"
    )


class RelatedLink(PublicShape):
    """A link that a zone lacks, and how near it lies to what it can do."""

    link_id: str = Field(description="The link, `chain.link`")
    chain_id: str = Field(description="Its chain")
    name_zh: str = Field(description="Its name in Chinese")
    name_en: str = Field(description="Its name in English")
    density: int | None = Field(
        description="Share of the link's proximity to all links that the zone holds, thousandths; "
        "null = too few zones are known, or hold the link"
    )
    steps: int | None = Field(
        description="Edges from the nearest link the zone holds; null = no path leads there"
    )
    zones_holding: int = Field(description="Known zones that hold it")
    nearest: list[NearestLink] = Field(
        description="Links the zone holds that lie nearest, 3 at most"
    )
    gap_kind: GapKind | None = Field(
        description="The kind of gap the zone has open there; null = none, it may be worth opening"
    )
    why: SentencePublic = Field(description="The reason in words")


class RelatedPublic(PublicShape):
    """The links a zone lacks that lie nearest to what it can do."""

    zone: ZoneNamed = Field(description="The zone")
    event: int = Field(description="The number of the last event that is counted in")
    reference: str = Field(description="Digest of the reference that rules, sha256:…")
    method: str = Field(
        description="density: by co-location in known zones (Hidalgo et al. 2007); steps: along "
        "the edges of the chains, where fewer than 30 zones are known; none: nothing is known of "
        "the zone"
    )
    zones_known: int = Field(description="Zones whose chains are known")
    holds: int | None = Field(description="Links the zone holds; null = nothing is known of it")
    lacks: int | None = Field(
        description="Links it lacks, of the chain asked for; null = nothing is known of it"
    )
    items: list[RelatedLink] = Field(description="The nearest first")
    notes: list[SentencePublic] = Field(description="On what it rests, and where it is thin")
