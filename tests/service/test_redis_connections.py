# pyright: reportUnknownMemberType=false
# redis-py leaves its connections untyped.
import socket
import threading
import time

import pytest
from redis import ConnectionPool, Redis
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeoutError

from service import redis_connections
from service.deadline import within
from tests.service import valkeys

TLS_CONTEXT_SECONDS = 0.5
"""Python reads the system's certificates for each TLS connection: 25 ms, more on a busy day."""


def seconds_to_fail(pool: ConnectionPool) -> float:
    client = Redis(connection_pool=pool)
    started = time.monotonic()
    with pytest.raises(RedisError), within(0.1):
        client.get("key")
    took = time.monotonic() - started
    pool.disconnect()
    return took


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?socket_timeout=9&socket_connect_timeout=9",
        "?protocol=3&health_check_interval=1&client_name=x",
        "?retry_on_timeout=yes&max_connections=1",
    ],
)
def test_no_option_of_the_url_makes_a_question_longer_or_chattier(query: str) -> None:
    heard: list[bytes] = []

    def listen(peer: socket.socket) -> None:
        while heard_now := peer.recv(65536):
            heard.append(heard_now)

    with valkeys.impostor(listen) as url:
        took = seconds_to_fail(redis_connections.make_pool(url + query, 0.1))
    assert 0.09 < took < 0.2
    assert heard == [b"*2\r\n$3\r\nGET\r\n$3\r\nkey\r\n"]


@pytest.mark.parametrize(
    ("credentials", "database", "greetings"),
    [("", "0", 0), (":password@", "0", 1), ("user:password@", "3", 2)],
)
def test_greets_with_no_more_than_it_must(credentials: str, database: str, greetings: int) -> None:
    heard: list[bytes] = []

    def agree(peer: socket.socket) -> None:
        while said := peer.recv(65536):
            heard.append(said)
            peer.sendall(b"+OK\r\n")

    with valkeys.impostor(agree) as url:
        place = url.removeprefix("redis://").removesuffix("/0")
        pool = redis_connections.make_pool(f"redis://{credentials}{place}/{database}", 0.1)
        with within(1):
            assert Redis(connection_pool=pool).get("key") == b"OK"
        pool.disconnect()
    assert len(heard) == greetings + 1


def test_steps_that_are_each_in_time_share_one_deadline() -> None:
    with valkeys.impostor(valkeys.always(b"+OK\r\n", 0.07)) as url:
        chatty = url.replace("//", "//user:password@").removesuffix("/0") + "/3"
        assert 0.09 < seconds_to_fail(redis_connections.make_pool(chatty, 0.1)) < 0.2


def test_a_greeting_cut_short_is_not_taken_for_a_connection() -> None:
    """AUTH answered, then no time to SELECT: the next question must greet anew."""
    heard: list[bytes] = []

    def agree(peer: socket.socket) -> None:
        while said := peer.recv(65536):
            heard.append(said)
            peer.sendall(b"+OK\r\n")

    with valkeys.impostor(agree) as url:
        place = url.removeprefix("redis://").removesuffix("/0")
        pool = redis_connections.make_pool(f"redis://:password@{place}/3", 0.1)
        client = Redis(connection_pool=pool)
        for _ in range(2):
            with pytest.raises(RedisTimeoutError), within(0):
                client.get("key")
        with within(1):
            client.get("key")
            connection = pool.get_connection()
        with pytest.raises(RedisTimeoutError, match="no time left"), within(0):
            connection.send_command("GET", "key")
        assert not connection.is_connected
        with within(1):
            connection.send_command("GET", "key")
            assert connection.read_response() == b"OK"
        pool.release(connection)
        pool.disconnect()
    assert [said.split(b"\r\n")[2] for said in heard] == [b"AUTH", b"SELECT", b"GET"] * 2


@pytest.mark.parametrize(
    ("plain", "changed", "margin"),
    [
        pytest.param("//", "//", 0.1, id="plain"),
        pytest.param("//", "//:password@", 0.1, id="password"),
        pytest.param("redis:", "rediss:", TLS_CONTEXT_SECONDS, id="TLS"),
    ],
)
def test_silence_is_left_at_the_deadline(plain: str, changed: str, margin: float) -> None:
    with valkeys.impostor(valkeys.stay_silent) as url:
        took = seconds_to_fail(redis_connections.make_pool(url.replace(plain, changed), 0.1))
    assert 0.09 < took < 0.1 + margin


def test_all_addresses_of_a_name_share_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Listeners whose queue is full let a connection attempt hang, as a dropped packet does."""
    with (
        socket.create_server(("127.0.0.1", 0), backlog=0) as full,
        socket.socket() as first,
        socket.socket() as second,
    ):
        for filler in (first, second):
            filler.setblocking(False)
            filler.connect_ex(full.getsockname())
        address = (socket.AF_INET, socket.SOCK_STREAM, 6, "", full.getsockname())

        def find(*_name: object) -> list[object]:
            return [address] * 4

        monkeypatch.setattr(socket, "getaddrinfo", find)
        took = seconds_to_fail(redis_connections.make_pool("redis://many.example", 0.1))
    assert 0.09 < took < 0.2


@pytest.mark.parametrize("url", ["redis://127.0.0.1:{port}", "unix:///nowhere/redis.sock"])
def test_nobody_there_is_seen_at_once(url: str) -> None:
    pool = redis_connections.make_pool(url.format(port=valkeys.free_port()), 0.1)
    assert seconds_to_fail(pool) < 0.05


def test_too_many_at_once_are_not_kept_waiting() -> None:
    with valkeys.impostor(valkeys.stay_silent) as url:
        pool = redis_connections.make_pool(url, 0.1)
        with within(5):
            taken = [pool.get_connection() for _ in range(redis_connections.MAX_CONNECTIONS)]
            started = time.monotonic()
            with pytest.raises(RedisError, match="Too many connections"):
                pool.get_connection()
            assert time.monotonic() - started < 0.05
        for connection in taken:
            pool.release(connection)
        pool.disconnect()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hunter2",
        "http://hunter2@host",
        "redis://user:hunter2/3@host:6379",
        "redis://:hunter2@host:port",
        "redis://:hunter2@host:99999999",
        "redis://:hunter2@host?no_such_option=1",
        "redis://:hunter2@host?db=one",
        "rediss://:hunter2@host?ssl_cert_reqs=perhaps",
        "redis://[hunter2",
    ],
)
def test_an_unusable_url_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(ValueError, match="Redis URL cannot be used") as refused:
        redis_connections.make_pool(url, 0.1)
    assert "hunter2" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


def test_threads_have_their_own_deadlines() -> None:
    with valkeys.impostor(valkeys.always(b"$-1\r\n", 0.15)) as url:
        pool = redis_connections.make_pool(url, 1)
        client = Redis(connection_pool=pool)
        outcome: dict[float, bool] = {}

        def ask(seconds: float) -> None:
            try:
                with within(seconds):
                    outcome[seconds] = client.get("key") is None
            except RedisError:
                outcome[seconds] = False

        threads = [threading.Thread(target=ask, args=(seconds,)) for seconds in (0.05, 5.0)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        pool.disconnect()
    assert outcome == {0.05: False, 5.0: True}
