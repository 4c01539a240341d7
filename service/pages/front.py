"""From a browser's request to a page: signed in, in one transaction, in a thread."""

import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session
from starlette.background import BackgroundTask
from starlette.datastructures import UploadFile

from service import database, uploads
from service.downloads import streamed
from service.imports.arriving import Packed, packed
from service.pages import render
from service.pages.asked import LANGUAGE_COOKIE, THEME_COOKIE, THEMES, Asked, read_asked
from service.pages.desk import Answer, Desk, File, Gone
from service.pages.errors import FormRefused
from service.pages.house import House, Who
from service.pages.texts import LANGUAGES
from service.runtime import Runtime
from service.usecases import sessions

AT_ONCE: Final = 4
"""Pages made at once in one process: half of the connections that are left over by the API. Their
threads are not those of the API, so that neither waits for the other's."""

FILES_AT_ONCE: Final = 1
"""Files that are looked through at once; others wait for their turn."""

YEAR_SECONDS: Final = 365 * 24 * 3600

Made = TypeVar("Made")
Do = Callable[[Desk], Answer]
Take = Callable[[Desk, Packed], Answer]
Parts = Mapping[str, UploadFile | str]
OWN_FIELDS: Final = frozenset({"token", "once"})
"""Fields of our forms that are no part of what is asked for."""


@dataclass(frozen=True, slots=True)
class Template:
    """The path of a page with the names of its parameters: what the log tells."""

    path: str


class Front:
    """What all pages share: the running service, and the way in."""

    def __init__(self, app: FastAPI, house: House, menu: Sequence[object]) -> None:
        self._app = app
        self.house = house
        self._limiter = CapacityLimiter(AT_ONCE)
        self._file_limiter = CapacityLimiter(FILES_AT_ONCE)
        self.menu = tuple(menu)
        """What leads to the sections, in order, as the layout of the pages takes it."""

    @property
    def runtime(self) -> Runtime:
        """The parts of the running service."""
        return self._app.state.runtime

    async def in_thread(self, work: Callable[[], Made]) -> Made:
        """Run what waits for the database."""
        return await to_thread.run_sync(work, limiter=self._limiter)

    async def read(self, request: Request, do: Do, who: Who | None = None) -> Response:
        """A page that changes nothing, made in one snapshot.

        Raises:
            KeyNotAccepted: not signed in, or no more.
        """
        asked = await read_asked(request)
        response = await self.in_thread(lambda: self._read(asked, do, who or self.house.who))
        return keeping_choices(request, response)

    async def write(self, request: Request, do: Do, who: Who | None = None) -> Response:
        """What a form does, in one transaction that is committed before the answer leaves.

        Raises:
            KeyNotAccepted: not signed in, or no more.
            FormRefused: the form is not of this session.
        """
        asked = await read_asked(request)
        return await self.in_thread(lambda: self._write(asked, do, who or self.house.who))

    async def take_file(self, request: Request, do: Take) -> Response:
        """What a form with a file does. Nothing is read of what a stranger sends.

        Raises:
            KeyNotAccepted: not signed in, or no more.
            FormRefused: the form is not of this session.
            FileTooLarge: longer than a file may be.
            NotValid: the file is no good, or what is said of it.
        """
        asked = await read_asked(request, brings_file=True)
        await self.in_thread(lambda: self._check_session(asked, self.house.who))
        async with uploads.parts_of(request, self.runtime.import_bytes) as parts:
            fields = uploads.fields_of(parts)
            said = {name: part for name, part in fields.items() if isinstance(part, str)}
            filled = asked.with_fields(said)
            return await to_thread.run_sync(
                lambda: self._take(filled, fields, do), limiter=self._file_limiter
            )

    def _take(self, asked: Asked, fields: Parts, do: Take) -> Response:
        _check_form(asked)
        kept = {name: part for name, part in fields.items() if name not in OWN_FIELDS and part}
        upload = uploads.upload_of(kept)
        with packed(upload.file, upload.name, upload.said) as found:
            return self._write(asked, lambda desk: do(desk, found), self.house.who)

    def _read(self, asked: Asked, do: Do, who: Who) -> Response:
        with database.snapshot(self.runtime.engine) as session:
            response = self._answer(session, asked, do, who)
            needs_mark = sessions.needs_mark(session, asked.token)
        if needs_mark:
            with database.transaction(self.runtime.engine) as session:
                sessions.mark(session, asked.token)
        return response

    def _write(self, asked: Asked, do: Do, who: Who) -> Response:
        """Looks at the session twice, so that strangers never hold the lock of writers."""
        self._check_session(asked, who)
        _check_form(asked)
        with database.transaction(self.runtime.engine) as session:
            response = self._answer(session, asked, do, who)
            sessions.mark(session, asked.token)
        return response

    def _check_session(self, asked: Asked, who: Who) -> None:
        with database.snapshot(self.runtime.engine) as session:
            sessions.caller_of(session, asked.token).check_scope(who.scopes)

    def _answer(self, session: Session, asked: Asked, do: Do, who: Who) -> Response:
        caller = sessions.visitor_of(session, asked.token, has_guests=who.has_guests)
        caller.check_scope(who.scopes)
        house = self.house
        answer = do(Desk(session, caller, self.runtime, asked, house))
        if isinstance(answer, Gone):
            then = None if answer.then is None else BackgroundTask(answer.then)
            address = answer.address(house.base)
            return RedirectResponse(address, 303, dict(house.headers), then)
        if isinstance(answer, File):
            response = streamed(answer.blocks, answer.name, answer.form)
            response.headers.update(house.headers)
            return response
        told = {"signed_in": caller, "menu": self.menu} | dict(answer.told)
        return render.page(house, answer.template, asked, told, answer.status)


def _check_form(asked: Asked) -> None:
    sent = asked.said("token") or ""
    if not hmac.compare_digest(sent.encode(), sessions.form_token(asked.token).encode()):
        raise FormRefused


def keeping_choices(request: Request, response: Response) -> Response:
    """The answer, which keeps the language and the theme that the address asked for."""
    known = {"lang": (LANGUAGE_COOKIE, LANGUAGES), "theme": (THEME_COOKIE, THEMES)}
    for name, (cookie, values) in known.items():
        asked = request.query_params.get(name, "")
        if asked in values:
            response.set_cookie(
                cookie,
                asked,
                YEAR_SECONDS,
                secure=request.url.scheme == "https",
                httponly=True,
                samesite="lax",
            )
    return response
