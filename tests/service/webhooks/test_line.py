"""One message to one receiver: what counts as delivered, what as failed, and how long it takes."""

import socket
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from itertools import chain
from pathlib import Path

import pytest

from models.webhook import DeliveryFault
from service.webhooks import line
from service.webhooks.addresses import Address, AddressRefused, Gate, NameUnknown
from service.webhooks.line import AGENT, MOST_BYTES, Line, Outcome, default_tls
from tests.service.webhooks.receiver import (
    HOST,
    OPEN_GATE,
    Received,
    Receiver,
    Reply,
    anywhere,
    here,
    running_receiver,
    trusting,
)

HEADERS = {"webhook-id": "evt_1"}
BODY = '{"type":"gap.created","名":1}'.encode()


@pytest.fixture
def open_line(receiver: Receiver) -> Iterator[Line]:
    made = Line(receiver.url, OPEN_GATE, receiver.tls())
    yield made
    made.close()


def result(outcome: Outcome) -> tuple[int | None, DeliveryFault | None]:
    return outcome.status_code, outcome.fault


def test_a_message_is_posted_as_it_is(receiver: Receiver, open_line: Line) -> None:
    outcome = open_line.send(HEADERS, BODY)
    assert result(outcome) == (204, None)
    assert 0 <= outcome.duration_ms < 5000
    (got,) = receiver.received
    assert (got.path, got.body) == ("/hooks", BODY)
    assert got.headers == {
        "host": f"{HOST}:{receiver.port}",
        "content-type": "application/json",
        "content-length": str(len(BODY)),
        "user-agent": AGENT,
        "webhook-id": "evt_1",
    }


ANSWERS = {
    200: None,
    201: None,
    299: None,
    301: DeliveryFault.REDIRECTED,
    304: DeliveryFault.REDIRECTED,
    307: DeliveryFault.REDIRECTED,
    400: DeliveryFault.ANSWERED,
    401: DeliveryFault.ANSWERED,
    410: DeliveryFault.GONE,
    429: DeliveryFault.ANSWERED,
    500: DeliveryFault.ANSWERED,
    599: DeliveryFault.ANSWERED,
}


@pytest.mark.parametrize(("status", "fault"), ANSWERS.items())
def test_the_status_decides(
    receiver: Receiver, open_line: Line, status: int, fault: DeliveryFault | None
) -> None:
    receiver.answer = lambda _: Reply(status, {"Location": f"{receiver.url}/elsewhere"})
    assert result(open_line.send(HEADERS, BODY)) == (status, fault)
    assert len(receiver.received) == 1, "a redirect is not followed"


def test_a_connection_is_kept_while_it_is_good(receiver: Receiver, open_line: Line) -> None:
    for _ in range(3):
        assert open_line.send(HEADERS, BODY).fault is None
    assert (len(receiver.received), receiver.connections) == (3, 1)


def test_a_connection_is_made_anew_after_the_receiver_hung_up(
    receiver: Receiver, open_line: Line
) -> None:
    receiver.answer = lambda _: Reply(headers={"Connection": "close"})
    for _ in range(3):
        assert open_line.send(HEADERS, BODY).fault is None
    assert (len(receiver.received), receiver.connections) == (3, 3)


def test_a_long_answer_is_not_read_to_its_end(receiver: Receiver, open_line: Line) -> None:
    receiver.answer = lambda _: Reply(200, body=b"x" * MOST_BYTES * 100)
    assert result(open_line.send(HEADERS, BODY)) == (200, None)
    receiver.answer = lambda _: Reply(200, body=b"x" * MOST_BYTES)
    assert result(open_line.send(HEADERS, BODY)) == (200, None)
    assert result(open_line.send(HEADERS, BODY)) == (200, None)
    assert receiver.connections == 2


RAW = {
    b"": DeliveryFault.NOT_HTTP,
    b"SSH-2.0-OpenSSH_9.9\r\n": DeliveryFault.NOT_HTTP,
    b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000: DeliveryFault.NOT_HTTP,
    b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort": None,
}


@pytest.mark.parametrize(("raw", "fault"), RAW.items(), ids=range(len(RAW)))
def test_what_is_no_answer_is_a_failure(
    receiver: Receiver, open_line: Line, raw: bytes, fault: DeliveryFault | None
) -> None:
    receiver.answer = lambda _: Reply(raw=[raw])
    assert open_line.send(HEADERS, BODY).fault == fault
    receiver.answer = lambda _: Reply()
    assert open_line.send(HEADERS, BODY).fault is None


def test_all_steps_together_have_one_deadline(
    receiver: Receiver, open_line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "SECONDS", 0.3)
    end = threading.Event()

    def hang(_: Received) -> Reply:
        end.wait(5)
        return Reply()

    receiver.answer = hang
    start = time.monotonic()
    assert result(open_line.send(HEADERS, BODY)) == (None, DeliveryFault.TIMED_OUT)
    assert 0.25 < time.monotonic() - start < 2
    end.set()


@contextmanager
def trickling(chunk: bytes, *, start: bytes = b"") -> Generator[int]:
    """A port where a byte comes in now and then, for ever."""
    listener = socket.create_server(("127.0.0.1", 0))
    end = threading.Event()

    def serve() -> None:
        connection, _ = listener.accept()
        with connection, listener:
            try:
                connection.sendall(start)
                while not end.wait(0.05):
                    connection.sendall(chunk)
            except OSError:
                return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield int(listener.getsockname()[1])
    end.set()
    thread.join(5)


