"""Partners (全球合伙人): who may hand in leads, where, and under which terms."""

from datetime import date
from typing import Self

from pydantic import AwareDatetime, model_validator
from sqlmodel import Field, SQLModel

from models.base import CreateShape, FieldsDisagree, InputShape, Record, RecordPublic, UpdateShape
from models.columns import JsonOf
from models.ids import new_id
from models.lists import Several, SeveralOrNull
from models.text import Key, LongText, Name, ProvinceCode

TERRITORIES = "Provinces its leads may be for, GB/T 2260, two digits; empty = all"


class PartnerTerms(SQLModel):
    """What is agreed with a partner; null = nothing of its own."""

    terms: LongText | None = Field(default=None, description="What is agreed with it, for people")
    lead_rules: Key | None = Field(
        default=None, description="Template of its clocks and protection; null = the standard one"
    )
    contract_from: date | None = Field(
        default=None, description="First day of the contract, for people; null = unknown"
    )
    contract_until: date | None = Field(
        default=None, description="Last day of the contract, for people; null = open or unknown"
    )

    def check_contract(self) -> None:
        """Nothing when the contract does not end before it begins.

        Raises:
            FieldsDisagree: it does.
        """
        first, last = self.contract_from, self.contract_until
        if first is not None and last is not None and last < first:
            raise FieldsDisagree(("contract_until",), "lies before contract_from")


class PartnerInput(PartnerTerms, InputShape):
    """The part of the body that POST and PATCH share."""

    territories: SeveralOrNull[ProvinceCode] = Field(default_factory=list, description=TERRITORIES)


class PartnerCreate(PartnerInput, CreateShape):
    """The body of `POST /v1/admin/partners`."""

    name: Name = Field(description="Name of the partner")

    model_config = {
        "json_schema_extra": {
            "examples": [
                {
                    "name": "示例投资顾问有限公司",
                    "territories": ["32", "31"],
                    "terms": "Agreement of 2026, renewed every year",
                    "contract_from": "2026-01-01",
                    "contract_until": "2026-12-31",
                }
            ]
        }
    }

    @model_validator(mode="after")
    def settle(self) -> Self:
        """A contract ends on the day it begins, or later."""
        self.check_contract()
        return self


class PartnerUpdate(PartnerInput, UpdateShape):
    """The body of `PATCH /v1/admin/partners/{id}`."""

    name: Name = Field(default=None, description="Name of the partner")


class Partner(PartnerTerms, Record, table=True):
    """A partner as stored; a closed one has the moment of its closing."""

    id: str = Field(default_factory=lambda: new_id("ptn"), primary_key=True)
    created_by: str
    closed_at: AwareDatetime | None = Field(default=None)
    name: Name
    territories: Several[ProvinceCode] = Field(default_factory=list, sa_type=JsonOf(list[str]))


class PartnerPublic(PartnerTerms, RecordPublic):
    """A partner as answered."""

    name: str = Field(description="Name of the partner")
    territories: list[str] = Field(description=TERRITORIES)
    closed_at: AwareDatetime | None = Field(description="When it was closed, UTC; null = open")
