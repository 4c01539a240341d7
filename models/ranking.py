"""Rankings as answered: the best matches first, with the reason for every point."""

from typing import Any, Literal

from pydantic import JsonValue
from sqlmodel import Field

from matching.vocabulary import GapKind, Origin, Pillar, Verdict
from models.base import PublicShape
from models.sentences import SentencePublic
from models.zone import ZoneBrief


class Subject(PublicShape):
    """The record a ranking is for."""

    type: Literal["investor", "gap"] = Field(description="What it is")
    id: str = Field(description="Its id")
    version: int = Field(description="Its version at the time")


class PolicyRef(PublicShape):
    """The policy in force."""

    id: str = Field(description="The policy, such as national-2026")
    version: int = Field(description="Its version")


class GateReason(SentencePublic):
    """What a gate says of a pair."""

    gate: str = Field(description="The gate, such as negative_list")
    source: str = Field(description="The rule it rests on")


class Condition(GateReason):
    """What a gate says of a pair, and whether it stops it."""

    verdict: Verdict = Field(
        description="blocked, conditional, or check (a code or a word alone: a person must look)"
    )


class BlockedGap(GateReason):
    """A gap that a gate keeps from the investor."""

    gap_id: str = Field(description="The gap")


class BlockedInvestor(GateReason):
    """An investor that a gate keeps from the gap."""

    investor_id: str = Field(description="The investor")


class Component(SentencePublic):
    """One criterion's part of a score, with its reason."""

    criterion: str = Field(description="The criterion, such as link_fit")
    pillar: Pillar = Field(description="The group it belongs to")
    weight: int = Field(ge=0, le=10_000, description="Its weight, basis points")
    value: int | None = Field(
        ge=0, le=1000, description="Its value, thousandths; null where it is assumed"
    )
    points: int = Field(ge=0, le=10_000, description="weight × value / 1000, rounded down")
    assumed: bool = Field(description="Whether nothing is known and the neutral value was taken")
    band: str = Field(description="The labelled range the value lies in")
    investor_value: str = Field(description="The investor's value that met")
    gap_value: str = Field(description="The gap's value that met")
    evidence: list[JsonValue] = Field(description="What it rests on")
    source: str = Field(description="Where the rule comes from")


class PillarPoints(PublicShape):
    """The points by pillar; they add up to the score."""

    strategy: int = Field(description="融入国家大战略")
    space: int = Field(description="匹配产业大空间")
    value: int = Field(description="提升投资大价值")


class MatchedGap(PublicShape):
    """The gap of a match."""

    id: str = Field(description="The gap")
    kind: GapKind = Field(description="weak or missing")
    zone: ZoneBrief = Field(description="Its zone")
    version: int = Field(description="Its version at the time")
    severity: int | None = Field(description="How much the chain suffers, 0 to 100")
    chain_id: str = Field(description="Its chain")
    link_id: str = Field(description="Its link")
    title_zh: str | None = Field(description="Its title in Chinese")
    title_en: str | None = Field(description="Its title in English")


class MatchedInvestor(PublicShape):
    """The investor of a match."""

    id: str = Field(description="The investor")
    name: str = Field(description="Its name")
    country: str = Field(description="ISO 3166-1 alpha-2")
    origin: Origin = Field(description="foreign, hmt or domestic")
    version: int = Field(description="Its version at the time")


class Assessment(PublicShape):
    """A score with its reasons."""

    score: int = Field(ge=0, le=10_000, description="The sum of the points; 7412 is shown as 74.12")
    coverage: int = Field(
        ge=0, le=10_000, description="Weight of the criteria that had evidence, basis points"
    )
    fdi_relevance: int | None = Field(
        ge=0, le=1000, description="local_linkage and frontier_technology; null when domestic"
    )
    pillars: PillarPoints = Field(description="The points by pillar")
    conditions: list[Condition] = Field(description="Conditions of the gates")
    components: list[Component] = Field(description="The points by criterion, in reading order")
    receipt: str = Field(description="Replays to the same bytes while its inputs exist")


class GapMatch(Assessment):
    """A gap in an investor's ranking."""

    rank: int = Field(ge=1, description="Its place, 1 = best")
    gap: MatchedGap = Field(description="The gap")


class InvestorMatch(Assessment):
    """An investor in a gap's ranking."""

    rank: int = Field(ge=1, description="Its place, 1 = best")
    investor: MatchedInvestor = Field(description="The investor")


class Counterfactual(SentencePublic):
    """A single change open to the investor; information, never a condition of approval."""

    change: dict[str, Any] = Field(description="Fields to PATCH on the investor")
    points: int = Field(description="What exactly it would add to the score")


class PairMatch(Assessment):
    """One pair that passes the floor and the gates."""

    gap: MatchedGap = Field(description="The gap")
    investor: MatchedInvestor = Field(description="The investor")
    counterfactuals: list[Counterfactual] = Field(description="What would add points")


class RankingHead(PublicShape):
    """What an answer rests on."""

    subject: Subject = Field(description="Whom it is for")
    policy: PolicyRef = Field(description="The policy in force")
    ruleset: str = Field(description="Digest of everything that can change a score, sha256:…")
    editions: dict[str, str] = Field(description="Edition of each catalogue")


class RankingCounts(RankingHead):
    """The head of a list."""

    kept_out: list[Condition] = Field(
        description="What keeps the subject from every match: closed, out of its period, opted out"
    )
    eligible: int = Field(description="How many are above the floor and not blocked")
    blocked_total: int = Field(description="How many are above the floor and blocked")
    next_cursor: str | None = Field(description="What to send as `cursor`; null = the last page")


class InvestorRanking(RankingCounts):
    """The answer of `GET /v1/investors/{id}/matches`: gaps, best first."""

    blocked: list[BlockedGap] = Field(description="Gaps that a gate keeps from the investor")
    matches: list[GapMatch] = Field(description="Gaps, best first")


class GapRanking(RankingCounts):
    """The answer of `GET /v1/gaps/{id}/matches`: investors, best first."""

    blocked: list[BlockedInvestor] = Field(description="Investors that a gate keeps from the gap")
    matches: list[InvestorMatch] = Field(description="Investors, best first")


class Pair(RankingHead):
    """The answer for one investor and one gap, blocked or not."""

    match: PairMatch | None = Field(description="The match; null = below the floor or blocked")
    gates: list[Condition] = Field(description="What the gates say of it")
