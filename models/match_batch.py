"""Many rankings in one call, of stored records or of profiles that are never stored."""

from typing import Annotated, Self, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from matching.vocabulary import Kind, Region
from models.base import FieldsDisagree, PublicShape
from models.investor import InvestorCreate
from models.quantities import Day, Whole
from models.ranking import GapRanking, InvestorRanking
from models.ranking_query import RankingFilter
from models.text import Key

MOST_QUERIES = 100
MOST_PAIRS = 10_000
PAIR = 2


class MatchQuery(RankingFilter):
    """One ranking: for a stored investor, an unsaved one, or a gap."""

    investor_id: Key | None = Field(default=None, description="A stored investor")
    investor: InvestorCreate | None = Field(
        default=None, description="A profile that is not stored"
    )
    gap_id: Key | None = Field(default=None, description="A stored gap")

    @model_validator(mode="after")
    def settle(self) -> Self:
        """Exactly one subject."""
        subjects = (self.investor_id, self.investor, self.gap_id)
        if sum(subject is not None for subject in subjects) != 1:
            fields = ("investor_id", "investor", "gap_id")
            raise FieldsDisagree(fields, f"exactly one of {', '.join(fields)} is needed")
        return self


class ExcludedPair(BaseModel):
    """A pair that must not come up."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    investor_id: Key = Field(description="The investor")
    gap_id: Key = Field(description="The gap")


def read_pair(value: object) -> object:
    """A pair as an object; `[investor_id, gap_id]` is taken too."""
    if not isinstance(value, list):
        return value
    parts = cast("list[object]", value)
    if len(parts) != PAIR:
        return parts
    return dict(zip(ExcludedPair.model_fields, parts, strict=True))


class MatchRequest(BaseModel):
    """The body of `POST /v1/match`."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "queries": {
                        "q1": {
                            "investor": {
                                "name": "Example Photoresist K.K.",
                                "country": "JP",
                                "products": ["光刻胶"],
                            },
                            "region": "east",
                        }
                    },
                    "limit": 5,
                    "weights": {"local_linkage": 2000},
                }
            ]
        },
    )

    queries: dict[Key, MatchQuery] = Field(
        min_length=1, max_length=MOST_QUERIES, description="Rankings asked for, by a name of yours"
    )
    limit: Whole = Field(default=20, ge=1, le=100, description="Most matches of each ranking")
    policy_id: Key | None = Field(default=None, description="The policy; null = the one in force")
    as_of: Day | None = Field(
        default=None, description="The day whose policy is asked for; null = today in China"
    )
    weights: dict[str, Whole] | None = Field(
        default=None,
        max_length=MOST_QUERIES,
        description="Weights of your own by criterion, basis points; the others are scaled so that "
        "each case adds up to 10,000",
    )
    orientation: dict[Region, dict[Kind, Whole]] | None = Field(
        default=None,
        description="Values of regional_orientation of your own by region and kind of project, "
        "thousandths; what is not named stays as the policy says",
    )
    exclude_pairs: list[Annotated[ExcludedPair, BeforeValidator(read_pair)]] = Field(
        default_factory=list[ExcludedPair],
        max_length=MOST_PAIRS,
        description="Pairs that must not come up",
    )


class MatchResults(PublicShape):
    """The answer of `POST /v1/match`."""

    results: dict[str, InvestorRanking | GapRanking] = Field(
        description="The rankings, by the names given"
    )
