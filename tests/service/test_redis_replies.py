import socket
import threading
import time
import tracemalloc
from collections.abc import Generator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from redis import Connection
from redis.exceptions import AuthenticationError, InvalidResponse, OutOfMemoryError, ResponseError
from redis.exceptions import ConnectionError as RedisConnectionError

from service.deadline import within
from service.redis_replies import LONGEST_LINE, Reply, ReplyReader


class Wire(Connection):
    """A connection whose socket is one end of a pair."""

    def __init__(self, end: socket.socket) -> None:
        super().__init__()  # pyright: ignore[reportUnknownMemberType]  # untyped
        self._sock = end


class Line:
    """A reader and the end that speaks to it."""

    def __init__(self, read_size: int = 65536) -> None:
        self.speaker, self.listener = socket.socketpair()
        self.wire = Wire(self.listener)
        self.reader = ReplyReader(read_size)
        self.reader.on_connect(self.wire)

    def read(self, seconds: float = 1.0) -> Reply:
        with within(seconds):
            return self.reader.read_response()

    def close(self) -> None:
        self.reader.on_disconnect()
        self.speaker.close()
        self.listener.close()


@pytest.fixture
def line() -> Generator[Line]:
    line = Line()
    yield line
    line.close()


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (b"+OK\r\n", b"OK"),
        (b":42\r\n", 42),
        (b":-7\r\n", -7),
        (b"$-1\r\n", None),
        (b"*-1\r\n", None),
        (b"$0\r\n\r\n", b""),
        (b"$4\r\n\r\n\r\n\r\n", b"\r\n\r\n"),
        (b"*0\r\n", []),
        (b"*2\r\n$1\r\n0\r\n*2\r\n$1\r\na\r\n$1\r\nb\r\n", [b"0", [b"a", b"b"]]),
    ],
)
def test_reads_what_redis_says(line: Line, sent: bytes, expected: Reply) -> None:
    line.speaker.sendall(sent)
    assert line.read() == expected


@given(st.lists(st.none() | st.binary(max_size=300), max_size=6), st.integers(1, 70))
def test_values_come_through_however_they_are_cut(
    values: list[bytes | None], read_size: int
) -> None:
    line = Line(read_size)
    try:
        for value in values:
            head = b"$-1\r\n" if value is None else b"$%d\r\n%b\r\n" % (len(value), value)
            line.speaker.sendall(head)
        assert [line.read() for _ in values] == values
        assert not line.reader.can_read()
    finally:
        line.close()


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        (b"-OOM command not allowed\r\n", OutOfMemoryError),
        (b"-ERR \xff\xfe\r\n", ResponseError),
        (b"-\r\n", ResponseError),
    ],
)
def test_an_error_that_leaves_the_connection_usable_is_a_reply(
    line: Line, sent: bytes, kind: type[Exception]
) -> None:
    line.speaker.sendall(sent)
    assert isinstance(line.read(), kind)


def test_an_error_that_ends_the_connection_is_raised(line: Line) -> None:
    line.speaker.sendall(b"-NOAUTH Authentication required.\r\n")
    with pytest.raises(AuthenticationError):
        line.read()


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"\r\n", id="nothing"),
        pytest.param(b"HTTP/1.1 400 Bad Request\r\n", id="http"),
        pytest.param(b"\x00\xff\xfe\r\n", id="noise"),
        pytest.param(b"%1\r\n+a\r\n+b\r\n", id="RESP3"),
        pytest.param(b">2\r\n+a\r\n+b\r\n", id="push"),
        pytest.param(b":\r\n", id="no number"),
        pytest.param(b":1_0\r\n", id="number of Python"),
        pytest.param(":٣\r\n".encode(), id="digits of another script"),
        pytest.param(b":" + b"9" * 20 + b"\r\n", id="beyond 64 bits"),
        pytest.param(b"$-2\r\n", id="negative length"),
        pytest.param(b"$2000000000\r\n", id="endless value"),
        pytest.param(b"$1\r\nabc\r\n", id="value longer than said"),
        pytest.param(b"*1000000000\r\n", id="endless array"),
        pytest.param(b"*-2\r\n", id="negative array"),
        pytest.param(b"*1\r\n" * 3, id="deep array"),
        pytest.param(b"+" + b"x" * (LONGEST_LINE + 1), id="endless line"),
    ],
)
def test_refuses_at_once_and_cheaply_what_cannot_be_an_answer(line: Line, sent: bytes) -> None:
    line.speaker.sendall(sent)
    tracemalloc.start()
    started = time.monotonic()
    with pytest.raises(InvalidResponse):
        line.read(10)
    assert time.monotonic() - started < 1
    assert tracemalloc.get_traced_memory()[1] < 1024 * 1024
    tracemalloc.stop()


@given(st.binary(max_size=200))
def test_noise_gives_a_reply_or_an_error_and_always_ends(noise: bytes) -> None:
    line = Line()
    try:
        line.speaker.sendall(noise)
        line.speaker.shutdown(socket.SHUT_WR)
        for _ in range(len(noise) + 1):
            try:
                line.read()
            except (InvalidResponse, RedisConnectionError):
                break
        else:
            pytest.fail("more replies than bytes")
    finally:
        line.close()


def test_bytes_that_trickle_in_do_not_move_the_deadline(line: Line) -> None:
    over = threading.Event()

    def trickle() -> None:
        line.speaker.sendall(b"$1000\r\n")
        while not over.wait(0.01):
            line.speaker.sendall(b"x")

    thread = threading.Thread(target=trickle)
    thread.start()
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        line.read(0.1)
    took = time.monotonic() - started
    over.set()
    thread.join()
    assert 0.09 < took < 0.2


def test_sees_without_waiting_whether_an_idle_connection_is_fit(line: Line) -> None:
    started = time.monotonic()
    assert not line.reader.can_read()
    assert time.monotonic() - started < 0.05
    line.speaker.sendall(b"+uncalled for\r\n")
    assert line.reader.can_read()
    assert line.reader.can_read()
    assert line.read() == b"uncalled for"


def test_an_ended_connection_is_not_fit(line: Line) -> None:
    line.speaker.close()
    with pytest.raises(RedisConnectionError, match="closed"):
        line.reader.can_read()


def test_without_a_connection_there_is_nothing_to_read(line: Line) -> None:
    line.speaker.sendall(b"+late\r\n")
    line.reader.on_disconnect()
    with pytest.raises(RedisConnectionError, match="no connection"):
        line.read()


def test_nothing_of_an_old_connection_is_left_on_a_new_one(line: Line) -> None:
    line.speaker.sendall(b"+one\r\n+two\r\n")
    assert line.read() == b"one"
    line.reader.on_connect(line.wire)
    assert not line.reader.can_read()
