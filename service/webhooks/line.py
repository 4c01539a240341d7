"""A connection to one receiver: to an address that was looked at, for ten seconds a message.

We connect ourselves, so there is no proxy of the environment, no redirect that is followed, no
cookie, and no second look-up between the check and the connection.
"""

import ssl
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, Final

import httpcore2
from httpcore2 import HTTP11Connection, NetworkStream, Origin, Request, Response, SyncBackend

from models.webhook import DeliveryFault
from service import deadline
from service.webhooks.addresses import Address, AddressRefused, Gate, NameUnknown, Target, parse

SECONDS: Final = 10.0
"""For all of it: looking up, connecting, sending, and the answer's status."""

MOST_BYTES: Final = 64 * 1024
"""Of an answer's body; of a longer one the connection is closed."""

IDLE_SECONDS: Final = 5.0
SUCCESS: Final = range(200, 300)
REDIRECTION: Final = range(300, 400)
GONE: Final = 410
AGENT: Final = f"Bulian/{version('bulian')}"

Failed = (
    OSError,
    AddressRefused,
    httpcore2.NetworkError,
    httpcore2.TimeoutException,
    httpcore2.ProtocolError,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one message."""

    status_code: int | None
    """Of the answer; None = there was none."""
    fault: DeliveryFault | None
    """Why it failed; None = it was delivered."""
    duration_ms: int


class Line:
    """A connection to the receiver at one address, opened when it is needed, kept between messages.

    One thread uses it at a time.
    """

    def __init__(self, url: str, gate: Gate, tls: ssl.SSLContext) -> None:
        self.url = url
        self._gate = gate
        self._tls = tls
        self._connection: HTTP11Connection | None = None

    def send(self, headers: Mapping[str, str], body: bytes) -> Outcome:
        """Post a message; every failure of the receiver or the network is an outcome."""
        start = time.monotonic()
        status_code, fault = None, None
        try:
            with deadline.within(SECONDS):
                status_code = self._post(headers, body)
            fault = _fault_of_answer(status_code)
        except Failed as error:
            self.close()
            fault = _fault_of(error)
        return Outcome(status_code, fault, round((time.monotonic() - start) * 1000))

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _post(self, headers: Mapping[str, str], body: bytes) -> int:
        target = parse(self.url)
        origin = Origin(b"https", target.host.encode(), target.port)
        connection = self._ready(target, origin)
        request = Request(
            "POST",
            httpcore2.URL(scheme=b"https", host=origin.host, port=target.port, target=target.path),
            headers=[
                ("Host", target.authority),
                ("Content-Type", "application/json"),
                ("Content-Length", str(len(body))),
                ("User-Agent", AGENT),
                *headers.items(),
            ],
            content=body,
        )
        response = connection.handle_request(request)
        self._finish(response)
        return response.status

    def _ready(self, target: Target, origin: Origin) -> HTTP11Connection:
        """The open connection, or a new one where there is none that is still good."""
        held = self._connection
        if held is not None and held.is_available() and not held.has_expired():
            return held
        self.close()
        stream = _connect(self._gate.addresses(target), target.port)
        secured = stream.start_tls(self._tls, target.host, deadline.remaining())
        self._connection = HTTP11Connection(origin, Timed(secured), IDLE_SECONDS)
        return self._connection

    def _finish(self, response: Response) -> None:
        """Take in a short body, so that the connection can go on; the status stands anyway."""
        seen = 0
        with suppress(*Failed):
            for chunk in response.iter_stream():
                seen += len(chunk)
                if seen > MOST_BYTES:
                    break
        response.close()


class Timed(NetworkStream):
    """A stream whose every step ends by the deadline, however often a byte trickles in."""

    def __init__(self, stream: NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - signature of httpcore2
        """Bytes, at most so many."""
        return self._stream.read(max_bytes, deadline.remaining())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - signature of httpcore2
        """Send all bytes."""
        self._stream.write(buffer, deadline.remaining())

    def close(self) -> None:
        """Hang up."""
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        """What the connection asks of the socket."""
        return self._stream.get_extra_info(info)


def _connect(addresses: list[Address], port: int) -> NetworkStream:
    """A connection to the first address that takes one.

    Raises:
        httpcore2.ConnectError: none does.
        httpcore2.ConnectTimeout: one did not answer in time.
    """
    failure: Exception = NameUnknown("there is no address")
    for address in addresses:
        try:
            return SyncBackend().connect_tcp(str(address), port, deadline.remaining())
        except httpcore2.ConnectError as error:
            failure = error
    raise failure


def _fault_of_answer(status_code: int) -> DeliveryFault | None:
    if status_code in SUCCESS:
        return None
    if status_code == GONE:
        return DeliveryFault.GONE
    return DeliveryFault.REDIRECTED if status_code in REDIRECTION else DeliveryFault.ANSWERED


def _fault_of(error: Exception) -> DeliveryFault:
    match error:
        case NameUnknown():
            return DeliveryFault.NAME_UNKNOWN
        case AddressRefused():
            return DeliveryFault.ADDRESS_REFUSED
        case TimeoutError() | httpcore2.TimeoutException():
            return DeliveryFault.TIMED_OUT
        case httpcore2.ProtocolError():
            return DeliveryFault.NOT_HTTP
        case _:
            is_tls = isinstance(error.__cause__, ssl.SSLError)
            return DeliveryFault.TLS_FAILED if is_tls else DeliveryFault.NOT_REACHED


def default_tls() -> ssl.SSLContext:
    """The system's certificates, checked against the host's name."""
    context = httpcore2.default_ssl_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    return context
