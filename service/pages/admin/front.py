"""From a browser's request to a page: signed in, in one transaction, in a thread."""

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from service import database
from service.pages.admin import render
from service.pages.admin.asked import LANGUAGE_COOKIE, Asked, read_asked
from service.pages.admin.desk import BASE, Answer, Desk, Gone
from service.pages.admin.errors import FormRefused
from service.runtime import Runtime
from service.usecases import sessions

AT_ONCE: Final = 4
"""Pages made at once in one process: half of the connections that are left over by the API. Their
threads are not those of the API, so that neither waits for the other's."""

YEAR_SECONDS: Final = 365 * 24 * 3600

Made = TypeVar("Made")
Do = Callable[[Desk], Answer]


@dataclass(frozen=True, slots=True)
class Template:
    """The path of a page with the names of its parameters: what the log tells."""

    path: str


class Front:
    """What all pages share: the running service, and the way in."""

    def __init__(self, app: FastAPI, menu: Sequence[str]) -> None:
        self._app = app
        self._limiter = CapacityLimiter(AT_ONCE)
        self.menu = tuple(menu)
        """The names of the sections, in order."""

    @property
    def runtime(self) -> Runtime:
        """The parts of the running service."""
        return self._app.state.runtime

    async def in_thread(self, work: Callable[[], Made]) -> Made:
        """Run what waits for the database."""
        return await to_thread.run_sync(work, limiter=self._limiter)

    async def read(self, request: Request, do: Do) -> Response:
        """A page that changes nothing, made in one snapshot.

        Raises:
            KeyNotAccepted: not signed in, or no more.
        """
        asked = await read_asked(request)
        response = await self.in_thread(lambda: self._read(asked, do))
        return with_language(request, response)

    async def write(self, request: Request, do: Do) -> Response:
        """What a form does, in one transaction that is committed before the answer leaves.

        Raises:
            KeyNotAccepted: not signed in, or no more.
            FormRefused: the form is not of this session.
        """
        asked = await read_asked(request)
        return await self.in_thread(lambda: self._write(asked, do))

    def _read(self, asked: Asked, do: Do) -> Response:
        with database.snapshot(self.runtime.engine) as session:
            response = self._answer(session, asked, do)
            needs_mark = sessions.needs_mark(session, asked.token)
        if needs_mark:
            with database.transaction(self.runtime.engine) as session:
                sessions.mark(session, asked.token)
        return response

    def _write(self, asked: Asked, do: Do) -> Response:
        """Looks at the session twice, so that strangers never hold the lock of writers."""
        with database.snapshot(self.runtime.engine) as session:
            sessions.caller_of(session, asked.token)
        sent = asked.said("token") or ""
        if not hmac.compare_digest(sent.encode(), sessions.form_token(asked.token).encode()):
            raise FormRefused
        with database.transaction(self.runtime.engine) as session:
            response = self._answer(session, asked, do)
            sessions.mark(session, asked.token)
        return response

    def _answer(self, session: Session, asked: Asked, do: Do) -> Response:
        caller = sessions.caller_of(session, asked.token)
        answer = do(Desk(session, caller, self.runtime, asked))
        if isinstance(answer, Gone):
            return RedirectResponse(answer.address, 303, dict(render.HEADERS))
        told = {"signed_in": caller, "menu": self.menu} | dict(answer.told)
        return render.page(answer.template, asked, told, answer.status)


def with_language(request: Request, response: Response) -> Response:
    """The answer, which keeps the language that the address asked for."""
    asked = request.query_params.get("lang")
    if asked in {"zh", "en"}:
        response.set_cookie(
            LANGUAGE_COOKIE,
            asked,
            YEAR_SECONDS,
            path=BASE,
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )
    return response
