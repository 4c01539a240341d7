"""Persons named in leads: kept apart, shown to the owner and administrators, erasable."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session

from models.contact import Consent, Contact, ContactCreate
from models.lead import LeadCreate
from service.errors import invalid

KEPT: Final = timedelta(days=730)
"""Two years from registration: as long as a project may take from first talks to landing, and what
the persons can be told when they agree. Afterwards their data is erased by itself."""

SHORTEST: Final = 2
"""A single character is no name that a text could be said to repeat."""


def check(body: LeadCreate, now: datetime) -> None:
    """Nothing when the consent has been given and the note names none of the persons.

    Raises:
        NotValid: it is dated in the future, or the note repeats what belongs in `contacts`.
    """
    if body.consent is not None and body.consent.given_at > now:
        raise invalid("lies in the future", "body", "consent", "given_at")
    check_text(body.note, body.contacts or (), "note")


def check_text(text: str | None, persons: Iterable[ContactCreate | Contact], field: str) -> None:
    """Nothing when a text that stays names none of the persons, who can be erased.

    Raises:
        NotValid: it does; the message does not say which.
    """
    told = [value for one in persons for value in (one.name, one.phone, one.email) if value]
    if text is not None and any(_is_in(value, text) for value in told):
        raise invalid("repeats what is in contacts, where it can be erased", "body", field)


def _is_in(value: str, text: str) -> bool:
    """Whether a text holds a value, as words of its own where it is in Latin letters."""
    edge = r"\b" if value.isascii() and value[0].isalnum() and value[-1].isalnum() else ""
    sought = f"{edge}{re.escape(value)}{edge}"
    return len(value) >= SHORTEST and re.search(sought, text, re.IGNORECASE) is not None


def store(session: Session, lead_id: str, body: LeadCreate, now: datetime) -> None:
    """Store the persons a lead names and what they agreed to, apart from the lead."""
    for position, person in enumerate(body.contacts or ()):
        derived = {"lead_id": lead_id, "position": position}
        session.add(Contact.model_validate(person, update=derived))
    if body.consent is not None:
        kept = {"lead_id": lead_id, "retain_until": now + KEPT}
        session.add(Consent.model_validate(body.consent, update=kept))
    session.flush()
