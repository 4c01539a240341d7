"""A receiver of webhooks on this machine, with TLS, that answers as a test tells it to."""

import ssl
import threading
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from service.webhooks.addresses import Address, Gate
from tests.service.webhooks.certificates import Certificate, make_certificate

HOST = "receiver.test.example"


@dataclass(frozen=True)
class Received:
    """One message as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def event_id(self) -> str:
        return self.headers["webhook-id"]


@dataclass
class Reply:
    """What is answered: raw pieces, where given, go out in place of a proper answer."""

    status: int = 204
    headers: dict[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""
    raw: Iterable[bytes] | None = None


Answer = Callable[[Received], Reply]


def accept(_: Received) -> Reply:
    return Reply()


class Receiver:
    """What has come in, and what is answered to the next message."""

    def __init__(self, certificate: Certificate, port: int) -> None:
        self.certificate = certificate
        self.port = port
        self.url = f"https://{HOST}:{port}/hooks"
        self.answer: Answer = accept
        self.received: list[Received] = []
        self.connections = 0

    @property
    def event_ids(self) -> list[str]:
        return [one.event_id for one in self.received]

    def tls(self) -> ssl.SSLContext:
        """What a client needs to trust this receiver and nobody else."""
        return trusting(self.certificate.trusted)


def trusting(certificates: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=certificates)
    return context


def here(host: str, port: int) -> list[Address]:
    """Every name leads to this machine."""
    return [ip_address("127.0.0.1")]


def anywhere(address: Address) -> bool:
    """Every address may be called."""
    return True


OPEN_GATE = Gate(here, anywhere)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.receiver.connections += 1

    @property
    def receiver(self) -> Receiver:
        assert isinstance(self.server, _Server)
        return self.server.receiver

    def do_POST(self) -> None:
        size = int(self.headers.get("Content-Length", "0"))
        headers = {name.lower(): value for name, value in self.headers.items()}
        received = Received(self.path, headers, self.rfile.read(size))
        self.receiver.received.append(received)
        reply = self.receiver.answer(received)
        if reply.raw is not None:
            for piece in reply.raw:
                self.wfile.write(piece)
            self.close_connection = True
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - name of the library
        """Nothing on the screen."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    receiver: Receiver
    context: ssl.SSLContext

    def get_request(self) -> tuple[Any, Any]:
        """The handshake is left to the handler's thread: a caller may hang up in the middle."""
        connection, address = super().get_request()
        wrapped = self.context.wrap_socket(
            connection, server_side=True, do_handshake_on_connect=False
        )
        return wrapped, address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Callers that hang up are part of the tests."""


@contextmanager
def running_receiver(folder: Path, *hosts: str) -> Generator[Receiver]:
    """A receiver that listens on a free port, with a certificate for some names."""
    folder.mkdir(exist_ok=True)
    certificate = make_certificate(folder, *(hosts or (HOST,)))
    server = _Server(("127.0.0.1", 0), _Handler)
    server.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.context.load_cert_chain(certificate.file)
    server.receiver = Receiver(certificate, int(server.server_address[1]))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server.receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
