"""Allocations: many investors and many gaps matched at once, under capacities."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from matching.vocabulary import Reason, Region
from models.base import FieldsDisagree, InputShape, PublicShape
from models.quantities import Day, Whole
from models.ranking_query import PoolFilter
from models.text import ChainId, Key, ZoneCode

MOST_IDS = 10_000

Pairs = Annotated[Whole, Field(ge=0, le=1_000_000)]


class Method(StrEnum):
    """Two published methods; each tells the total of the other."""

    STABLE = "stable"
    BEST_TOTAL = "best_total"


class Floors(BaseModel):
    """At least so many pairs."""

    model_config = ConfigDict(extra="forbid")

    zone: dict[ZoneCode, Pairs] = Field(
        default_factory=dict, max_length=1000, description="With gaps of a zone, by its code"
    )
    region: dict[Region, Pairs] = Field(
        default_factory=dict[Region, Pairs], description="With gaps of zones of a region"
    )


class Caps(Floors):
    """At most so many pairs; those of a chain keep a whole from being all of one trade."""

    chain: dict[ChainId, Pairs] = Field(
        default_factory=dict, max_length=1000, description="With gaps of a chain"
    )


class AllocationRequest(BaseModel):
    """The body of `POST /v1/allocations`."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"method": "best_total", "caps": {"region": {"east": 1}}}],
        },
    )

    investor_ids: list[Key] | None = Field(
        default=None, max_length=MOST_IDS, description="The investors; null = all that are active"
    )
    gap_ids: list[Key] | None = Field(
        default=None, max_length=MOST_IDS, description="The gaps; null = all that are open"
    )
    filters: PoolFilter = Field(
        default_factory=PoolFilter, description="What narrows both sides further"
    )
    method: Method = Field(
        default=Method.STABLE,
        description="stable: nobody has a pair that both sides would rather have; best_total: no "
        "other allocation has a greater total score",
    )
    investor_capacity: Annotated[Whole, Field(ge=1, le=100)] = Field(
        default=1, description="How many gaps each investor takes; a gap has its own `capacity`"
    )
    floors: Floors = Field(
        default_factory=Floors, description="At least so many pairs; with best_total only"
    )
    caps: Caps = Field(
        default_factory=Caps, description="At most so many pairs; with best_total only"
    )
    policy_id: Key | None = Field(default=None, description="The policy; null = the one in force")
    as_of: Day | None = Field(
        default=None, description="The day whose policy is asked for; null = today in China"
    )

    @model_validator(mode="after")
    def settle(self) -> "AllocationRequest":
        """Floors and caps go with the best total: under them a stable one need not exist."""
        if self.method is Method.STABLE and (self.floors != Floors() or self.caps != Caps()):
            fields = ("method", "floors", "caps")
            raise FieldsDisagree(fields, "floors and caps need the method best_total")
        return self


class AllocationTask(InputShape):
    """What the job of a large allocation is about."""

    kind: Literal["allocation"] = Field(default="allocation", description="allocation")
    method: Method = Field(description="stable or best_total")
    investors: int = Field(description="Investors that take part")
    gaps: int = Field(description="Gaps that take part")


class AllocationJob(PublicShape):
    """A large allocation that is being made."""

    id: str = Field(description="`GET /v1/allocations/{id}` answers with the allocation")
    status: str = Field(description="queued or running; failed or cancelled when there is none")


class AllocatedPair(PublicShape):
    """An investor and the gap it goes with."""

    investor_id: str = Field(description="The investor")
    gap_id: str = Field(description="The gap")
    score: int = Field(description="Of the pair, basis points")


class LeftOut(PublicShape):
    """An investor or a gap that has nobody, and why."""

    id: str = Field(description="The investor or gap")
    reason: Reason = Field(
        description="standing, nothing_near, blocked, cap, outranked (stable) or total (best_total)"
    )
    gate: str | None = Field(description="The gate that stops it, where the reason is blocked")
    zh: str = Field(description="The reason in Chinese")
    en: str = Field(description="The reason in English")


class RegionShare(PublicShape):
    """What one region has of the whole."""

    region: Region = Field(description="The region of the zones")
    gaps: int = Field(description="Its gaps that took part")
    places: int = Field(description="How many investors they can take")
    pairs: int = Field(description="How many they got")
    total: int = Field(description="Score of these pairs together, basis points")
    mean_score: int | None = Field(description="Of a pair, basis points; null without pairs")


class AllocationPublic(PublicShape):
    """The answer of `POST /v1/allocations`."""

    method: Method = Field(description="By which it was made")
    policy_id: str = Field(description="The policy scored with")
    ruleset: str = Field(description="Digest of all that can change a score")
    investors: int = Field(description="Investors that took part")
    gaps: int = Field(description="Gaps that took part")
    candidates: int = Field(description="Pairs that may be: relevant, and stopped by no gate")
    pairs: list[AllocatedPair] = Field(description="By gap, then by score")
    total: int = Field(description="Scores of all pairs together, basis points")
    blocking_pairs: int = Field(
        description="Pairs not chosen that both sides would rather have; 0 when stable"
    )
    other_method_total: int = Field(
        description="What the other method comes to with the same capacities, without floors, caps"
    )
    other_method_blocking_pairs: int = Field(description="And its blocking pairs")
    shared_pairs: int = Field(description="Pairs that both methods choose")
    unmatched: list[LeftOut] = Field(description="Investors, then gaps, that have nobody")
    by_region: list[RegionShare] = Field(description="Regions of the gaps that took part")
