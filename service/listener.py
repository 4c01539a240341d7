"""The server's side of a connection: uvicorn's, which lets go of who keeps it waiting.

uvicorn waits for ever for the first request of a connection, for the end of its headers, for its
body and for a client to take an answer. A thousand connections that send a byte now and then would
keep others out; here each is looked at every few seconds and ended when it is too slow. What cannot
be read as HTTP is refused with a problem like everything else.
"""

import asyncio
from enum import Enum, auto
from http import HTTPStatus
from typing import Final, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from models.ids import new_id
from service import problems
from service.edge import PROTECTION
from service.errors import Refused

SECONDS: Final = 20.0
BYTES_A_SECOND: Final = 500.0
"""A request may take so long, and a second more for so many bytes of it: the defaults of Apache's
mod_reqtimeout, which are known to let slow lines through."""

MOST_HEADER_BYTES: Final = 32 * 1024
"""As much as nginx takes without being told otherwise: four times 8 KiB."""

MOST_CONNECTIONS: Final = 800
"""Of one process: under the 1,024 open files that a process usually may have, with its database."""

STALLED_SECONDS: Final = 60.0
"""So long may a client take nothing of an answer; nginx's default."""

LOOK_SECONDS: Final = 5.0


class NotHttp(Refused):
    """Send HTTP/1.1."""

    status, title = 400, "This is not HTTP"


class TooSlow(Refused):
    """Send the request without long pauses."""

    status, title = 408, "The request took too long to arrive"


class HeadersTooLarge(Refused):
    """Send shorter headers; the path and its query count as well."""

    status, title = 431, "The headers are too large"


class TooManyConnections(Refused):
    """Try again a little later, and keep connections open only while they are used."""

    status, title = 503, "Too many connections"
    headers = (("Retry-After", "2"),)


class Part(Enum):
    """What is awaited of a client."""

    HEADERS = auto()
    BODY = auto()
    NOTHING = auto()


class Listener(HttpToolsProtocol):
    """One connection."""

    _part = Part.HEADERS
    _since = 0.0
    _received = 0
    _unsent = 0
    _unsent_since = 0.0
    _reason: type[Refused] = NotHttp
    _look_again: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait; with too many others, refuse at once."""
        super().connection_made(transport)
        self._await_headers()
        self._unsent_since = self._since
        self._look_again = self.loop.call_later(LOOK_SECONDS, self._look)
        if len(self.connections) > MOST_CONNECTIONS:
            self._refuse(TooManyConnections())

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no more."""
        if self._look_again is not None:
            self._look_again.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what comes, and hand it on."""
        if self._part is Part.NOTHING:
            self._await_headers()
        self._received += len(data)
        super().data_received(data)
        if self._part is Part.HEADERS and self._received > MOST_HEADER_BYTES:
            self._refuse(HeadersTooLarge())

    def on_message_begin(self) -> None:
        """Another request, perhaps in the same breath."""
        if self._part is Part.NOTHING:
            self._await_headers()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Take the request, unless its headers came at once and are too large.

        Raises:
            ValueError: they are; the parser turns it into a refusal.
        """
        if self._received > MOST_HEADER_BYTES and self._header_bytes() > MOST_HEADER_BYTES:
            self._reason = HeadersTooLarge
            raise ValueError("headers too large")
        self._part = Part.BODY
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Nothing is awaited until the next request."""
        self._part = Part.NOTHING
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - the name is uvicorn's
        """Refuse what the parser could not read, without its words."""
        self._refuse(self._reason())

    def _await_headers(self) -> None:
        self._part, self._since, self._received = Part.HEADERS, self.loop.time(), 0

    def _header_bytes(self) -> int:
        return len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def _look(self) -> None:
        """End what takes too long, or look again later."""
        now = self.loop.time()
        if self._is_stalled(now) or self._is_sent_in_vain():
            self.transport.abort()
        elif self._is_slow(now):
            self._refuse(TooSlow())
        self._look_again = self.loop.call_later(LOOK_SECONDS, self._look)

    def _is_stalled(self, now: float) -> bool:
        """Whether the client has long taken nothing of what is there for it."""
        unsent = self.transport.get_write_buffer_size()
        if unsent == 0 or unsent != self._unsent:
            self._unsent_since = now
        self._unsent = unsent
        return now - self._unsent_since > STALLED_SECONDS

    def _is_sent_in_vain(self) -> bool:
        """Whether it goes on sending a request that has been answered, as a refused one is."""
        return self._part is Part.BODY and self.cycle.response_complete

    def _is_slow(self, now: float) -> bool:
        if self._part is Part.NOTHING:
            return False
        if self.flow.read_paused:  # it is we who do not read
            self._since, self._received = now, 0
        return now - self._since > SECONDS + self._received / BYTES_A_SECOND

    def _is_half_answered(self) -> bool:
        cycle = cast("RequestResponseCycle | None", self.cycle)  # there is none at first
        return cycle is not None and cycle.response_started and not cycle.response_complete

    def _refuse(self, refusal: Refused) -> None:
        """Say why, where no answer has begun, and end the connection."""
        if self.transport.is_closing():
            return
        if self._is_half_answered():
            self.transport.abort()
        else:
            self.transport.write(_answer(refusal))
            self.transport.close()


def _answer(refusal: Refused) -> bytes:
    """A problem as it goes over the wire."""
    request_id = new_id("req")
    body = problems.body_of(refusal, "", request_id)
    headers = (
        ("Content-Type", problems.MEDIA_TYPE),
        ("Content-Length", str(len(body))),
        ("Connection", "close"),
        ("X-Request-ID", request_id),
        *PROTECTION,
        *refusal.headers,
    )
    told = [f"HTTP/1.1 {refusal.status} {HTTPStatus(refusal.status).phrase}"]
    told += [f"{name}: {value}" for name, value in headers]
    return "\r\n".join([*told, "", ""]).encode() + body
