"""The outermost layer of our own: request ids, protective headers, one log line, the last catch."""

import re
import time
from typing import Final

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models.ids import new_id
from service import logs, problems
from service.draining import is_leaving
from service.errors import BodyTooLarge, NotFound, Refused
from service.telemetry import tracing
from service.telemetry.figures import Figures

MOST_BYTES: Final = 1024 * 1024
UPLOAD_BYTES: Final = 2001 * 2**20
UPLOADS: Final = frozenset({"/v1/admin/imports", "/admin/imports"})
"""Paths that hold what comes to a lower limit of their own, once they know who sends it."""

REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
CLIENT_GONE: Final = 499
LONGEST_LENGTH: Final = 20
"""Digits of Content-Length that are read: enough to know that it is too much."""

PROTECTION: Final = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Cache-Control", "no-store"),
)
"""Set where the answer does not say otherwise."""

EXTRA_HEADERS: Final = "extra_headers"
"""What a dependency has left in the request's state for its answer, whatever that will be."""

log = structlog.stdlib.get_logger("service")


class Fault(Refused):
    """Report the `request_id`; the cause is in the logs, not here."""

    status, title = 500, "Something went wrong on our side"


class Edge:
    """ASGI middleware around everything the application answers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, whatever happens inside."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        exchange = _Exchange(scope, send)
        named = structlog.contextvars.bound_contextvars(request_id=exchange.request_id)
        with named, tracing.request(exchange.headers):
            await self._answer(exchange, receive)

    async def _answer(self, exchange: "_Exchange", receive: Receive) -> None:
        try:
            if exchange.announced > exchange.most_bytes:
                await exchange.refuse(BodyTooLarge())
            elif "\0" in exchange.scope["path"]:
                await exchange.refuse(NotFound("No path of ours holds a NUL; see /docs"))
            else:
                await self.app(exchange.scope, receive, exchange.send)
        except Exception:
            log.exception("fault", method=exchange.scope["method"], path=exchange.template)
            if exchange.status is not None:
                raise
            await exchange.refuse(Fault())
        finally:
            exchange.report()


def figures_of(scope: Scope) -> Figures:
    """What the process counts; of an application that has no parts yet, figures nobody reads."""
    runtime = getattr(scope["app"].state, "runtime", None)
    return Figures() if runtime is None else runtime.figures


class _Exchange:
    """One request and what has been answered to it."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.scope = scope
        self.headers = Headers(scope=scope)
        asked = self.headers.get("x-request-id", "")
        self.request_id = asked if REQUEST_ID.fullmatch(asked) else new_id("req")
        self.scope.setdefault("state", {})["request_id"] = self.request_id
        self.status: int | None = None
        self._send = send
        self._figures = figures_of(scope)
        self._started = time.perf_counter()

    @property
    def announced(self) -> int:
        """The length of the body as its header says; what is not announced is counted later."""
        length = self.headers.get("content-length", "")
        return int(length[:LONGEST_LENGTH]) if length.isdecimal() else 0

    @property
    def most_bytes(self) -> int:
        """How long a body of this path may be at all."""
        return UPLOAD_BYTES if self.scope["path"] in UPLOADS else MOST_BYTES

    @property
    def template(self) -> str:
        """The path with the names of its parameters instead of their values."""
        return getattr(self.scope.get("route"), "path", "-")

    async def send(self, message: Message) -> None:
        """Pass a message on, with the headers every answer has."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in PROTECTION:
                headers.setdefault(name, value)
            headers["X-Request-ID"] = self.request_id
            if is_leaving(self.scope):
                headers["Connection"] = "close"
            for name, value in self.scope["state"].get(EXTRA_HEADERS, ()):
                headers[name] = value
        await self._send(message)

    async def refuse(self, refusal: Refused) -> None:
        """Answer with a problem from out here, where no router is."""
        body = problems.body_of(refusal, self.scope["path"], self.request_id)
        headers = [
            (b"content-type", problems.MEDIA_TYPE.encode()),
            (b"content-length", b"%d" % len(body)),
        ]
        await self.send(
            {"type": "http.response.start", "status": refusal.status, "headers": headers}
        )
        await self.send({"type": "http.response.body", "body": body})

    def report(self) -> None:
        """One line for the log: what was asked for and how it went, nothing of what was said."""
        took = time.perf_counter() - self._started
        method, status = self.scope["method"], self.status or CLIENT_GONE
        self._figures.note_request(method, self.template, status, took)
        tracing.tell_request(method, self.template, status)
        logs.note_request(method, self.template, status, took * 1000, self.request_id)
