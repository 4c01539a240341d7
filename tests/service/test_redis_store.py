# pyright: reportUnknownMemberType=false
# redis-py leaves its commands untyped.
import time
from collections.abc import Generator
from dataclasses import replace

import pytest
from redis import Redis
from structlog.testing import capture_logs

from service.breaker import BreakerState
from service.cache_entries import cache_key
from service.redis_store import RedisStore, StoreSize
from service.seals import SEAL_BYTES
from tests.service import valkeys
from tests.service.valkeys import BODY, KEY, PATIENT, SECRET, Clock, a_store, timed

NAME = f"bulian:1:here:ranking:{KEY}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[valkeys.Valkey]:
    with valkeys.running_valkey(tmp_path_factory.mktemp("valkey")) as valkey:
        yield valkey


@pytest.fixture
def raw(server: valkeys.Valkey) -> Generator[Redis]:
    """The server as an attacker or an operator sees it, empty at first."""
    with Redis(port=server.port) as client:
        client.flushall()
        yield client


@pytest.fixture
def store(server: valkeys.Valkey, raw: Redis) -> Generator[RedisStore]:
    store = a_store(server.url, limits=PATIENT)
    yield store
    store.close()


def test_what_one_process_stores_another_finds(server: valkeys.Valkey, store: RedisStore) -> None:
    other = a_store(server.url, limits=PATIENT)
    assert store.get(KEY) is None
    assert store.put(KEY, BODY)
    assert other.get(KEY) == BODY
    assert (store.statistics().misses, store.statistics().stored) == (1, 1)
    assert other.statistics().hits == 1
    other.close()


@pytest.mark.parametrize("body", [b"", b"\x00\r\n\xff", b"x" * 1024 * 1024])
def test_any_bytes_come_back(store: RedisStore, body: bytes) -> None:
    assert store.put(KEY, body)
    assert store.get(KEY) == body


def test_every_key_has_the_namespace_and_an_expiry(store: RedisStore, raw: Redis) -> None:
    store.put(KEY, BODY)
    assert raw.keys() == [NAME.encode()]
    assert 3590 < raw.ttl(NAME) <= 3600


def test_an_expired_answer_is_a_miss(server: valkeys.Valkey, raw: Redis) -> None:
    store = a_store(server.url, limits=replace(PATIENT, expiry_seconds=1))
    store.put(KEY, BODY)
    assert raw.pexpire(NAME, 1)
    time.sleep(0.05)
    assert store.get(KEY) is None
    store.close()


def test_a_long_answer_is_not_stored(store: RedisStore, raw: Redis) -> None:
    assert not store.put(KEY, b"x" * (1024 * 1024 + 1))
    assert raw.keys() == []
    assert store.statistics().oversized == 1


def altered(value: bytes) -> dict[str, bytes]:
    return {
        "emptied": b"",
        "cut": value[:-1],
        "cut to its seal": value[:32],
        "cut within its seal": value[:16],
        "lengthened": value + b" ",
        "one bit": value[:-1] + bytes((value[-1] ^ 1,)),
        "seal of another body": value[:32] + b'{"items": []}',
        "no seal": value[32:],
    }


@pytest.mark.parametrize("how", altered(b"x" * 40))
def test_a_value_altered_in_redis_is_a_miss_and_logged(
    store: RedisStore, raw: Redis, how: str
) -> None:
    store.put(KEY, BODY)
    value = raw.get(NAME)
    assert isinstance(value, bytes)
    raw.set(NAME, altered(value)[how])
    with capture_logs() as lines:
        assert store.get(KEY) is None
    assert store.statistics().rejected == 1
    assert store.statistics().state is BreakerState.CLOSED
    assert [line["event"] for line in lines] == ["cache_value_rejected"]
    assert KEY not in str(lines)


def test_a_value_moved_to_another_key_is_a_miss(store: RedisStore, raw: Redis) -> None:
    other = cache_key(["another question"])
    store.put(KEY, BODY)
    raw.copy(NAME, NAME.replace(KEY, other))
    assert store.get(other) is None
    assert store.get(KEY) == BODY


def test_installations_that_share_a_redis_do_not_meet(
    server: valkeys.Valkey, store: RedisStore, raw: Redis
) -> None:
    there = RedisStore(server.url, "there", SECRET, PATIENT)
    impostor = RedisStore(server.url, "here", b"another secret of ours", PATIENT)
    store.put(KEY, BODY)
    assert there.get(KEY) is None
    assert impostor.get(KEY) is None
    assert (there.statistics().misses, impostor.statistics().rejected) == (1, 1)
    there.put(KEY, b"theirs")
    assert store.purge().removed == 1
    assert there.get(KEY) == b"theirs"
    there.close()
    impostor.close()


