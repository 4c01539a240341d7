"""Policies and the criteria they weigh, as answered."""

from datetime import date
from enum import StrEnum

from sqlmodel import Field

from matching.vocabulary import Kind, Pillar, Region
from models.base import PublicShape
from models.sentences import SentencePublic


class PolicyStatus(StrEnum):
    """Whether a policy rules today."""

    DRAFT = "draft"
    ACTIVE = "active"
    COMING = "coming"
    RETIRED = "retired"
    CLOSED = "closed"


class LevelPublic(SentencePublic):
    """A labelled range of a criterion's value."""

    band: str = Field(description="Its key")
    from_value: int = Field(ge=0, le=1000, description="Where the range begins, thousandths")


class CaseWeights(PublicShape):
    """The weights of one criterion, basis points, by kind of gap and origin of investor."""

    weak_foreign: int = Field(description="Weak link, foreign or hmt investor")
    weak_domestic: int = Field(description="Weak link, domestic investor")
    missing_foreign: int = Field(description="Missing link, foreign or hmt investor")
    missing_domestic: int = Field(description="Missing link, domestic investor")


class CriterionPublic(PublicShape):
    """A part of the score."""

    criterion: str = Field(description="Its key")
    pillar: Pillar = Field(description="The group it belongs to")
    title_zh: str = Field(description="Its title in Chinese")
    title_en: str = Field(description="Its title in English")
    weights: CaseWeights = Field(description="Under the policy in force")
    levels: list[LevelPublic] = Field(description="Highest first")
    source: str = Field(description="Where it comes from")


class PolicyPublic(PublicShape):
    """A version of a policy."""

    id: str = Field(description="Its id")
    version: int = Field(description="Its version")
    name_zh: str = Field(description="Its name in Chinese")
    name_en: str = Field(description="Its name in English")
    status: PolicyStatus = Field(description="active, coming or retired today")
    effective_from: date = Field(description="First day, China's calendar")
    source: str = Field(description="Where its figures come from")
    ruleset: str = Field(description="Digest of it, the reference and the formulas, sha256:…")


class PolicyDetail(PolicyPublic):
    """A policy with its figures."""

    neutral: int = Field(description="Value where nothing is known, thousandths")
    relevance_floor: int = Field(description="Least link_fit of a match, thousandths")
    labour_cap_east: int = Field(
        description="Most that a labour-intensive project gets in the east, thousandths"
    )
    weights: dict[str, CaseWeights] = Field(description="By criterion, basis points")
    orientation: dict[Region, dict[Kind, int]] = Field(
        description="Values of regional_orientation, thousandths"
    )
    diagnosis: dict[str, int] = Field(
        description="Where a zone's diagnosis draws its lines, thousandths"
    )
