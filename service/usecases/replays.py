"""One object for one Idempotency-Key: what was made the first time is found again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from models.idempotency import IdempotencyRecord
from service import clock
from service.errors import KeyReused, StillRunning
from service.repositories import idempotency
from service.runtime import Visit

KEPT: Final = timedelta(hours=24)
CREATED: Final = 201


@dataclass(frozen=True, slots=True)
class Ticket:
    """An Idempotency-Key with what it stands for: where the request went and its body's digest."""

    key: str
    method: str
    path: str
    body_digest: str


@dataclass(frozen=True, slots=True)
class Made:
    """The id of what a POST made, now or the first time."""

    id: str
    is_replay: bool


def once(visit: Visit, ticket: Ticket | None, kind: str, make: Callable[[], str]) -> Made:
    """Run `make`, which gives the id of what it made, unless this ticket has been used before.

    Args:
        visit: the request.
        ticket: its Idempotency-Key, if it has one.
        kind: what is made, such as `investor`.
        make: makes it.

    Raises:
        StillRunning: a first call has not ended within five seconds.
        KeyReused: the key came with another body or path before.
    """
    if ticket is None:
        return Made(make(), is_replay=False)
    owner, moment = visit.caller.key_id, clock.now()
    if not idempotency.claim(visit.session, owner, ticket.key):
        raise StillRunning
    earlier = idempotency.find(visit.session, owner, ticket.key, moment)
    if earlier is not None:
        _check_same(ticket, earlier)
        return Made(earlier.resource_id, is_replay=True)
    idempotency.purge(visit.session, moment)
    made = make()
    idempotency.keep(
        visit.session,
        IdempotencyRecord(
            owner=owner,
            key=ticket.key,
            method=ticket.method,
            path=ticket.path,
            body_digest=ticket.body_digest,
            status=CREATED,
            resource_type=kind,
            resource_id=made,
            created_at=moment,
            expires_at=moment + KEPT,
        ),
    )
    return Made(made, is_replay=False)


def _check_same(ticket: Ticket, earlier: IdempotencyRecord) -> None:
    before = (earlier.method, earlier.path, earlier.body_digest)
    if before != (ticket.method, ticket.path, ticket.body_digest):
        raise KeyReused
