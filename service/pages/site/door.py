"""Signing in and out, for the pages of everybody."""

import re
import time
from typing import Final
from urllib.parse import quote, unquote

import structlog
from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.routing import Route

from matching.vocabulary import Scope
from service import database, security
from service.errors import KeyNotAccepted, NotFound, Refused, ScopeTooNarrow
from service.pages import render
from service.pages.asked import SIGN_IN, TOKEN_COOKIE, Asked, read_asked
from service.pages.desk import Desk, Gone
from service.pages.front import Front, Template, keeping_choices
from service.pages.house import Who
from service.pages.throttle import Throttle
from service.people.person import BACK, PageEntrance, Person
from service.security import Caller
from service.usecases import sessions

SIGN_OUT: Final = "/sign-out"
PEOPLE: Final = "/sign-in/people"
ATTEMPT_COOKIE: Final = "bulian_attempt"
ATTEMPT_SECONDS: Final = 600
"""In which a person signs in with the issuer."""

OWN_PATH: Final = re.compile(r"/(?!/)[A-Za-z0-9_./?=&%+-]*")
NO_PAGES: Final = re.compile(r"/(v1|sign-in|sign-out|docs|openapi\.json|healthz|readyz|metrics)\b")
FIRST: Final = {Scope.ADMIN: "/", Scope.PORTAL: "/", Scope.PARTNER: "/leads"}
EVERYBODY: Final = Who(frozenset(Scope))

log = structlog.stdlib.get_logger("service.pages")


class Door:
    """The page where a key is typed, and the way out."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self._throttle = Throttle(time.monotonic)

    def routes(self) -> list[Route]:
        """Where they are."""
        return [
            Route(SIGN_IN, self.ask, methods=["GET"]),
            Route(SIGN_IN, self.sign_in, methods=["POST"]),
            Route(PEOPLE, self.send_away, methods=["GET"]),
            Route(BACK, self.take_back, methods=["GET"]),
            Route(SIGN_OUT, self.sign_out, methods=["POST"]),
        ]

    async def ask(self, request: Request) -> Response:
        """The page where a key is typed."""
        request.scope["route"] = Template(SIGN_IN)
        asked = await read_asked(request)
        return keeping_choices(request, self._page(asked, asked.query.get("next")))

    async def sign_in(self, request: Request) -> Response:
        """Open a session, or ask again.

        Raises:
            SignInSlowed: too many failures from there.
        """
        request.scope["route"] = Template(SIGN_IN)
        asked = await read_asked(request)
        self._throttle.check(asked.address)
        try:
            token, caller = await self._front.in_thread(lambda: self._open(asked))
        except KeyNotAccepted as refusal:
            return self._refused(asked, asked.said("next"), refusal)
        return self._admitted(asked, asked.said("next"), token, caller)

    async def send_away(self, request: Request) -> Response:
        """To the issuer, where people sign in.

        Raises:
            NotFound: people sign in with keys only.
            IssuerAway: it does not answer.
        """
        request.scope["route"] = Template(PEOPLE)
        asked = await read_asked(request)
        secret, address = await self._front.in_thread(self._people().begin)
        response = RedirectResponse(address, 303, dict(self._front.house.headers))
        wanted = quote(wanted_of(asked.query.get("next")) or "", safe="")
        response.set_cookie(
            ATTEMPT_COOKIE,
            f"{secret}.{wanted}",
            ATTEMPT_SECONDS,
            path=SIGN_IN,
            secure=asked.is_secure,
            httponly=True,
            samesite="lax",
        )
        return response

    async def take_back(self, request: Request) -> Response:
        """Open a session for who comes back from the issuer.

        Raises:
            NotFound: people sign in with keys only.
            IssuerAway: it does not answer.
            SignInSlowed: too many failures from there.
        """
        request.scope["route"] = Template(BACK)
        asked = await read_asked(request)
        self._throttle.check(asked.address)
        secret, _, wanted = request.cookies.get(ATTEMPT_COOKIE, "").partition(".")
        people = self._people()
        try:
            person = await self._front.in_thread(lambda: people.finish(secret, asked.query))
            token, caller = await self._front.in_thread(lambda: self._open_for(asked, person))
        except (KeyNotAccepted, ScopeTooNarrow) as refusal:
            response = self._refused(asked, unquote(wanted), refusal)
        else:
            response = self._admitted(asked, unquote(wanted), token, caller)
        response.delete_cookie(ATTEMPT_COOKIE, path=SIGN_IN, httponly=True, samesite="lax")
        return response

    def _people(self) -> PageEntrance:
        found = self._front.runtime.people_on_pages
        if found is None:
            raise NotFound
        return found

    def _admitted(self, asked: Asked, wanted: str | None, token: str, caller: Caller) -> Response:
        self._throttle.succeeded(asked.address)
        log.info("signed in", key=caller.key_id)
        path = wanted_of(wanted) or FIRST[caller.scope]
        response = RedirectResponse(path, 303, dict(self._front.house.headers))
        keep_signed_in(response, token, is_secure=asked.is_secure)
        return response

    def _refused(self, asked: Asked, wanted: str | None, refusal: Refused) -> Response:
        self._throttle.failed(asked.address)
        log.warning("sign-in failed", why=type(refusal).__name__)
        return self._page(asked, wanted, refusal)

    async def sign_out(self, request: Request) -> Response:
        """End the session."""
        request.scope["route"] = Template(SIGN_OUT)
        response = await self._front.write(request, _close, EVERYBODY)
        response.delete_cookie(TOKEN_COOKIE, httponly=True, samesite="lax")
        return response

    def _open(self, asked: Asked) -> tuple[str, Caller]:
        """Looks at the key twice, so that strangers never hold the lock of writers.

        Who signs in once more in one browser has one session, not two.
        """
        secret, engine = asked.said("key") or "", self._front.runtime.engine
        with database.snapshot(engine) as session:
            security.identify(session, secret)
        with database.transaction(engine) as session:
            sessions.close(session, asked.token)
            return sessions.open_session(session, secret)

    def _open_for(self, asked: Asked, person: Person) -> tuple[str, Caller]:
        with database.transaction(self._front.runtime.engine) as session:
            sessions.close(session, asked.token)
            return sessions.open_for_person(session, person)

    def _page(self, asked: Asked, wanted: str | None, refusal: Refused | None = None) -> Response:
        told = {
            "wanted": wanted_of(wanted) or "",
            "refused": None if refusal is None else type(refusal).__name__,
            "has_people": self._front.runtime.people_on_pages is not None,
        }
        status = 200 if refusal is None else refusal.status
        return render.page(self._front.house, "sign_in.html", asked, told, status)


def keep_signed_in(response: Response, token: str, *, is_secure: bool) -> None:
    """Have the browser keep the token of a session; no script can read it."""
    response.set_cookie(
        TOKEN_COOKIE,
        token,
        int(sessions.LIFETIME.total_seconds()),
        secure=is_secure,
        httponly=True,
        samesite="lax",
    )


def wanted_of(path: str | None) -> str | None:
    """Where to go after signing in: a page of ours, else none.

    >>> wanted_of("/admin/leads?status=accepted"), wanted_of("//elsewhere.example/admin/")
    ('/admin/leads?status=accepted', None)
    >>> wanted_of("/v1/zones"), wanted_of("/sign-in")
    (None, None)
    """
    if path is None or not OWN_PATH.fullmatch(path) or NO_PAGES.match(path):
        return None
    return path


def _close(desk: Desk) -> Gone:
    sessions.close(desk.session, desk.asked.token)
    log.info("signed out", key=desk.caller.key_id)
    return Gone(SIGN_IN, "signed_out")
