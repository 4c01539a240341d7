"""Clients that are slow, endless or no HTTP at all: let go of, while others are served."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI, Request
from starlette.responses import StreamingResponse

from service import edge, listener
from service.listener import Listener
from tests.house.server import find_free_port

GOOD = b"GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"
HALF_A_BODY = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nab"


def small_app() -> FastAPI:
    app = FastAPI()

    @app.get("/hello")
    async def hello(request: Request) -> dict[str, str]:
        assert request.client is not None
        return {"from": request.client.host}

    @app.post("/echo")
    async def echo(request: Request) -> int:
        return len(await request.body())

    @app.post("/deaf")
    async def deaf() -> str:
        return "I have heard enough"

    @app.get("/much")
    async def much() -> StreamingResponse:
        return StreamingResponse(b"x" * 1_000_000 for _ in range(30))

    return app


@pytest.fixture(scope="module")
def quick() -> Iterator[None]:
    """Everything happens a hundred times faster."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listener, "SECONDS", 0.2)
        patch.setattr(listener, "BYTES_A_SECOND", 5e4)
        patch.setattr(listener, "STALLED_SECONDS", 0.3)
        patch.setattr(listener, "LOOK_SECONDS", 0.02)
        patch.setattr(listener, "MOST_CONNECTIONS", 5)
        yield


@pytest.fixture(scope="module")
def port(quick: None) -> Iterator[int]:
    """Where a small application is served with our side of the connection."""
    found = find_free_port()
    options: dict[str, Any] = {"http": Listener, "ws": "none", "log_config": None}
    options |= {"access_log": False, "server_header": False}
    server = uvicorn.Server(uvicorn.Config(small_app(), port=found, **options))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield found
    server.should_exit = True
    thread.join(10)


@pytest.fixture(autouse=True)
def alone(port: int) -> Iterator[None]:
    """Whatever a test did, others are served after it."""
    yield
    assert b"200 OK" in heard(port, GOOD)


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=10)


def read_all(caller: socket.socket) -> bytes:
    """What comes until the other side ends it, or some time passes without anything."""
    caller.settimeout(0.3)
    found = bytearray()
    try:
        while part := caller.recv(1_000_000):
            found += part
    except (TimeoutError, ConnectionResetError):
        pass
    return bytes(found)


def heard(port: int, sent: bytes) -> bytes:
    with closing(connected(port)) as caller:
        caller.sendall(sent)
        caller.shutdown(socket.SHUT_WR)
        return read_all(caller)


def is_ended_while_sending(caller: socket.socket) -> bool:
    """Whether the other side ends it although more is sent, within some seconds."""
    until = time.monotonic() + 5
    try:
        while time.monotonic() < until:
            caller.sendall(b"x" * 1000)
            time.sleep(0.01)
    except OSError:
        return True
    return False


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"", b"408"),
        (b"GET /hello HT", b"408"),
        (b"GET /hello HTTP/1.1\r\nHost: x\r\nX-Endless: ", b"408"),
        (HALF_A_BODY, b"408"),
        (b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", b"408"),
        (b"hello\r\n\r\n", b"400"),
        (b"GET /hello HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n", b"400"),
        (b"GET /hello HTTP/1.1\r\nA: " + b"x" * 40_000, b"431"),
        (b"GET /hello HTTP/1.1\r\nA: " + b"x" * 40_000 + b"\r\n\r\n", b"431"),
        (b"GET /" + b"x" * 40_000 + b" HTTP/1.1\r\n\r\n", b"431"),
        (b"GET /hello HTTP/1.1\r\n" + b"A: b\r\n" * 6000 + b"\r\n", b"431"),
    ],
)
def test_who_is_slow_or_endless_is_refused_with_a_problem(
    port: int, sent: bytes, status: bytes
) -> None:
    with closing(connected(port)) as caller:
        caller.sendall(sent)
        head, _, body = read_all(caller).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 " + status), head
    assert b"Content-Type: application/problem+json" in head
    assert b"Connection: close" in head
    assert all(name.encode() in head for name, _ in edge.PROTECTION)
    assert b'"status":' + status in body


def test_a_byte_now_and_then_is_too_slow(port: int) -> None:
    with closing(connected(port)) as caller:
        started = time.monotonic()
        for letter in GOOD[:-2] + b"A: " + b"x" * 100:
            try:
                caller.sendall(bytes([letter]))
            except OSError:
                break
            if time.monotonic() > started + 5:
                pytest.fail("still connected")
            time.sleep(0.01)
        assert 0.1 < time.monotonic() - started < 3


def test_who_sends_steadily_may_take_longer(port: int) -> None:
    """0.5 s in all, where 0.2 s and a second for every 50,000 bytes are allowed."""
    with closing(connected(port)) as caller:
        caller.sendall(b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n\r\n")
        for _ in range(10):
            caller.sendall(b"x" * 5000)
            time.sleep(0.05)
        assert b"50000" in read_all(caller)


def test_a_connection_is_used_again_and_requests_may_come_together(port: int) -> None:
    with closing(connected(port)) as caller:
        caller.sendall(GOOD + GOOD)
        assert read_all(caller).count(b"200 OK") == 2
        caller.sendall(GOOD)
        assert b"200 OK" in caller.recv(1000)


def test_what_is_sent_after_the_answer_is_not_awaited(port: int) -> None:
    with closing(connected(port)) as caller:
        caller.sendall(b"POST /deaf HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n")
        assert b"heard enough" in read_all(caller)
        assert is_ended_while_sending(caller)


def test_who_takes_nothing_of_an_answer_is_let_go(port: int) -> None:
    with closing(connected(port)) as caller:
        caller.sendall(b"GET /much HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.6)
        assert len(read_all(caller)) < 30_000_000


def test_who_takes_all_of_it_gets_all(port: int) -> None:
    with closing(connected(port)) as caller:
        caller.sendall(b"GET /much HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert len(read_all(caller)) > 30_000_000


def test_half_an_answer_is_not_mixed_with_a_refusal(port: int) -> None:
    with closing(connected(port)) as caller:
        caller.sendall(b"GET /much HTTP/1.1\r\nHost: x\r\n\r\n")
        assert caller.recv(10) == b"HTTP/1.1 2"
        caller.sendall(b"\0\0\0\0\r\n\r\n")
        assert b"problem" not in read_all(caller)


def test_too_many_connections_are_refused_and_the_others_served(port: int) -> None:
    with closing(connected(port)) as first:
        first.sendall(GOOD)
        crowd = [connected(port) for _ in range(8)]
        told = [read_all(one) for one in crowd]
        for one in crowd:
            one.close()
        assert sum(b"503 Service Unavailable" in answer for answer in told) >= 3
        assert all(b"Retry-After: 2" in answer for answer in told if b" 503 " in answer)
        assert b"200 OK" in read_all(first)


def test_websockets_are_not_spoken(port: int) -> None:
    asked = GOOD[:-2] + b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
    assert b"101" not in heard(port, asked)[:20]


@pytest.mark.parametrize(("asked", "who"), [(b"1.2.3.4", b"1.2.3.4"), (b"x", b"x"), (b"", b"127")])
def test_the_proxy_on_this_machine_says_who_calls(port: int, asked: bytes, who: bytes) -> None:
    told = heard(port, GOOD[:-2] + b"X-Forwarded-For: " + asked + b"\r\n\r\n")
    assert b'"from":"' + who in told
