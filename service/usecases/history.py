"""Every change of a record leaves one event, in the same transaction."""

from collections.abc import Mapping
from typing import Final

from pydantic import JsonValue
from sqlmodel import Session

from models.api_key import ApiKey
from models.edition import StoredEdition
from models.event import Snapshot
from models.gap import Gap
from models.investor import Investor
from models.lead import Lead
from models.partner import Partner
from models.policy_draft import StoredPolicy
from models.webhook import Webhook
from models.zone import Zone
from service import clock
from service.repositories import events
from service.repositories.events import Change

Recorded = Investor | Gap | Zone | Partner | Lead | ApiKey | StoredPolicy | StoredEdition | Webhook

SUBJECTS: Final[Mapping[type[Recorded], str]] = {
    Investor: "investor",
    Gap: "gap",
    Zone: "zone",
    Partner: "partner",
    Lead: "lead",
    ApiKey: "key",
    StoredPolicy: "policy",
    StoredEdition: "edition",
    Webhook: "webhook",
}
NOT_TOLD: Final = frozenset(
    {"secret_digest", "old_secret_digest", "last_used_at", "investor", "note", "rows"}
)
"""Digests of secrets, and when one was used; of a lead what its partner wrote, which the log would
keep for ever; of an edition its rows, which never change and stand under its digest."""

BOOKKEEPING: Final = frozenset({"version", "updated_at", "due_at"})


def snapshot_of(row: Recorded) -> Snapshot:
    """The fields of a record as JSON, without those that are not told."""
    fields: dict[str, JsonValue] = row.model_dump(mode="json")
    return {name: fields[name] for name in fields if name not in NOT_TOLD}


def created(
    session: Session, actor: str, row: Recorded, number: int, verb: str = "created"
) -> None:
    """Store a new record and tell of it under a number that `events.reserve` gave."""
    session.add(row)
    session.flush()
    subject = SUBJECTS[type(row)]
    change = Change(
        actor=actor,
        action=f"{subject}.{verb}",
        subject_type=subject,
        subject_id=row.id,
        subject_version=1,
        after=snapshot_of(row),
    )
    events.append(session, change, number)


def changed(session: Session, actor: str, verb: str, row: Recorded, before: Snapshot) -> None:
    """Raise the version of a record and tell of its changed fields; nothing when none changed.

    Args:
        session: the transaction.
        actor: the id of the key that did it.
        verb: what was done, such as `updated` or `closed`.
        row: the record with its new values.
        before: its snapshot before the change.
    """
    after = snapshot_of(row)
    names = [name for name in after if after[name] != before[name] and name not in BOOKKEEPING]
    if names:
        append_change(
            session, actor, verb, row, ({n: before[n] for n in names}, {n: after[n] for n in names})
        )


def append_change(
    session: Session, actor: str, verb: str, row: Recorded, fields: tuple[Snapshot, Snapshot]
) -> None:
    """Raise the version of a record and tell of a change of it, given as (before, after)."""
    subject = SUBJECTS[type(row)]
    version = _raise_version(session, row)
    session.add(row)
    session.flush()
    change = Change(
        actor=actor,
        action=f"{subject}.{verb}",
        subject_type=subject,
        subject_id=row.id,
        subject_version=version,
        before=fields[0],
        after=fields[1],
    )
    events.append(session, change, events.reserve(session))


def _raise_version(session: Session, row: Recorded) -> int:
    """The next version of a record; a key has no column for it, so its events are counted."""
    if isinstance(row, ApiKey):
        return events.count_of(session, SUBJECTS[ApiKey], row.id) + 1
    row.version += 1
    row.updated_at = clock.now()
    return row.version
