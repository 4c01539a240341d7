"""How much of a ranking's top survives small changes of weight and other methods."""

from sqlmodel import Field

from models.base import PublicShape
from models.ranking import RankingHead


class MethodTop(PublicShape):
    """The top by another standard method on the same values and weights."""

    method: str = Field(description="topsis or promethee_ii")
    top: list[str] = Field(description="Its best, at most three")
    shared: int = Field(ge=0, le=3, description="How many of the ranking's own top are among them")


class StabilityPublic(RankingHead):
    """The answer of `GET …/stability`."""

    top: list[str] = Field(description="The ranking's own best, at most three")
    trials: int = Field(description="How many small changes of weight were tried")
    change_pct: int = Field(description="The most by which a weight was changed, percent")
    seed: int = Field(description="Of the generator, so that anyone can repeat it")
    same_first: int = Field(
        ge=0, le=10_000, description="Share of the trials with the same first, basis points"
    )
    same_top: int = Field(
        ge=0, le=10_000, description="Share with the same top, in any order, basis points"
    )
    methods: list[MethodTop] = Field(description="Other methods")
