"""Persons named in leads: personal data, in tables of its own, deletable without the lead."""

from typing import Annotated

from pydantic import AwareDatetime, BeforeValidator, StringConstraints
from sqlmodel import Field, SQLModel

from models.base import InputShape, PublicShape
from models.ids import new_id
from models.text import Key, Name, ShortText, clean_line

EMAIL_LENGTH = 254
"""RFC 5321: 256 with the brackets of a path."""

Email = Annotated[
    str,
    StringConstraints(max_length=EMAIL_LENGTH, pattern=r"^[^\s@]+@[^\s@]+$"),
    BeforeValidator(clean_line),
]
"""An address with one @; whether somebody reads it is not known."""


class PersonTraits(SQLModel):
    """How a person is reached; null = not given."""

    role: ShortText | None = Field(default=None, description="Position at the company")
    phone: Key | None = Field(default=None, description="Telephone number as given")
    email: Email | None = Field(default=None, description="E-mail address")


class ContactCreate(PersonTraits, InputShape):
    """A person named in a lead."""

    name: Name = Field(description="Name of the person")


class ConsentCreate(InputShape):
    """What the persons named have agreed to."""

    given_by: Name = Field(description="Who agreed, for all persons named")
    given_at: AwareDatetime = Field(description="When, with a time zone; not in the future")
    purpose: ShortText = Field(description="What their data may be used for")


class Contact(PersonTraits, table=True):
    """A person as stored."""

    id: str = Field(default_factory=lambda: new_id("ctc"), primary_key=True)
    lead_id: str = Field(foreign_key="lead.id", index=True)
    position: int
    """Its place among the persons of the lead, from 0."""
    name: Name


class Consent(SQLModel, table=True):
    """The consent of the persons named in one lead; goes with them when they are erased."""

    lead_id: str = Field(primary_key=True, foreign_key="lead.id")
    given_by: Name
    given_at: AwareDatetime
    purpose: ShortText
    retain_until: AwareDatetime = Field(index=True)


class ContactPublic(PersonTraits, PublicShape):
    """A person as shown to the lead's owner and to administrators."""

    id: str = Field(description="Opaque")
    name: str = Field(description="Name of the person")


class ConsentPublic(PublicShape):
    """A consent as shown to the lead's owner and to administrators."""

    given_by: str = Field(description="Who agreed, for all persons named")
    given_at: AwareDatetime = Field(description="When, UTC")
    purpose: str = Field(description="What their data may be used for")
    retain_until: AwareDatetime = Field(description="When their data is erased by itself, UTC")


class LeadContacts(PublicShape):
    """All that is held on the persons named in one lead."""

    lead_id: str = Field(description="The lead")
    contacts: list[ContactPublic] = Field(description="The persons; empty when none or erased")
    consent: ConsentPublic | None = Field(description="What they agreed to; null = none or erased")
    contacts_erased_at: AwareDatetime | None = Field(
        description="When their data was erased, UTC; null = never"
    )