def test_a_key_of_another_kind_is_refused_and_nothing_else_suffers(
    store: RedisStore, raw: Redis
) -> None:
    raw.lpush(NAME, b"a list")
    other = cache_key(["another question"])
    store.put(other, BODY)
    assert store.get(KEY) is None
    assert store.get(other) == BODY
    assert store.statistics().refused == 1
    assert store.statistics().state is BreakerState.CLOSED


@pytest.mark.parametrize(
    ("installation_id", "secret"),
    [("", SECRET), ("a*", SECRET), ("a:b", SECRET), ("a" * 65, SECRET), ("here", b"short")],
)
def test_refuses_what_would_not_keep_installations_apart(
    installation_id: str, secret: bytes
) -> None:
    with pytest.raises(ValueError, match=r"installation id has|secret needs"):
        RedisStore("redis://127.0.0.1", installation_id, secret)


def test_measures_its_own_answers(server: valkeys.Valkey, store: RedisStore, raw: Redis) -> None:
    assert store.measure() == StoreSize(0, 0)
    raw.set("somebody else's", "value")
    there = RedisStore(server.url, "there", SECRET, PATIENT)
    for n in range(3):
        store.put(cache_key([str(n)]), BODY)
        there.put(cache_key([str(n)]), BODY)
    assert store.measure() == StoreSize(3, 3 * (len(BODY) + SEAL_BYTES))
    there.close()


def test_a_purge_leaves_what_is_no_answer(store: RedisStore, raw: Redis) -> None:
    counted = f"{store.line.namespace}calls:key_1"
    raw.set(counted, 5)
    store.put(KEY, BODY)
    assert store.purge().removed == 1
    assert raw.get(counted) == b"5"


def test_what_cannot_be_counted_is_unknown() -> None:
    away = a_store("redis://127.0.0.1:1/0")
    assert away.measure() is None
    away.close()


def test_purges_all_pages(store: RedisStore, raw: Redis) -> None:
    with raw.pipeline() as batch:
        for number in range(2500):
            batch.set(f"bulian:1:here:ranking:{number}", b"x")
        batch.set("somebody else's", b"x")
        batch.execute()
    purge = store.purge()
    assert (purge.removed, purge.is_complete) == (2500, True)
    assert raw.keys() == [b"somebody else's"]


@pytest.mark.parametrize(
    ("command", "error"),
    [
        (("CONFIG", "SET", "maxmemory", "1"), "OutOfMemoryError"),
        (("REPLICAOF", "127.0.0.1", "1"), "ReadOnlyError"),
        (("ACL", "SETUSER", "default", "-set"), "NoPermissionError"),
    ],
)
def test_a_redis_that_takes_nothing_still_gives(
    store: RedisStore, raw: Redis, command: tuple[str, ...], error: str
) -> None:
    store.put(KEY, BODY)
    raw.execute_command(*command)
    other = cache_key(["another question"])
    try:
        with capture_logs() as lines:
            assert timed(lambda: store.put(other, BODY)) < 0.1
            assert not store.put(other, BODY)
        assert store.get(KEY) == BODY
    finally:
        raw.execute_command("CONFIG", "SET", "maxmemory", "0")
        raw.execute_command("REPLICAOF", "NO", "ONE")
        raw.execute_command("ACL", "SETUSER", "default", "+set")
    assert [(line["event"], line["error"]) for line in lines] == [("cache_store_refused", error)]
    assert store.statistics().refused == 2
    assert store.put(other, BODY)


def test_a_wrong_password_opens_the_breaker_and_stays_secret(
    server: valkeys.Valkey, raw: Redis
) -> None:
    clock = Clock()
    store = a_store(server.url.replace("//", "//:hunter2@"), clock)
    with capture_logs() as lines:
        assert store.get(KEY) is None
    assert store.statistics().state is BreakerState.OPEN
    assert lines[0]["reason"] in {"AuthenticationError", "ResponseError"}
    assert "hunter2" not in str(lines)
    store.close()


def test_a_redis_that_wants_a_password_opens_the_breaker(
    server: valkeys.Valkey, raw: Redis
) -> None:
    raw.config_set("requirepass", "hunter2")
    store = a_store(server.url)
    knowing = a_store(server.url.replace("//", "//:hunter2@"))
    try:
        assert store.get(KEY) is None
        assert store.statistics().state is BreakerState.OPEN
        assert knowing.put(KEY, BODY)
        assert knowing.get(KEY) == BODY
    finally:
        raw.config_set("requirepass", "")
        store.close()
        knowing.close()


def test_all_connections_taken_is_no_failure(
    store: RedisStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store.line.pool, "max_connections", 0)  # 64 threads, cheaper
    assert store.get(KEY) is None
    assert (store.statistics().skipped, store.statistics().state) == (1, BreakerState.CLOSED)
