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
from fastapi.concurrency import run_in_threadpool
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel
from sqlmodel import Session

from matching.vocabulary import Scope
from models.problem import ProblemError
from service import database, security
from service.conditional import Preconditions, read_preconditions
from service.draining import is_leaving
from service.edge import EXTRA_HEADERS
from service.errors import (
    KeyNotAccepted,
    NotValid,
    Refused,
    ScopeTooNarrow,
    Stopping,
    TooManyCalls,
    invalid,
)
from service.people.person import Person, is_token
from service.rate_limits import Standing
from service.runtime import Runtime, Work
from service.security import Caller
from service.usecases.replays import Ticket

ANYONE: Final = frozenset({Scope.PORTAL, Scope.PARTNER})
PORTAL: Final = frozenset({Scope.PORTAL})
ADMIN: Final = frozenset({Scope.ADMIN})
PARTNER: Final = frozenset({Scope.PARTNER})
PARTNER_OR_ADMIN: Final = frozenset({Scope.PARTNER, Scope.ADMIN})

bearer = HTTPBearer(
    auto_error=False,
    scheme_name="key",
    description="An API key, as `Authorization: Bearer <key>`; where an issuer of OpenID Connect "
    "is set, the token of a person it knows",
)


def get_runtime(request: Request) -> Runtime:
    """The parts of the running service."""
    return request.app.state.runtime


def check_staying(request: Request) -> None:
    """Nothing, while the process stays.

    Raises:
        Stopping: it is about to stop.
    """
    if is_leaving(request.scope):
        raise Stopping


async def read_secret(
    request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
) -> str:
    """The key that came with the request, not looked at yet; no session is opened without one."""
    if given is None or given.scheme.lower() != "bearer":
        raise refusal_of_stranger(request)
    return given.credentials


def refusal_of_stranger(request: Request, refusal: Refused | None = None) -> Refused:
    """Why a call without a key in force is refused; a key in force is never refused for it."""
    address = "-" if request.client is None else request.client.host
    standing = get_runtime(request).limiter.hit_stranger(address)
    tell(request, standing)
    if not standing.is_admitted:
        return TooManyCalls(standing.retry_after)
    return KeyNotAccepted() if refusal is None else refusal


def tell(request: Request, standing: Standing) -> None:
    """Have the answer say how the caller stands with its limit."""
    setattr(request.state, EXTRA_HEADERS, standing.headers())


RuntimeDep = Annotated[Runtime, Depends(get_runtime)]
Secret = Annotated[str, Depends(read_secret)]


async def read_credential(request: Request, runtime: RuntimeDep, secret: Secret) -> str | Person:
    """A person whose token is good; else a key, not looked at yet.

    Before a session is opened: the issuer may have to be asked.
    """
    if runtime.people is None or not is_token(secret):
        return secret
    try:
        return await run_in_threadpool(runtime.people.admit, secret)
    except KeyNotAccepted:
        raise refusal_of_stranger(request) from None


Credential = Annotated[str | Person, Depends(read_credential)]


def open_snapshot(runtime: RuntimeDep, _given: Credential) -> Generator[Session]:
    """A session that reads one state of the database."""
    with database.snapshot(runtime.engine) as session:
        yield session


def open_transaction(runtime: RuntimeDep, _given: Credential) -> Generator[Session]:
    """A session that is committed when the endpoint has returned."""
    with database.transaction(runtime.engine) as session:
        yield session


ReadSession = Annotated[
    Session, Depends(open_snapshot, scope="function", max_concurrency=database.READERS)
]
WriteSession = Annotated[
    Session, Depends(open_transaction, scope="function", max_concurrency=database.WRITERS)
]


def let_in(request: Request, session: Session, given: str | Person) -> Caller:
    """The caller behind a key or a token; its call is counted, and the use of a key is noted.

    Raises:
        KeyNotAccepted: no key that is in force.
        ScopeTooNarrow: a person who may do nothing here.
        TooManyCalls: more than the key may make in a minute, or than a stranger may.
    """
    runtime = get_runtime(request)
    try:
        caller = security.identify(session, given)
    except (KeyNotAccepted, ScopeTooNarrow) as refusal:
        raise refusal_of_stranger(request, refusal) from None
    if isinstance(given, str):
        runtime.key_uses.note(caller.key_id)
    standing = runtime.limiter.hit(caller)
    tell(request, standing)
    if not standing.is_admitted:
        raise TooManyCalls(standing.retry_after)
    return caller


def reads(allowed: frozenset[Scope]) -> Callable[..., Work]:
    """A dependency that admits callers with one of the scopes to read."""

    def work(request: Request, session: ReadSession, given: Credential) -> Work:
        caller = let_in(request, session, given)
        caller.check_scope(allowed)
        return Work(session, caller, get_runtime(request))

    return work


def writes(allowed: frozenset[Scope]) -> Callable[..., Work]:
    """A dependency that admits callers with one of the scopes to write.

    The key is looked at twice: once before the write lock is taken, so that strangers never hold
    it, and once under it, so that a key revoked meanwhile changes nothing.
    """

    def work(request: Request, session: WriteSession, given: Credential) -> Work:
        runtime = get_runtime(request)
        with database.snapshot(runtime.engine) as before:
            caller = let_in(request, before, given)
        caller.check_scope(allowed)
        return Work(session, security.admit(session, given, allowed), runtime)

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
