"""What a router asks for: its caller, its session and the conditions of the request.

A router takes one of the `…Reads` or `…Writes`: a `Work` with the session, the caller and the
runtime. Reads see one snapshot. Writes are committed before the answer leaves, because the
session's dependency has `scope="function"`.
"""

import hashlib
from collections.abc import Callable, Generator
from typing import Annotated, Final
from urllib.parse import unquote_plus, unquote_to_bytes

from fastapi import Depends, Header, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel
from sqlmodel import Session

from matching.vocabulary import Scope
from models.problem import ProblemError
from service import database, security
from service.conditional import Preconditions, read_preconditions
from service.errors import KeyNotAccepted, NotValid, invalid
from service.runtime import Runtime, Work
from service.usecases.replays import Ticket

ANYONE: Final = frozenset({Scope.PORTAL, Scope.PARTNER})
PORTAL: Final = frozenset({Scope.PORTAL})
ADMIN: Final = frozenset({Scope.ADMIN})
PARTNER: Final = frozenset({Scope.PARTNER})
PARTNER_OR_ADMIN: Final = frozenset({Scope.PARTNER, Scope.ADMIN})

bearer = HTTPBearer(
    auto_error=False, scheme_name="key", description="An API key, as `Authorization: Bearer <key>`"
)


def get_runtime(request: Request) -> Runtime:
    """The parts of the running service."""
    return request.app.state.runtime


async def read_secret(
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
) -> str:
    """The key that came with the request, not looked at yet; no session is opened without one."""
    if given is None or given.scheme.lower() != "bearer":
        raise KeyNotAccepted
    return given.credentials


RuntimeDep = Annotated[Runtime, Depends(get_runtime)]
Secret = Annotated[str, Depends(read_secret)]


def open_snapshot(runtime: RuntimeDep, _secret: Secret) -> Generator[Session]:
    """A session that reads one state of the database."""
    with database.snapshot(runtime.engine) as session:
        yield session


def open_transaction(runtime: RuntimeDep, _secret: Secret) -> Generator[Session]:
    """A session that is committed when the endpoint has returned."""
    with database.transaction(runtime.engine) as session:
        yield session


ReadSession = Annotated[
    Session, Depends(open_snapshot, scope="function", max_concurrency=database.READERS)
]
WriteSession = Annotated[
    Session, Depends(open_transaction, scope="function", max_concurrency=database.WRITERS)
]


def reads(allowed: frozenset[Scope]) -> Callable[..., Work]:
    """A dependency that admits callers with one of the scopes to read."""

    def work(runtime: RuntimeDep, session: ReadSession, secret: Secret) -> Work:
        return Work(session, security.admit(session, secret, allowed), runtime)

    return work


def writes(allowed: frozenset[Scope]) -> Callable[..., Work]:
    """A dependency that admits callers with one of the scopes to write.

    The key is looked at twice: once before the write lock is taken, so that strangers never hold
    it, and once under it, so that a key revoked meanwhile changes nothing.
    """

    def work(runtime: RuntimeDep, session: WriteSession, secret: Secret) -> Work:
        with database.snapshot(runtime.engine) as before:
            security.admit(before, secret, allowed)
        return Work(session, security.admit(session, secret, allowed), runtime)

    return work


AnyoneReads = Annotated[Work, Depends(reads(ANYONE))]
PortalReads = Annotated[Work, Depends(reads(PORTAL))]
AdminReads = Annotated[Work, Depends(reads(ADMIN))]
AnyoneWrites = Annotated[Work, Depends(writes(ANYONE))]
PortalWrites = Annotated[Work, Depends(writes(PORTAL))]
AdminWrites = Annotated[Work, Depends(writes(ADMIN))]
PartnerWrites = Annotated[Work, Depends(writes(PARTNER))]
LeadReads = Annotated[Work, Depends(reads(PARTNER_OR_ADMIN))]
LeadWrites = Annotated[Work, Depends(writes(PARTNER_OR_ADMIN))]

Conditions = Annotated[Preconditions, Depends(read_preconditions)]


IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        pattern=r"^[!-~]+$",
        description="Any name for this request, such as a UUID: sent again within 24 hours "
        "with the same body, it gives the first answer again",
    ),
]


async def read_ticket(request: Request, idempotency_key: IdempotencyKey = None) -> Ticket | None:
    """What makes a repeated POST recognisable, if the caller wants that."""
    if idempotency_key is None:
        return None
    digest = hashlib.sha256(await request.body()).hexdigest()
    return Ticket(idempotency_key, request.method, request.url.path, digest)


TicketDep = Annotated[Ticket | None, Depends(read_ticket)]


async def check_query(request: Request) -> None:
    """Refuse query parameters that the operation does not know, or that come twice."""
    _check_encoding(request.scope["query_string"])
    given = [name for name, _ in request.query_params.multi_items()]
    if not given:
        return
    route: APIRoute = request.scope["route"]
    known = declared(route.dependant)
    wrong = [name for name in dict.fromkeys(given) if name not in known or given.count(name) > 1]
    if wrong:
        message = "is unknown here, or came more than once"
        raise NotValid([ProblemError(loc=["query", name], msg=message) for name in wrong])


def _check_encoding(query: bytes) -> None:
    """Refuse what is no UTF-8; it would reach us with other characters in its place."""
    for part in query.split(b"&"):
        try:
            unquote_to_bytes(part).decode()
        except UnicodeDecodeError as error:
            name = unquote_plus(part.partition(b"=")[0].decode("latin-1"))
            raise invalid("is not encoded as UTF-8", "query", name) from error


def declared(dependant: Dependant) -> set[str]:
    """The query parameters of an operation, those of its dependencies included."""
    names: set[str] = set()
    for field in dependant.query_params:
        annotation = field.field_info.annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            names |= set(annotation.model_fields)
        else:
            names.add(field.alias)
    for inner in dependant.dependencies:
        names |= declared(inner)
    return names
