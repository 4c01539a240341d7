"""Signing in and out."""

import re
import time
from typing import Final

import structlog
from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette_admin.views import CustomView

from matching.vocabulary import Scope
from service import database, security
from service.errors import KeyNotAccepted, ScopeTooNarrow
from service.pages.admin import render
from service.pages.admin.asked import TOKEN_COOKIE, Asked, read_asked
from service.pages.admin.desk import BASE, Desk, Gone
from service.pages.admin.front import Front, Template, with_language
from service.pages.admin.section import at
from service.pages.admin.throttle import Throttle
from service.security import Caller
from service.usecases import sessions

SIGN_IN: Final = f"{BASE}/sign-in"
OWN_PATH: Final = re.compile(rf"{BASE}/(?!/)[A-Za-z0-9_./?=&%+-]*")

log = structlog.stdlib.get_logger("service.pages")


class Door(CustomView):
    """The page where a key is typed, and the way out; neither is in the menu."""

    path = "/"
    add_to_menu = False

    def __init__(self, front: Front) -> None:
        super().__init__(menu_label="door")
        self._front = front
        self._throttle = Throttle(time.monotonic)

    async def index(self, request: Request) -> Response:
        """The page where a key is typed; reached by its own path only."""
        return await self.ask(request)

    @at("/sign-in", "GET")
    async def ask(self, request: Request) -> Response:
        """The page where a key is typed."""
        request.scope["route"] = Template(SIGN_IN)
        asked = await read_asked(request)
        return with_language(request, _page(asked, wanted_of(asked.query.get("next"))))

    @at("/sign-in", "POST")
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
        except (KeyNotAccepted, ScopeTooNarrow) as refusal:
            self._throttle.failed(asked.address)
            log.warning("sign-in failed", why=type(refusal).__name__)
            return _page(asked, wanted_of(asked.said("next")), refusal)
        self._throttle.succeeded(asked.address)
        log.info("signed in", key=caller.key_id)
        response = RedirectResponse(wanted_of(asked.said("next")), 303, dict(render.HEADERS))
        response.set_cookie(
            TOKEN_COOKIE,
            token,
            int(sessions.LIFETIME.total_seconds()),
            path=BASE,
            secure=asked.is_secure,
            httponly=True,
            samesite="lax",
        )
        return response

    @at("/sign-out", "POST")
    async def sign_out(self, request: Request) -> Response:
        """End the session."""
        request.scope["route"] = Template(f"{BASE}/sign-out")
        response = await self._front.write(request, _close)
        response.delete_cookie(TOKEN_COOKIE, path=BASE, httponly=True, samesite="lax")
        return response

    def _open(self, asked: Asked) -> tuple[str, Caller]:
        """Looks at the key twice, so that strangers never hold the lock of writers.

        Who signs in once more in one browser has one session, not two.
        """
        secret, engine = asked.said("key") or "", self._front.runtime.engine
        with database.snapshot(engine) as session:
            security.admit(session, secret, frozenset({Scope.ADMIN}))
        with database.transaction(engine) as session:
            sessions.close(session, asked.token)
            return sessions.open_session(session, secret)


def wanted_of(path: str | None) -> str:
    """Where to go after signing in: a page of ours, else the first.

    >>> wanted_of("/admin/leads?status=accepted"), wanted_of("//elsewhere.example/admin/")
    ('/admin/leads?status=accepted', '/admin/')
    """
    return path if path is not None and OWN_PATH.fullmatch(path) else f"{BASE}/"


def _close(desk: Desk) -> Gone:
    sessions.close(desk.session, desk.asked.token)
    log.info("signed out", key=desk.caller.key_id)
    return Gone("/sign-in", "signed_out")


def _page(
    asked: Asked, wanted: str, refusal: KeyNotAccepted | ScopeTooNarrow | None = None
) -> Response:
    told = {"wanted": wanted, "refused": None if refusal is None else type(refusal).__name__}
    return render.page("sign_in.html", asked, told, 200 if refusal is None else refusal.status)
