"""The line: what each trouble is to who is connected, and that it ends."""

import socket
import time
from collections.abc import Iterator

import pytest

from tests.service.valkeys import always, impostor, wait_until
from tests.soak.line import HOST, Line, Trouble, line_to

PONG = b"+PONG\r\n"


@pytest.fixture
def line() -> Iterator[Line]:
    """To somebody who answers everything at once."""
    with impostor(always(PONG)) as url, line_to(int(url.rpartition(":")[2][:-2])) as made:
        yield made


def connect(line: Line) -> socket.socket:
    return socket.create_connection((HOST, line.port), timeout=5)


def ask(peer: socket.socket) -> bytes:
    peer.sendall(b"PING\r\n")
    return peer.recv(100)


def is_refused(line: Line) -> bool:
    try:
        connect(line).close()
    except ConnectionRefusedError:
        return True
    return False


def test_a_line_hands_on_and_can_be_slow(line: Line) -> None:
    with connect(line) as peer:
        assert ask(peer) == PONG
        line.turn(Trouble.SLOW, 0.1)
        started = time.monotonic()
        assert ask(peer) == PONG
        assert time.monotonic() - started >= 0.1


def test_a_silent_line_holds_what_is_sent(line: Line) -> None:
    with connect(line) as peer:
        ask(peer)
        line.turn(Trouble.SILENT)
        peer.settimeout(0.1)
        with pytest.raises(TimeoutError):
            ask(peer)
        peer.settimeout(5)
        line.turn(Trouble.NONE)
        assert peer.recv(100) == PONG


def test_a_reset_line_resets_who_asks(line: Line) -> None:
    with connect(line) as peer:
        ask(peer)
        line.turn(Trouble.RESET)
        with pytest.raises(ConnectionResetError):
            ask(peer)
    line.turn(Trouble.NONE)
    with connect(line) as peer:
        assert ask(peer) == PONG


def test_a_refused_line_takes_nobody_until_it_is_well(line: Line) -> None:
    with connect(line) as peer:
        ask(peer)
        line.turn(Trouble.REFUSED)
        with pytest.raises(ConnectionResetError):
            ask(peer)
    wait_until(lambda: is_refused(line), 5)
    line.turn(Trouble.NONE)
    with connect(line) as peer:
        assert ask(peer) == PONG


def test_a_line_to_nobody_resets() -> None:
    with impostor(always(PONG)) as url:
        port = int(url.rpartition(":")[2][:-2])
    with line_to(port) as line, pytest.raises(ConnectionResetError), connect(line) as peer:
        ask(peer)  # where not connecting was reset already
