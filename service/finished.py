"""How a finished answer leaves: its headers, 304, and a note of it for the fast lane."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Header, Request, Response

from matching.vocabulary import Scope
from service.cache import Hit
from service.conditional import JSON, REVALIDATE, Preconditions
from service.dependencies import Conditions
from service.edge import PROTECTION
from service.people.person import PREFIX
from service.ready import Ready
from service.repositories import feed
from service.runtime import Work
from service.usecases.ranking import Answer

STATUS: Final = {Hit.HIT: "bulian; hit", Hit.MISS: "bulian; fwd=miss", None: "bulian; fwd=bypass"}
"""`Cache-Status` (RFC 9211)."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A request for an answer that may be kept, and what its caller holds."""

    request: Request
    conditions: Preconditions
    wants_fresh: bool
    """No kept answer will do (RFC 9111, no-cache or no-store)."""


CacheControl = Annotated[
    str | None,
    Header(
        description="`max-stale=n` takes an answer right at most n seconds ago, `no-cache` "
        "one made anew; without them no answer is older than the last acknowledged write"
    ),
]


def read_asking(
    request: Request, conditions: Conditions, cache_control: CacheControl = None
) -> Asking:
    """The request as it came; `max-stale` is read by the fast lane, here every answer is right."""
    wish = (cache_control or "").lower()
    return Asking(request, conditions, "no-cache" in wish or "no-store" in wish)


Asked = Annotated[Asking, Depends(read_asking)]


def answer(work: Work, asked: Asking, ask: Callable[..., Answer]) -> Response:
    """The bytes of an answer, how they came about, and how long they took; 304 for held ones.

    Args:
        work: the request's; whoever may read as a portal may have the answer.
        asked: what is asked for.
        ask: makes or finds the answer; `bypass` has it made anew.
    """
    request, conditions = asked.request, asked.conditions
    started, seen_at = time.perf_counter(), work.runtime.ready.now()
    found = ask(bypass=asked.wants_fresh)
    kept = {"ETag": found.entry.etag, "Cache-Control": REVALIDATE, "Vary": "Authorization"}
    if found.hit is not None:
        _make_ready(work, request, found, kept, seen_at)
    told = {"Cache-Status": STATUS[found.hit], "Server-Timing": timing(started)}
    if conditions.has(found.entry.etag):
        return Response(status_code=304, headers=kept | told)
    return Response(found.entry.body, headers=kept | told, media_type=JSON)


def timing(started: float) -> str:
    """`Server-Timing` of what began at a moment of `time.perf_counter`."""
    return f"ranking;dur={(time.perf_counter() - started) * 1000:.1f}"


def _make_ready(
    work: Work, request: Request, found: Answer, kept: Mapping[str, str], seen_at: float
) -> None:
    """Have the fast lane answer this request, and know its caller, from now on."""
    headers: dict[str, str] = {**dict(PROTECTION), **kept}
    scope = request.scope
    ready = Ready(
        found.entry.body,
        found.entry.etag,
        mark=found.state.mark,
        day=found.state.day,
        seen_at=seen_at,
        scope=Scope.PORTAL,
        template=scope["route"].path,
        headers=tuple((name.lower().encode(), told.encode()) for name, told in headers.items()),
    )
    work.runtime.ready.keep(scope["path"], scope["query_string"], ready)
    given = [told for name, told in scope["headers"] if name == b"authorization"]
    if len(given) == 1 and not work.caller.key_id.startswith(PREFIX):
        number = feed.last_mark(work.session).number
        work.runtime.ready.admit(given[0], work.caller, number)
