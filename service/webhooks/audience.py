"""Whom an event concerns, and what of it is told: the whole rule.

A portal hears of the pool, which it may read anyway. A partner hears of its own leads, and only of
what is done in the open: merging and linking are internal. An administrator's webhook hears both.
What is sent names the record and, at most, its status: no contact, no note, no reason, nobody
else's id. The receiver reads the rest with its own key, and sees what that key may see.
"""

import json
from collections.abc import Mapping
from datetime import UTC
from typing import Final

from matching.vocabulary import Scope
from models.event import Event

LEAD: Final = "lead"

OF_LEADS: Final = ("lead.submitted", "lead.moved", "lead.reminded", "lead.contacts_erased")
OF_THE_POOL: Final = (
    "gap.created",
    "gap.updated",
    "gap.closed",
    "investor.created",
    "investor.updated",
    "investor.closed",
    "zone.created",
    "zone.updated",
)
ACTIONS: Final[Mapping[Scope, tuple[str, ...]]] = {
    Scope.PARTNER: OF_LEADS,
    Scope.PORTAL: OF_THE_POOL,
    Scope.ADMIN: OF_THE_POOL + OF_LEADS,
}
"""What may concern the webhooks of each scope; all else in the log is internal."""


def wanted(scope: Scope, chosen: list[str]) -> tuple[str, ...]:
    """The events a webhook is told of: those it chose, of those that may concern its scope."""
    return tuple(action for action in ACTIONS[scope] if not chosen or action in chosen)


def concerns(event: Event, scope: Scope, owner: str, partners: Mapping[str, str]) -> bool:
    """Whether an event, of an action that is wanted, concerns an owner.

    Args:
        event: what happened.
        scope: of the webhook.
        owner: of the webhook: the partner, or a key.
        partners: the partner of each lead; a lead that is not in it concerns no partner.
    """
    if scope is not Scope.PARTNER:
        return True
    return event.subject_type == LEAD and partners.get(event.subject_id) == owner


def body_of(event: Event) -> bytes:
    """What is sent of an event: the same bytes at each attempt."""
    subject = {
        "type": event.subject_type,
        "id": event.subject_id,
        "version": event.subject_version,
    }
    data: dict[str, object] = {"subject": subject}
    status = (event.after or {}).get("status")
    if isinstance(status, str):
        data["status"] = status
    moment = event.at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    told = {"type": event.action, "timestamp": moment, "data": data}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
