"""The one way an error is told: `application/problem+json` (RFC 9457), without what was sent."""

import json
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from starlette.exceptions import HTTPException

from models.base import FieldsDisagree
from models.policy_draft import NUMBER, TABLE
from models.problem import Problem, ProblemError
from service.errors import (
    AlreadyRegistered,
    BodyTooLarge,
    BodyUnreadable,
    DatabaseAway,
    MethodNotAllowed,
    NotFound,
    NotJson,
    NotValid,
    Refused,
)

MEDIA_TYPE: Final = "application/problem+json"
MOST_ERRORS: Final = 100
LONGEST_NAME: Final = 100
LONGEST_PATH: Final = 300
LONGEST_DETAIL: Final = 2000
"""It may name what was asked for, and that may be of any length."""
FORMS: Final = (NUMBER, TABLE)
"""Among the names of fields, but none."""
WORD_START: Final = re.compile(r"(?<!^)(?=[A-Z])")


def type_of(refusal: type[Refused]) -> str:
    """The stable name of a class of refusals.

    >>> from service.errors import GapNotFound
    >>> type_of(GapNotFound)
    'urn:bulian:problem:gap-not-found'
    """
    return f"urn:bulian:problem:{WORD_START.sub('-', refusal.__name__).lower()}"


def advice(refusal: type[Refused]) -> str:
    """What the caller can do about a class of refusals: the first line of its docstring."""
    return (refusal.__doc__ or "").partition("\n")[0]


def body_of(refusal: Refused, path: str, request_id: str) -> bytes:
    """A refusal as JSON, free of half surrogates whatever the path or the field names held."""
    if isinstance(refusal, NotValid):
        told, more = refusal.errors[:MOST_ERRORS], len(refusal.errors[MOST_ERRORS:])
        refusal = NotValid([_legible(error) for error in told], more)
    problem = Problem(
        type=type_of(type(refusal)),
        title=refusal.title,
        status=refusal.status,
        detail=str(refusal)[:LONGEST_DETAIL] or advice(type(refusal)),
        instance=quote(path[:LONGEST_PATH], errors="replace"),
        errors=list(refusal.errors) if isinstance(refusal, NotValid) else [],
        request_id=request_id,
    )
    told = problem.model_dump(mode="json") | dict(refusal.members)
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def render(request: Request, refusal: Refused) -> Response:
    """The answer to a refused request."""
    body = body_of(refusal, request.url.path, request.state.request_id)
    return Response(body, refusal.status, headers=dict(refusal.headers), media_type=MEDIA_TYPE)


def responses(*refusals: type[Refused]) -> dict[int | str, dict[str, Any]]:
    """How an operation documents the refusals that are its own, by status."""
    told: dict[int | str, dict[str, Any]] = {}
    for refusal in refusals:
        line = f"**{refusal.title}**: {advice(refusal)}"
        before = told.get(refusal.status, {}).get("description")
        told[refusal.status] = {
            "description": f"{before} {line}" if before else line,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    return told


def install(app: FastAPI) -> None:
    """Have every error that leaves a router told as a problem."""
    handlers: dict[type[Exception], Callable[[Request, Any], Awaitable[Response]]] = {
        Refused: _refused,
        FieldsDisagree: _fields_disagree,
        RequestValidationError: _not_valid,
        HTTPException: _http,
        DBAPIError: _database,
        PoolExhausted: _database,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


async def _refused(request: Request, error: Refused) -> Response:
    return render(request, error)


async def _fields_disagree(request: Request, error: FieldsDisagree) -> Response:
    return render(request, NotValid(list(_disagreeing(error, ["body"]))))


async def _not_valid(request: Request, error: RequestValidationError) -> Response:
    if isinstance(error.body, bytes):
        return render(request, NotJson())
    found: Sequence[Mapping[str, Any]] = error.errors()
    broken = next((one for one in found if one["type"] == "json_invalid"), None)
    if broken is not None:
        return render(request, BodyUnreadable(f"Not JSON at character {broken['loc'][-1]}"))
    errors = [problem for one in found for problem in field_problems(one)]
    return render(request, NotValid(errors))


def field_problems(error: Mapping[str, Any]) -> Iterator[ProblemError]:
    """One error of pydantic's as what is told of it, without the value."""
    loc: list[str | int] = [part for part in error["loc"] if part not in FORMS]
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, FieldsDisagree):
        yield from _disagreeing(cause, loc)
    elif isinstance(cause, ValueError):
        yield ProblemError(loc=loc, msg=str(cause))
    elif error["type"] == "union_tag_invalid":  # its message repeats the value
        yield ProblemError(loc=loc, msg="is none of the known kinds")
    else:
        yield ProblemError(loc=loc, msg=str(error["msg"]))


def _disagreeing(error: FieldsDisagree, loc: Sequence[str | int]) -> Iterator[ProblemError]:
    for name in error.fields:
        yield ProblemError(loc=[*loc, name], msg=str(error))


def _legible(error: ProblemError) -> ProblemError:
    """The same; the name of an unknown field or parameter is the caller's and may be anything."""
    return ProblemError(loc=[printable(part) for part in error.loc], msg=error.msg)


def printable(part: str | int) -> str | int:
    """The name of a field in characters that can be shown, cut where it is long."""
    if isinstance(part, int):
        return part
    text = part[:LONGEST_NAME].encode("utf-8", "replace").decode()
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


async def _http(request: Request, error: HTTPException) -> Response:
    """What the framework refuses: no such path, no such method, an unreadable or long body."""
    refusals: dict[int, Refused] = {
        404: NotFound("There is nothing at this path; see /docs"),
        405: MethodNotAllowed(methods_of(request)),
        413: BodyTooLarge(),
    }
    if isinstance(error.__cause__, RecursionError):
        return render(request, BodyUnreadable("The JSON is nested too deeply"))
    return render(request, refusals.get(error.status_code) or BodyUnreadable())


def methods_of(request: Request) -> list[str]:
    """Every method that the asked path has, over all its routes."""
    app: FastAPI = request.app
    found: set[str] = set()
    for route in iter_route_contexts(app.routes):
        if route.methods and route.path_regex.match(request.url.path):
            found |= route.methods
    return sorted(found)


async def _database(request: Request, error: DBAPIError | PoolExhausted) -> Response:
    """A database that is away, busy or overloaded; any other error of it is a fault of ours."""
    if isinstance(error, IntegrityError):  # two calls at once; each had looked before it wrote
        return render(request, AlreadyRegistered())
    if isinstance(error, DBAPIError) and not is_away(error):
        raise error
    return render(request, DatabaseAway())


def is_away(error: DBAPIError) -> bool:
    """Whether waiting may help: connection lost or refused, lock not had in time, server going."""
    name = type(error.orig).__name__
    return error.connection_invalidated or name in {
        "OperationalError",
        "AdminShutdown",
        "CannotConnectNow",
        "CrashShutdown",
        "DeadlockDetected",
        "SerializationFailure",
        "TooManyConnections",
    }
