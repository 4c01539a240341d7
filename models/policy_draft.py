"""An administrator's policies: drafted, tried, activated from a day, rolled back."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Discriminator, JsonValue, Tag
from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from matching.vocabulary import Kind, Region
from models.base import CreateShape, InputShape, PublicShape, Record, RecordPublic, UpdateShape
from models.columns import JsonOf
from models.ids import new_id
from models.policy import CaseWeights, PolicyStatus
from models.quantities import Day, Whole
from models.text import Key, Name, ShortText

NUMBER, TABLE = "\0number", "\0table"
"""How a weight is written. Pydantic puts it among the names of fields where it finds an error; the
NUL tells it from all that a caller may name."""


def form_of(weight: object) -> str:
    """How a weight is written; what is neither is judged as a number."""
    return TABLE if isinstance(weight, dict) else NUMBER


Weight = Annotated[
    Annotated[Whole, Tag(NUMBER)] | Annotated[dict[Key, Whole], Tag(TABLE)], Discriminator(form_of)
]

Figures = dict[str, JsonValue]
"""The part of a policy that moves a score, in the form of the built-in policies' TOML."""

WEIGHTS = (
    "By criterion, basis points: whole numbers (the weight wherever the criterion counts; the "
    "others keep their proportions), or tables of single cases that must add up to 10,000"
)
ORIENTATION = "Values of regional_orientation by region and kind of project, thousandths"
NEUTRAL = "Value where nothing is known, thousandths"
FLOOR = "Least link_fit of a match, thousandths"
CAP = "Most that a labour-intensive project gets in the east, thousandths"
DIAGNOSIS = "Where a zone's diagnosis draws its lines, thousandths"


class PolicyFigures(SQLModel):
    """Figures that differ from those of the policy a draft is based on."""

    neutral: Whole | None = Field(default=None, description=NEUTRAL)
    relevance_floor: Whole | None = Field(default=None, description=FLOOR)
    labour_cap_east: Whole | None = Field(default=None, description=CAP)
    weights: dict[Key, Weight] | None = Field(default=None, description=WEIGHTS)
    orientation: dict[Key, dict[Key, Whole]] | None = Field(default=None, description=ORIENTATION)
    diagnosis: dict[Key, Whole] | None = Field(default=None, description=DIAGNOSIS)


class PolicyCreate(PolicyFigures, CreateShape):
    """The body of `POST /v1/admin/policies`: a draft."""

    name_zh: Name = Field(description="Its name in Chinese")
    name_en: Name = Field(description="Its name in English")
    source: ShortText = Field(description="Where its figures come from")
    based_on: Key | None = Field(
        default=None, description="The policy whose figures it starts from; null = the one in force"
    )

    model_config = {
        "json_schema_extra": {
            "examples": [
                {
                    "name_zh": "生态优先政策（征求意见稿）",
                    "name_en": "Ecology first (draft for comment)",
                    "source": "Working meeting of the zone committee, 2026-11",
                    "weights": {"ecology": 900},
                }
            ]
        }
    }


class PolicyUpdate(PolicyFigures, UpdateShape):
    """The body of `PATCH /v1/admin/policies/{policy_id}`: figures are laid over the draft's."""

    name_zh: Name | None = Field(default=None, description="Its name in Chinese")
    name_en: Name | None = Field(default=None, description="Its name in English")
    source: ShortText | None = Field(default=None, description="Where its figures come from")


class PolicyActivation(InputShape):
    """The body of `POST /v1/admin/policies/{policy_id}/activate`."""

    effective_from: Day | None = Field(
        default=None, description="First day, China's calendar, today or later; null = today"
    )


class PolicyAct(StrEnum):
    """What may need two administrators."""

    ACTIVATION = "activation"
    ROLLBACK = "rollback"


class PendingAct(PublicShape):
    """An act that one administrator has asked for and another one must confirm."""

    action: PolicyAct = Field(description="activation or rollback")
    effective_from: date | None = Field(
        description="First day of the activation, China's calendar; null for a rollback"
    )
    asked_by: str = Field(description="The administrator who asked: another one confirms")
    asked_at: AwareDatetime = Field(description="When asked for, UTC")


class StoredPolicy(Record, table=True):
    """A policy as stored. Its figures change while it is a draft and never afterwards."""

    __tablename__ = "policy"  # pyright: ignore[reportAssignmentType] - SQLModel declares it as an attribute made late

    id: str = Field(default_factory=lambda: new_id("pol"), primary_key=True)
    number: int = Field(sa_type=BigInteger, unique=True)
    """Of the event that made it: the order of drafting."""
    created_by: str
    name_zh: str
    name_en: str
    source: str
    based_on: str
    revision: int = 1
    """Of the figures; it goes up with each change of the draft."""
    figures: Figures = Field(sa_type=JsonOf(Figures))
    activated_at: AwareDatetime | None = None
    effective_from: date | None = None
    effective_until: date | None = None
    """The first day on which it rules no more; the day it began = it never ruled."""
    closed_at: AwareDatetime | None = None
    """When a draft was given up."""
    pending: PendingAct | None = Field(default=None, sa_type=JsonOf(PendingAct))


class PolicyForAdmin(RecordPublic):
    """A policy as an administrator sees it, drafts too."""

    name_zh: str = Field(description="Its name in Chinese")
    name_en: str = Field(description="Its name in English")
    source: str = Field(description="Where its figures come from")
    based_on: str = Field(description="The policy whose figures it started from")
    status: PolicyStatus = Field(description="draft, coming, active, retired or closed")
    revision: int = Field(description="Version of its figures: the one that rankings name")
    created_by: str = Field(description="The key that drafted it")
    activated_at: AwareDatetime | None = Field(description="When activated, UTC; null = a draft")
    effective_from: date | None = Field(description="First day, China's calendar; null = a draft")
    effective_until: date | None = Field(
        description="First day on which it rules no more after a rollback; null = not rolled back"
    )
    closed_at: AwareDatetime | None = Field(
        description="When the draft was given up, UTC; null = it was not"
    )
    pending: PendingAct | None = Field(
        description="What awaits a second administrator; null = nothing"
    )
    ruleset: str = Field(description="Digest of it, the reference and the formulas, sha256:…")
    neutral: int = Field(description=NEUTRAL)
    relevance_floor: int = Field(description=FLOOR)
    labour_cap_east: int = Field(description=CAP)
    weights: dict[str, CaseWeights] = Field(description="By criterion, basis points")
    orientation: dict[Region, dict[Kind, int]] = Field(description=ORIENTATION)
    diagnosis: dict[str, int] = Field(description=DIAGNOSIS)
