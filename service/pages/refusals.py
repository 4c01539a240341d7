"""What went wrong, told as a page in the reader's language."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from starlette.applications import Starlette
from starlette.exceptions import HTTPException

from models.problem import ProblemError
from service.edge import Fault
from service.errors import (
    AlreadyRegistered,
    BodyUnreadable,
    DatabaseAway,
    KeyNotAccepted,
    LinksInUse,
    MethodNotAllowed,
    NotFound,
    NotValid,
    Refused,
)
from service.pages import render
from service.pages.asked import SIGN_IN, Asked, asked_language, asked_theme
from service.pages.house import House
from service.pages.texts import Wording
from service.problems import advice, is_away

Handler = Callable[[House, Request, Any], Response]

UNTOLD: Final = frozenset({"body", "query"})
"""Parts of the place of an error that a reader of pages does not know."""


def install(app: Starlette, house: House) -> None:
    """Have every error of a set of pages told as a page."""
    handlers: dict[type[Exception], Handler] = {
        KeyNotAccepted: _signed_out,
        Refused: refused,
        HTTPException: _http,
        DBAPIError: _database,
        PoolExhausted: _database,
        Exception: _fault,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, _telling(house, handler))


def _telling(house: House, handler: Handler) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def tell(request: Request, error: Exception) -> Response:
        return handler(house, request, error)

    return tell


def refused(house: House, request: Request, refusal: Refused) -> Response:
    """The page that tells of a refusal and, of a form, that nothing was changed."""
    words = house.words(asked_language(request))
    name = type(refusal).__name__
    title = words.known(f"refused.{name}", refusal.title)
    told: Mapping[str, object] = {
        "title": title,
        "advice": words.known(f"advice.{name}", advice(type(refusal))),
        "errors": _errors(refusal, words),
        "request_id": request.state.request_id,
        "status": refusal.status,
    }
    asked = Asked(
        request.url.path,
        words.language,
        theme=asked_theme(request),
        is_form=request.method == "POST",
    )
    response = render.page(house, "refused.html", asked, told, refusal.status)
    response.headers.update(dict(refusal.headers))
    return response


def _errors(refusal: Refused, words: Wording) -> list[tuple[str, str]]:
    """What is wrong with which field; a message that has no translation is quoted."""
    if isinstance(refusal, LinksInUse):
        return [(words("field.gap_id"), gap_id) for gap_id in refusal.members["gap_ids"]]
    errors = refusal.errors if isinstance(refusal, NotValid) else ()
    return [(_field(error, words), words.wrong(error.msg)) for error in errors]


def _field(error: ProblemError, words: Wording) -> str:
    names = [str(part) for part in error.loc if part not in UNTOLD]
    return " · ".join(words.known(f"field.{name}", name) for name in names)


def _signed_out(house: House, request: Request, _: KeyNotAccepted) -> Response:
    """To the page where a key is typed, and from there on to where the reader wanted to go."""
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    asked = {"done": "ended"} if request.method == "POST" else {"next": wanted}
    return RedirectResponse(f"{SIGN_IN}?{urlencode(asked)}", 303, dict(house.headers))


def _http(house: House, request: Request, error: HTTPException) -> Response:
    found: dict[int, Refused] = {404: NotFound(), 405: MethodNotAllowed(["GET", "POST"])}
    return refused(house, request, found.get(error.status_code) or BodyUnreadable())


def _database(house: House, request: Request, error: DBAPIError | PoolExhausted) -> Response:
    """A database that is away, busy or overloaded; any other error of it is a fault of ours."""
    if isinstance(error, IntegrityError):
        return refused(house, request, AlreadyRegistered())
    if isinstance(error, DBAPIError) and not is_away(error):
        raise error
    return refused(house, request, DatabaseAway())


def _fault(house: House, request: Request, _: Exception) -> Response:
    return refused(house, request, Fault())
