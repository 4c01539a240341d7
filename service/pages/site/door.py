"""Signing in and out, for the pages of everybody."""

import re
import time
from typing import Final

import structlog
from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.routing import Route

from matching.vocabulary import Scope
from service import database, security
from service.errors import KeyNotAccepted
from service.pages import render
from service.pages.asked import SIGN_IN, TOKEN_COOKIE, Asked, read_asked
from service.pages.desk import Desk, Gone
from service.pages.front import Front, Template, keeping_choices
from service.pages.house import Who
from service.pages.throttle import Throttle
from service.security import Caller
from service.usecases import sessions

SIGN_OUT: Final = "/sign-out"
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
            self._throttle.failed(asked.address)
            log.warning("sign-in failed", why=type(refusal).__name__)
            return self._page(asked, asked.said("next"), refusal)
        self._throttle.succeeded(asked.address)
        log.info("signed in", key=caller.key_id)
        wanted = wanted_of(asked.said("next")) or FIRST[caller.scope]
        response = RedirectResponse(wanted, 303, dict(self._front.house.headers))
        keep_signed_in(response, token, is_secure=asked.is_secure)
        return response

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

    def _page(
        self, asked: Asked, wanted: str | None, refusal: KeyNotAccepted | None = None
    ) -> Response:
        told = {
            "wanted": wanted_of(wanted) or "",
            "refused": None if refusal is None else type(refusal).__name__,
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
