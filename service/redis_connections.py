"""Connections to Redis that keep one deadline for all they do, and try nothing twice.

redis-py's own time-outs count anew for every address, handshake step and `recv`: a server that
sends one byte each 90 ms, or that answers every step late, holds a caller as long as it likes.
Here connecting, greeting, sending and reading share what is left of one deadline.
Looking a host name up is the operating system's and has no deadline; give an address where the
name service may hang.
"""

from collections.abc import Iterable
from socket import socket
from ssl import SSLSocket
from typing import Any, Final, cast

from redis import Connection, ConnectionPool, SSLConnection, UnixDomainSocketConnection
from redis.backoff import NoBackoff
from redis.connection import (
    AbstractConnection,
    parse_url,  # pyright: ignore[reportUnknownVariableType]  # redis-py leaves it untyped
)
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeoutError
from redis.maint_notifications import MaintNotificationsConfig
from redis.retry import Retry

from service.deadline import remaining
from service.redis_replies import ReplyReader

MAX_CONNECTIONS: Final = 64
"""More than the threads that answer requests (40): the bound is for what nobody foresaw."""


class _Timely(AbstractConnection):
    @property
    def socket_connect_timeout(self) -> float:
        """Asked for anew before each of a name's addresses."""
        return remaining()

    @socket_connect_timeout.setter
    def socket_connect_timeout(self, value: float | None) -> None:
        """Kept out: the deadline decides."""

    def send_packed_command(
        self, command: str | Iterable[bytes], check_health: bool = True
    ) -> None:
        if self._sock is not None:
            try:
                self._sock.settimeout(remaining())
            except TimeoutError:
                # a greeting half done must not be taken for a connection
                self.disconnect()  # pyright: ignore[reportUnknownMemberType]  # untyped
                raise RedisTimeoutError("no time left to ask") from None
        super().send_packed_command(command, check_health)  # pyright: ignore[reportUnknownMemberType]  # untyped


class _TimelyTcp(_Timely, Connection):
    pass


class _TimelyTls(_Timely, SSLConnection):
    def _wrap_socket_with_ssl(self, sock: socket) -> SSLSocket:
        sock.settimeout(remaining())
        return super()._wrap_socket_with_ssl(sock)  # pyright: ignore[reportUnknownMemberType]  # untyped


class _TimelyUnix(_Timely, UnixDomainSocketConnection):
    pass


_CLASSES: Final = {"redis": _TimelyTcp, "rediss": _TimelyTls, "unix": _TimelyUnix}


def make_pool(url: str, seconds: float) -> ConnectionPool:
    """A pool that connects on demand to `url`; no connection is made yet.

    Whatever the URL asks for, nothing here waits or asks more than a question needs: RESP2
    without HELLO, no client name or library information, no health checks, no maintenance
    notifications, no retries, and an error at once where all connections are taken.

    Args:
        url: `redis://`, `rediss://` or `unix://`.
        seconds: the longest one write may take by itself; `within` bounds the whole question.

    Raises:
        ValueError: the URL cannot be used. The message repeats nothing of it, for it may hold
            a password.
    """
    try:
        asked = cast("dict[str, Any]", parse_url(url))
        pool = ConnectionPool(**(asked | _options(url, seconds)))
        pool.connection_class(**pool.connection_kwargs)  # an option nobody knows fails here
    except (ValueError, TypeError, RedisError):
        raise ValueError(
            "the Redis URL cannot be used: expected redis://, rediss:// or unix://, a valid host,"
            " port and database, and options that redis-py knows"
        ) from None
    return pool


def _options(url: str, seconds: float) -> dict[str, Any]:
    return {
        "connection_class": _CLASSES.get(url.partition("://")[0]),
        "parser_class": ReplyReader,
        "max_connections": MAX_CONNECTIONS,
        "socket_timeout": seconds,
        "socket_connect_timeout": seconds,
        "socket_read_size": 65536,
        "decode_responses": False,
        "protocol": 2,
        "client_name": None,
        "driver_info": None,
        "health_check_interval": 0,
        "maint_notifications_config": MaintNotificationsConfig(enabled=False),
        "retry": Retry(NoBackoff(), 0),
        "retry_on_timeout": False,
        "retry_on_error": (),
    }