def test_a_handshake_that_never_ends_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "SECONDS", 0.3)
    hello = b"\x16\x03\x03\x40\x00"
    with trickling(b"\x02", start=hello) as port:
        made = Line(f"https://{HOST}:{port}/", OPEN_GATE, default_tls())
        assert result(made.send(HEADERS, BODY)) == (None, DeliveryFault.TIMED_OUT)
        assert made.send(HEADERS, BODY).fault is DeliveryFault.NOT_REACHED


def slowly(text: bytes) -> Iterator[bytes]:
    """Byte by byte, each well within a time-out of its own."""
    for byte in text:
        time.sleep(0.02)
        yield bytes([byte])


def test_an_answer_that_trickles_ends_by_the_deadline(
    receiver: Receiver, open_line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "SECONDS", 0.3)
    receiver.answer = lambda _: Reply(raw=slowly(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200))
    start = time.monotonic()
    assert result(open_line.send(HEADERS, BODY)) == (None, DeliveryFault.TIMED_OUT)
    assert time.monotonic() - start < 2


def test_a_body_that_trickles_costs_no_more_and_does_not_matter(
    receiver: Receiver, open_line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "SECONDS", 0.3)
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n"
    receiver.answer = lambda _: Reply(raw=chain([head], slowly(b"x" * 200)))
    start = time.monotonic()
    assert result(open_line.send(HEADERS, BODY)) == (200, None)
    assert time.monotonic() - start < 2


def test_the_certificate_must_be_of_the_host(receiver: Receiver, tmp_path: Path) -> None:
    with running_receiver(tmp_path / "other", "other.example") as other:
        trusted = trusting(receiver.certificate.trusted + other.certificate.trusted)
        wrong = Line(f"https://{HOST}:{other.port}/", OPEN_GATE, trusted)
        assert result(wrong.send(HEADERS, BODY)) == (None, DeliveryFault.TLS_FAILED)
        right = Line(f"https://other.example:{other.port}/", OPEN_GATE, trusted)
        assert right.send(HEADERS, BODY).fault is None
        right.close()
        assert [one.path for one in other.received] == ["/"]


def test_the_certificate_must_be_trusted(receiver: Receiver) -> None:
    untrusting = Line(receiver.url, OPEN_GATE, default_tls())
    assert untrusting.send(HEADERS, BODY).fault is DeliveryFault.TLS_FAILED
    assert receiver.received == []


def test_what_the_environment_says_of_proxies_does_not_matter(
    receiver: Receiver, open_line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert open_line.send(HEADERS, BODY).fault is None


def test_nobody_listens_there(receiver: Receiver) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    made = Line(f"https://{HOST}:{port}/", OPEN_GATE, receiver.tls())
    assert made.send(HEADERS, BODY).fault is DeliveryFault.NOT_REACHED


def test_the_next_address_is_tried(receiver: Receiver) -> None:
    def two(host: str, port: int) -> list[Address]:
        return [ip_address("127.0.0.2"), ip_address("127.0.0.1")]

    made = Line(receiver.url, Gate(two, anywhere), receiver.tls())
    assert made.send(HEADERS, BODY).fault is None
    made.close()


def test_a_name_that_changes_its_mind_is_refused_at_the_connection(receiver: Receiver) -> None:
    answers = iter([["8.8.8.8"], ["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["10.0.0.1"]])

    def rebinding(host: str, port: int) -> list[Address]:
        return [ip_address(text) for text in next(answers)]

    gate = Gate(rebinding)
    gate.check(receiver.url)
    made = Line(receiver.url, gate, receiver.tls())
    for _ in range(3):
        assert result(made.send(HEADERS, BODY)) == (None, DeliveryFault.ADDRESS_REFUSED)
    assert (receiver.received, receiver.connections) == ([], 0)


def test_the_address_that_was_looked_at_is_the_one_that_is_called(receiver: Receiver) -> None:
    """The name is looked up once a connection; the socket never sees it."""
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[Address]:
        asked.append(host)
        return here(host, port)

    made = Line(receiver.url, Gate(resolve, anywhere), receiver.tls())
    assert made.send(HEADERS, BODY).fault is None
    assert made.send(HEADERS, BODY).fault is None
    made.close()
    assert asked == [HOST]


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (NameUnknown(), DeliveryFault.NAME_UNKNOWN),
        (AddressRefused(), DeliveryFault.ADDRESS_REFUSED),
    ],
)
def test_a_name_that_leads_nowhere_is_a_failure(error: Exception, fault: DeliveryFault) -> None:
    def resolve(host: str, port: int) -> list[Address]:
        raise error

    made = Line(f"https://{HOST}/", Gate(resolve), default_tls())
    assert result(made.send(HEADERS, BODY)) == (None, fault)


def test_no_address_at_all_is_a_failure() -> None:
    def nothing(host: str, port: int) -> list[Address]:
        return []

    made = Line(f"https://{HOST}/", Gate(nothing), default_tls())
    assert made.send(HEADERS, BODY).fault is DeliveryFault.NAME_UNKNOWN
