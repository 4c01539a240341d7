"""What a policy would change: who enters, leaves and moves in rankings, by which points."""

from enum import StrEnum

from pydantic import ConfigDict
from pydantic import Field as PlainField
from sqlmodel import Field

from matching.vocabulary import Region
from models.base import PublicShape
from models.quantities import Whole
from models.ranking import GateReason, MatchedGap, MatchedInvestor, PolicyRef, Subject
from models.ranking_query import PoolFilter
from models.sentences import SentencePublic
from models.text import Key


class Direction(StrEnum):
    """Whose rankings are compared."""

    GAPS = "gaps"
    INVESTORS = "investors"


class Limit(StrEnum):
    """Why not all subjects were compared."""

    SAMPLE = "sample"
    WORK = "work"


class PreviewRequest(PoolFilter):
    """The body of `POST /v1/admin/policies/{policy_id}/preview`; everything may be left out."""

    direction: Direction = PlainField(
        default=Direction.GAPS,
        description="gaps: the investors of each gap are ranked; investors: the gaps of each, "
        "where regions compete for places",
    )
    against: Key | None = PlainField(
        default=None,
        description="The policy to compare with, a draft too; null = the one that rules today",
    )
    top: Whole = PlainField(
        default=10, ge=1, le=50, description="How many places of each ranking are compared"
    )
    sample: Whole | None = PlainField(
        default=None, ge=1, le=1_000_000, description="Most subjects to compare; null = all"
    )
    limit: Whole = PlainField(default=50, ge=0, le=200, description="Most moves to list")

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"direction": "gaps", "top": 10, "limit": 20}]}
    )


class ComparedPolicy(PolicyRef):
    """One of the two policies."""

    name_zh: str = Field(description="Its name in Chinese")
    name_en: str = Field(description="Its name in English")
    ruleset: str = Field(description="Digest of it, the reference and the formulas, sha256:…")


class PreviewScope(SentencePublic):
    """Which subjects were compared, and by which rule they were chosen."""

    subjects: int = Field(description="How many were compared")
    of: int = Field(description="How many there are that look for a match and pass the filters")
    pairs: int = Field(description="Pairs scored under each policy")
    limited_by: Limit | None = Field(
        description="null = all were compared; sample = as many as asked for; work = as many "
        "as one call may compare (without the compiled loop that is 10,000 pairs)"
    )
    rule: str = Field(description="How the sample is drawn, the same each time")


class PreviewTotals(PublicShape):
    """Counts over all compared subjects, not only over what is listed."""

    unchanged: int = Field(description="Subjects with the same top in the same order")
    changed: int = Field(description="The other subjects")
    enters: int = Field(description="Candidates that enter a top")
    leaves: int = Field(description="Candidates that leave a top")
    moves: int = Field(description="Candidates that change their place within a top")


class GateChange(PublicShape):
    """What a gate does otherwise."""

    gate: str = Field(description="The gate; relevance is the policy's own floor of link_fit")
    stopped: int = Field(description="Pairs that it stops now and did not stop before")
    freed: int = Field(description="Pairs that it stopped before and does not stop now")


class RegionExposure(PublicShape):
    """The places at the top that gaps of a region's zones have."""

    region: Region = Field(description="The region of the zone")
    places_before: int = Field(description="Places in all compared tops before")
    places_after: int = Field(description="Places after")
    share_before: int = Field(
        ge=0, le=10_000, description="Share of all places before, basis points; regions add up"
    )
    share_after: int = Field(
        ge=0, le=10_000, description="Share of all places after, basis points; regions add up"
    )


class PointsChange(PublicShape):
    """One criterion's part in a move."""

    criterion: str = Field(description="The criterion, such as link_fit")
    title_zh: str = Field(description="Its title in Chinese")
    title_en: str = Field(description="Its title in English")
    weight_before: int = Field(description="Its weight before, basis points")
    weight_after: int = Field(description="Its weight after, basis points")
    points_before: int = Field(description="Its points before")
    points_after: int = Field(description="Its points after")
    delta: int = Field(description="points_after - points_before")


class PreviewMove(SentencePublic):
    """One candidate that enters, leaves or moves, and the points that make it."""

    change: str = Field(description="enters, leaves or moves")
    subject: Subject = Field(description="Whose ranking it is")
    investor: MatchedInvestor = Field(description="The investor of the pair")
    gap: MatchedGap = Field(description="The gap of the pair")
    rank_before: int | None = Field(
        description="Place in the whole ranking before, 1 = best; null = no match"
    )
    rank_after: int | None = Field(description="Place after; null = no match")
    places: int = Field(
        description="Places it rises, below 0 where it falls; no rank counts as behind the last"
    )
    score_before: int = Field(description="Sum of points_before, also where the pair is no match")
    score_after: int = Field(description="Sum of points_after, also where the pair is no match")
    delta: int = Field(description="score_after - score_before: the sum of the deltas")
    components: list[PointsChange] = Field(
        description="By criterion, in reading order; their deltas add up to delta"
    )
    stopped_before: GateReason | None = Field(description="The gate that stopped the pair before")
    stopped_after: GateReason | None = Field(description="The gate that stops the pair after")


class RankedPlace(PublicShape):
    """A place in a top."""

    rank: int = Field(description="1 = best")
    id: str = Field(description="The candidate: a gap of an investor, or an investor of a gap")
    score: int = Field(description="Its score, basis points")


class ComparedTop(PublicShape):
    """The top of one ranking under both policies."""

    subject: Subject = Field(description="Whose ranking it is")
    before: list[RankedPlace] = Field(description="Best first")
    after: list[RankedPlace] = Field(
        description="Best first: what the ranking will be if the policy rules and nothing changes"
    )


class PolicyPreview(PublicShape):
    """The answer of `POST /v1/admin/policies/{policy_id}/preview`."""

    policy: ComparedPolicy = Field(description="The policy that is tried: after")
    against: ComparedPolicy = Field(description="The policy it is compared with: before")
    direction: Direction = Field(description="Whose rankings were compared")
    top: int = Field(description="How many places of each were compared")
    scope: PreviewScope = Field(description="Which subjects were compared")
    totals: PreviewTotals = Field(description="How much changes")
    gates: list[GateChange] = Field(description="Gates that stop other pairs than before")
    exposure: list[RegionExposure] = Field(description="Places at the top by region of the zone")
    moves: list[PreviewMove] = Field(description="The biggest movers, most places first")
    rankings: list[ComparedTop] = Field(description="The tops that the listed moves belong to")
