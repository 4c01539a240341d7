"""The fast lane: a finished answer is sent before anything else of the service is run.

It does what the ordinary way does for the same request, in the same order: the key, its limit, the
headers, the line in the log. Whatever is not usual is left to the ordinary way.
"""

import re
import time
from collections.abc import Sequence
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from models.ids import new_id
from service import logs
from service.conditional import Preconditions
from service.draining import is_leaving
from service.edge import REQUEST_ID
from service.ready import Header, Ready
from service.runtime import Runtime
from service.telemetry import tracing
from service.telemetry.figures import Figures

UNUSUAL: Final = frozenset(
    {b"content-length", b"transfer-encoding", b"expect", b"if-match", b"range", b"upgrade"}
)
TRACE: Final = frozenset({b"traceparent", b"tracestate"})
MAX_STALE: Final = re.compile(r"max-stale=(\d{1,9})")
HIT: Final = (b"cache-status", b"bulian; hit")
JSON: Final = (b"content-type", b"application/json")
STRICT: Final = -1


class _Wishes:
    """What the headers of a request ask for."""

    __slots__ = ("authorization", "is_usual", "max_stale", "request_id", "tags", "trace")

    def __init__(self, headers: Sequence[Header]) -> None:
        self.authorization = b""
        self.is_usual = True
        self.max_stale = STRICT
        self.request_id = ""
        self.tags: str | None = None
        self.trace: dict[str, str] = {}
        for name, value in headers:
            if name == b"authorization":
                self.is_usual &= not self.authorization
                self.authorization = value
            elif name == b"x-request-id":
                self.request_id = self.request_id or value.decode("latin-1")
            elif name == b"if-none-match":
                held = value.decode("latin-1")
                self.tags = held if self.tags is None else f"{self.tags}, {held}"
            elif name == b"cache-control":
                self._read_control(value.decode("latin-1").lower())
            elif name in TRACE:
                self.trace[name.decode()] = value.decode("latin-1")
            elif name in UNUSUAL:
                self.is_usual = False

    def _read_control(self, wish: str) -> None:
        self.is_usual &= self.max_stale == STRICT and "no-" not in wish
        found = MAX_STALE.search(wish)
        if found is not None:
            self.max_stale = int(found[1])


class Lane:
    """ASGI middleware around everything else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request at once, or hand it on as it came."""
        if scope["type"] == "http" and scope["method"] == "GET":
            started = time.perf_counter()
            wishes = _Wishes(scope["headers"])
            found = _find(scope, wishes)
            if found is not None:
                with tracing.request(wishes.trace):
                    await _send(scope, found, wishes, started, send)
                return
        await self.app(scope, receive, send)


def _find(scope: Scope, wishes: _Wishes) -> tuple[Ready, list[Header]] | None:
    """A finished answer and the headers of its caller's limit; the call is counted then."""
    if not (wishes.is_usual and wishes.authorization) or is_leaving(scope):
        return None
    runtime: Runtime = scope["app"].state.runtime
    beat = runtime.pulse.beat()
    ready = runtime.ready.find(scope["path"], scope["query_string"], beat, wishes.max_stale)
    caller = runtime.ready.caller(wishes.authorization, beat)
    if ready is None or caller is None or not caller.has(ready.scope):
        return None
    standing = runtime.limiter.hit_at_once(caller)
    if standing is None:
        return None
    runtime.key_uses.note(caller.key_id)
    runtime.cache.note_ready()
    return ready, [(name.encode(), told.encode()) for name, told in standing.headers()]


async def _send(
    scope: Scope, found: tuple[Ready, list[Header]], wishes: _Wishes, started: float, send: Send
) -> None:
    ready, limit = found
    asked = wishes.request_id
    request_id = asked if REQUEST_ID.fullmatch(asked) else new_id("req")
    is_held = Preconditions(None, wishes.tags).has(ready.etag)
    status, body = (304, b"") if is_held else (200, ready.body)
    headers = [*ready.headers, HIT, *limit, (b"x-request-id", request_id.encode())]
    took = time.perf_counter() - started
    headers.append((b"server-timing", b"ranking;dur=%.1f" % (took * 1000)))
    if not is_held:
        headers += [(b"content-length", b"%d" % len(body)), JSON]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
    figures: Figures = scope["app"].state.runtime.figures
    figures.note_request("GET", ready.template, status, took)
    tracing.tell_request("GET", ready.template, status)
    logs.note_request("GET", ready.template, status, took * 1000, request_id)
