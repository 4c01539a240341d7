"""What is held on the persons of a lead: shown to those it is for, and erased for good."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlmodel import Session

from models.contact import ConsentPublic, LeadContacts
from models.lead import Lead
from service import clock
from service.conditional import Preconditions
from service.repositories import contacts, leads
from service.runtime import Work
from service.security import SYSTEM
from service.usecases import history, lead_shapes
from service.usecases.leads import find

MOST: Final = 200
"""Leads a sweep."""


def read(work: Work, lead_id: str) -> LeadContacts:
    """All that is held on the persons of a lead, as these may ask to have it.

    Raises:
        LeadNotFound: no such lead, or another partner's.
    """
    lead = find(work, lead_id)
    consent = contacts.consent_of(work.session, lead.id)
    return LeadContacts(
        lead_id=lead.id,
        contacts=lead_shapes.persons_of(work, lead.id),
        consent=None if consent is None else ConsentPublic.model_validate(consent),
        contacts_erased_at=lead.contacts_erased_at,
    )


def erase(work: Work, lead_id: str, conditions: Preconditions) -> None:
    """Erase the persons of a lead and their consent; the lead stays. Again changes nothing.

    Raises:
        LeadNotFound: no such lead, or another partner's.
        VersionPassed: it has changed since the caller read it.
    """
    leads.lock(work.session)
    lead = find(work, lead_id)
    if holds_nobody(work.session, lead):
        return
    conditions.check_version(lead.version)
    _erase(work.session, lead, work.caller.key_id)


def run_retention(session: Session, now: datetime, most: int = MOST) -> int:
    """Erase what has been kept for as long as was agreed; of how many leads.

    Fewer than `most`: nothing is left. May run in several processes at once and again at any time.
    """
    leads.lock(session)
    past = contacts.leads_past(session, now, most)
    for lead in leads.by_ids(session, past):
        _erase(session, lead, SYSTEM)
    return len(past)


def erase_again(session: Session, lead_ids: Sequence[str]) -> int:
    """Erase what an older state brought back of these leads; of how many there was something."""
    leads.lock(session)
    back = [
        lead
        for start in range(0, len(lead_ids), MOST)
        for lead in leads.by_ids(session, lead_ids[start : start + MOST])
        if not holds_nobody(session, lead)
    ]
    for lead in back:
        _erase(session, lead, SYSTEM)
    return len(back)


def holds_nobody(session: Session, lead: Lead) -> bool:
    """Whether there is nothing to erase."""
    has_consent = contacts.consent_of(session, lead.id) is not None
    return not has_consent and not contacts.list_of(session, lead.id)


def _erase(session: Session, lead: Lead, actor: str) -> None:
    contacts.erase(session, lead.id)
    before = history.snapshot_of(lead)
    lead.contacts_erased_at = clock.now()
    history.changed(session, actor, "contacts_erased", lead, before)
