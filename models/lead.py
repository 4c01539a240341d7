"""Leads (线索): what a partner sends, and what is stored of it and of its moves."""

from typing import Self

from pydantic import AwareDatetime, model_validator
from sqlalchemy import BigInteger, Index
from sqlmodel import Field, SQLModel

from matching.vocabulary import LeadStatus
from models.base import CreateShape, FieldsDisagree, InputShape, Record, utc_now
from models.columns import JsonOf, enum_column
from models.company import ANYWHERE
from models.contact import ConsentCreate, ContactCreate
from models.ids import new_id
from models.investor import InvestorCreate
from models.lists import SeveralOrNull
from models.text import Key, LinkId, LongText, ZoneCode


class LeadCreate(CreateShape):
    """The body of `POST /v1/leads`: an investor, and the gap or link it is for."""

    investor: InvestorCreate | None = Field(
        default=None, description="The investor's profile; else `investor_id`"
    )
    investor_id: Key | None = Field(
        default=None, description="The investor of a lead of your own; else `investor`"
    )
    gap_id: Key | None = Field(default=None, description="The open gap it is for; else `link_id`")
    link_id: LinkId | None = Field(
        default=None, description="The link it is for, `chain.link`; else `gap_id`"
    )
    zone_id: ZoneCode | None = Field(
        default=None, description="With `link_id`: the zone; null = no zone in particular"
    )
    note: LongText | None = Field(
        default=None, description="What else is to be known; persons belong in `contacts`"
    )
    contacts: SeveralOrNull[ContactCreate] = Field(
        default_factory=list, description="Persons to talk to; needs `consent`"
    )
    consent: ConsentCreate | None = Field(
        default=None, description="What these persons have agreed to"
    )

    model_config = {  # noqa: RUF012 - pydantic copies its settings
        "json_schema_extra": {
            "examples": [
                {
                    "investor": {
                        "name": "Example Resist GmbH",
                        "country": "DE",
                        "products": ["ArF photoresist"],
                        "planned_investment_min_cny": 300_000_000,
                        "technology_level": 4,
                    },
                    "link_id": "ic.photoresist",
                    "zone_id": "CNHTZ-3205",
                    "note": "The board decides in spring",
                    "contacts": [{"name": "A. Beispiel", "role": "Head of strategy"}],
                    "consent": {
                        "given_by": "A. Beispiel",
                        "given_at": "2026-01-05T09:00:00Z",
                        "purpose": "Talks about a site in China",
                    },
                }
            ]
        }
    }

    @model_validator(mode="after")
    def settle(self) -> Self:
        """One investor, one place; who names a person says what it has agreed to."""
        check_one(self, "investor", "investor_id")
        check_one(self, "gap_id", "link_id")
        if self.gap_id is not None and self.zone_id is not None:
            raise FieldsDisagree(("gap_id", "zone_id"), "a gap has its zone: leave zone_id out")
        if self.contacts and self.consent is None:
            raise FieldsDisagree(("consent",), "is needed where a person is named")
        return self


def check_one(record: object, *fields: str) -> None:
    """Nothing when exactly one of the fields is given.

    Raises:
        FieldsDisagree: none or several are.
    """
    if sum(getattr(record, field) is not None for field in fields) != 1:
        raise FieldsDisagree(fields, f"exactly one of {', '.join(fields)} is needed")


class TransitionRequest(InputShape):
    """The body of `POST /v1/leads/{id}/transitions`."""

    to: LeadStatus = Field(description="The status it moves to; the one it has = a report")
    reason: LongText = Field(description="Why, or what there is to report; no person's data")
    at: AwareDatetime | None = Field(
        default=None, description="When it happened, with a time zone; null = now"
    )

    model_config = {  # noqa: RUF012 - pydantic copies its settings
        "json_schema_extra": {
            "examples": [{"to": "under_review", "reason": "Given to the department of IC"}]
        }
    }


class MergeRequest(InputShape):
    """The body of `POST /v1/leads/{id}/merge`."""

    into: Key = Field(description="A lead of the company that this one's is taken for")

    model_config = {  # noqa: RUF012 - pydantic copies its settings
        "json_schema_extra": {"examples": [{"into": "lead_01M86P00000000000000000001"}]}
    }


class Lead(Record, table=True):
    """A lead as stored; its moves, contacts and company are rows of their own."""

    __table_args__ = (Index("ix_lead_link_id_zone_id", "link_id", "zone_id"),)

    id: str = Field(default_factory=lambda: new_id("lead"), primary_key=True)
    number: int = Field(sa_type=BigInteger, unique=True)
    """The number of the event that registered it: the order that decides who comes first."""
    created_by: str
    partner_id: str = Field(foreign_key="partner.id", index=True)
    company_id: str = Field(foreign_key="company.id", index=True)
    investor_id: str = Field(index=True)
    """Under this id the investor joins the pool when the lead is accepted."""
    investor: InvestorCreate = Field(sa_type=JsonOf(InvestorCreate))
    gap_id: str | None = Field(default=None, foreign_key="gap.id", index=True)
    zone_id: str = Field(default=ANYWHERE)
    """A zone's code, or `ANYWHERE`."""
    chain_id: str
    link_id: str
    note: str | None = Field(default=None)
    rules: str
    """The template of its clocks, as it was when the lead was registered."""
    status: LeadStatus = Field(
        default=LeadStatus.SUBMITTED, sa_type=enum_column(LeadStatus), index=True
    )
    protected_until: AwareDatetime | None = Field(default=None)
    due_at: AwareDatetime | None = Field(default=None, index=True)
    """When its clocks ask for something next; only so that a sweep need not look at every lead."""
    told: list[str] = Field(default_factory=list, sa_type=JsonOf(list[str]))
    """Names of the reminders that have been told."""
    contacts_erased_at: AwareDatetime | None = Field(default=None)


class LeadMove(SQLModel, table=True):
    """One move of a lead; what is said in words stays here, out of the event log."""

    __tablename__ = "lead_move"  # pyright: ignore[reportAssignmentType] - SQLModel declares it as an attribute made late

    lead_id: str = Field(primary_key=True, foreign_key="lead.id")
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    """1 = the registration."""
    status: LeadStatus = Field(sa_type=enum_column(LeadStatus))
    at: AwareDatetime
    actor: str
    """administrator, partner or system."""
    key_id: str
    """The key that did it, or "system"."""
    reason: str | None = Field(default=None)
    recorded_at: AwareDatetime = Field(default_factory=utc_now)
