"""Replies of Redis as they come over the wire, read strictly and within the deadline.

The parsers that redis-py has believe what a reply announces: hiredis reserves 8 GB and half a
minute for the thirteen bytes `*1000000000`. This one takes what arrives, no more than it needs.
"""

from socket import socket
from ssl import SSLWantReadError
from typing import TYPE_CHECKING, Final

from redis._parsers import BaseParser
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import InvalidResponse

from service.deadline import remaining

if TYPE_CHECKING:
    from redis.connection import AbstractConnection

LONGEST_LINE: Final = 64 * 1024
LONGEST_BULK: Final = 16 * 1024 * 1024
LONGEST_ARRAY: Final = 100_000
DEEPEST_ARRAY: Final = 2
"""SCAN answers with an array in an array, nothing we ask for goes deeper."""

Reply = bytes | int | Exception | list["Reply"] | None


class ReplyReader(BaseParser):
    """Reads RESP2 replies of one connection; redis-py calls it.

    Args:
        socket_read_size: bytes asked of the socket at a time.
    """

    def __init__(self, socket_read_size: int) -> None:
        self._read_size = socket_read_size
        self._socket: socket | None = None
        self._buffer = bytearray()

    def on_connect(self, connection: "AbstractConnection") -> None:
        """Begin with a new socket and nothing read."""
        self._socket = connection._get_socket()  # pyright: ignore[reportPrivateUsage]  # the parser's way to it
        self._buffer.clear()

    def on_disconnect(self) -> None:
        """Let go of the socket and of what nobody read."""
        self._socket = None
        self._buffer.clear()

    def can_read(self, timeout: float = 0) -> bool:
        """Whether anything came that nobody asked for; looks without waiting.

        Raises:
            ConnectionError: the other side has closed, or there is no connection.
        """
        del timeout  # an idle connection is looked at, never waited for
        if self._buffer:
            return True
        try:
            self._receive(0)
        except (BlockingIOError, SSLWantReadError):
            return False
        return True

    def read_response(self, disable_decoding: bool = False, **_options: object) -> Reply:
        """The next reply: bytes, a number, a list, None, or the error that Redis answered.

        Raises:
            ConnectionError: the connection ended, or Redis says that it cannot be used.
            InvalidResponse: this is not RESP2, or more than any question of ours asks for.
            TimeoutError: the deadline passed.
        """
        del disable_decoding  # bytes stay bytes
        reply = self._read_reply(DEEPEST_ARRAY)
        if isinstance(reply, RedisConnectionError):
            raise reply
        return reply

    def _read_reply(self, depth: int) -> Reply:
        line = self._read_line()
        kind, rest = line[:1], line[1:]
        if kind == b"+":
            return rest
        if kind == b"-":
            return self._error(rest.decode("utf-8", "replace"))
        if kind == b":":
            return _number(rest)
        if kind == b"$":
            return self._read_bulk(_number(rest))
        if kind == b"*" and depth > 0:
            return self._read_array(_number(rest), depth)
        raise InvalidResponse("not a reply that we can have asked for")

    def _error(self, text: str) -> Exception:
        return self.parse_error(text)  # pyright: ignore[reportUnknownMemberType]  # untyped

    def _read_bulk(self, length: int) -> bytes | None:
        if length == -1:
            return None
        if not 0 <= length <= LONGEST_BULK:
            raise InvalidResponse("a value longer than any of ours")
        body = self._take(length)
        if self._take(2) != b"\r\n":
            raise InvalidResponse("a value that does not end where it should")
        return body

    def _read_array(self, length: int, depth: int) -> list[Reply] | None:
        if length == -1:
            return None
        if not 0 <= length <= LONGEST_ARRAY:
            raise InvalidResponse("more values than any question of ours has")
        return [self._read_reply(depth - 1) for _ in range(length)]

    def _read_line(self) -> bytes:
        while (end := self._buffer.find(b"\r\n")) < 0:
            if len(self._buffer) > LONGEST_LINE:
                raise InvalidResponse("a line without an end")
            self._receive(remaining())
        line = self._take(end)
        del self._buffer[:2]
        return line

    def _take(self, length: int) -> bytes:
        while len(self._buffer) < length:
            self._receive(remaining())
        taken = bytes(memoryview(self._buffer)[:length])
        del self._buffer[:length]
        return taken

    def _receive(self, seconds: float) -> None:
        if self._socket is None:
            raise RedisConnectionError("no connection")
        self._socket.settimeout(seconds)
        received = self._socket.recv(self._read_size)
        if not received:
            raise RedisConnectionError("the server closed the connection")
        self._buffer += received


def _number(text: bytes) -> int:
    digits = text.removeprefix(b"-")
    if not digits.isdigit() or len(digits) > 19:  # noqa: PLR2004  # 64 bits
        raise InvalidResponse("not a number")
    return int(text)
