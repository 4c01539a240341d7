"""What a ranking may be asked for, as query parameters; an unknown parameter is refused."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from matching.vocabulary import GapKind, Origin, Region
from models.quantities import Day
from models.text import ChainId, Key, ProvinceCode


class Diversify(StrEnum):
    """What must not take more than its share of a page."""

    NONE = "none"
    ZONE = "zone"
    CHAIN = "chain"


class PolicyQuery(BaseModel):
    """Under which policy to score."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    policy_id: Key | None = Field(default=None, description="The policy; null = the one in force")
    as_of: Day | None = Field(
        default=None, description="The day whose policy is asked for; null = today in China"
    )

    def parts(self) -> list[str]:
        """Every parameter in a fixed order, for the cache's key."""
        return [f"{name}={value}" for name, value in sorted(self.model_dump(mode="json").items())]


class PoolFilter(BaseModel):
    """Filters that narrow the pool; they combine with AND."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: GapKind | None = Field(default=None, description="Gaps of this kind: weak or missing")
    chain_id: ChainId | None = Field(default=None, description="Gaps of this chain")
    region: Region | None = Field(default=None, description="Gaps of zones of this region")
    province_code: ProvinceCode | None = Field(
        default=None, description="Gaps of zones of this province, GB/T 2260, two digits"
    )
    origin: Origin | None = Field(default=None, description="Investors of this origin")


class RankingFilter(PoolFilter):
    """Filters of a ranking; `min_score` narrows only what is listed."""

    min_score: int | None = Field(
        default=None, ge=0, le=10_000, description="Matches of this score or more, basis points"
    )
    diversify: Diversify = Field(
        default=Diversify.NONE,
        description="none: best first; zone, chain: each one's best, then each one's second, …; "
        "`rank` stays the plain order's",
    )


class RankingQuery(PolicyQuery, RankingFilter):
    """A page of a ranking."""

    limit: int = Field(default=20, ge=1, le=100, description="Most matches of a page")
    cursor: str | None = Field(
        default=None, max_length=200, description="`next_cursor` of the page before"
    )
