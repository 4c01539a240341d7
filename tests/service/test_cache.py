import threading
import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.cache import Cache, Entry, Hit, cache_key
from tests.service import valkeys
from tests.service.valkeys import BODY, KEY, PATIENT, SECRET, Clock, a_store, timed

OTHER = cache_key(["another question"])


class Maker:
    """Makes an answer and counts how often, and how many at once, it was asked to."""

    def __init__(self, seconds: float = 0.0, failures: int = 0) -> None:
        self.seconds = seconds
        self.failures = failures
        self.calls = 0
        self.at_once = 0
        self.most_at_once = 0
        self.lock = threading.Lock()

    def __call__(self) -> bytes:
        with self.lock:
            self.calls += 1
            number = self.calls
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        time.sleep(self.seconds)
        with self.lock:
            self.at_once -= 1
        if number <= self.failures:
            raise LookupError(f"failure {number}")
        return BODY


def at_once(count: int, work: Callable[[], object]) -> list[object]:
    """What `count` threads get that start together: results, and exceptions as values."""
    gate = threading.Barrier(count)

    def run() -> object:
        gate.wait()
        try:
            return work()
        except LookupError as error:
            return error

    with ThreadPoolExecutor(count) as pool:
        return [job.result() for job in [pool.submit(run) for _ in range(count)]]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Generator[str]:
    with valkeys.running_valkey(tmp_path_factory.mktemp("valkey")) as valkey:
        yield valkey.url


def test_makes_an_answer_once_and_finds_it_again() -> None:
    cache, make = Cache(), Maker()
    assert cache.get(KEY) is None
    assert cache.compute(KEY, make) == (Entry.of(BODY), Hit.MISS)
    assert cache.compute(KEY, make) == (Entry.of(BODY), Hit.HIT)
    assert cache.get(KEY) == Entry.of(BODY)
    assert make.calls == 1
    figures = cache.statistics()
    assert (figures.computed, figures.process_hits, figures.store_hits) == (1, 2, 0)


def test_keys_do_not_mix() -> None:
    cache = Cache()
    cache.put(KEY, b"one")
    cache.put(OTHER, b"two")
    assert [cache.get(key) for key in (KEY, OTHER)] == [Entry.of(b"one"), Entry.of(b"two")]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 900)), max_size=30))
def test_what_is_found_is_what_was_made_whatever_had_to_leave(
    asked: list[tuple[int, int]],
) -> None:
    cache = Cache(process_bytes=3000)
    for number, size in asked:
        body = bytes((number,)) * size
        key = cache_key([str(number), str(size)])
        entry, _ = cache.compute(key, lambda body=body: body)
        assert entry == Entry.of(body)
        assert cache.statistics().process.bytes <= 3000


def test_an_answer_too_long_to_keep_is_still_an_answer() -> None:
    cache, make = Cache(process_bytes=10), Maker()
    assert cache.compute(KEY, make) == (Entry.of(BODY), Hit.MISS)
    assert cache.compute(KEY, make) == (Entry.of(BODY), Hit.MISS)
    assert make.calls == 2


def test_many_who_ask_at_once_share_one_computation() -> None:
    cache, make = Cache(), Maker(seconds=0.1)
    got = at_once(64, lambda: cache.compute(KEY, make))
    assert make.calls == 1
    assert set(got) <= {(Entry.of(BODY), Hit.MISS), (Entry.of(BODY), Hit.HIT)}
    figures = cache.statistics()
    assert figures.computed == 1
    assert figures.shared + figures.process_hits == 63


def test_sharing_needs_no_room_to_keep() -> None:
    cache, make = Cache(process_bytes=0), Maker(seconds=0.1)
    at_once(16, lambda: cache.compute(KEY, make))
    assert make.calls < 16
    assert make.most_at_once == 1


def test_different_questions_do_not_wait_for_each_other() -> None:
    cache, numbers, lock = Cache(), iter(range(8)), threading.Lock()
    together = threading.Barrier(8, timeout=5)

    def make() -> bytes:
        together.wait()
        return b""

    def work() -> None:
        with lock:
            key = cache_key([str(next(numbers))])
        cache.compute(key, make)

    at_once(8, work)
    assert cache.statistics().computed == 8


def test_a_failure_reaches_its_caller_and_is_not_stored() -> None:
    cache, make = Cache(), Maker(failures=1)
    with pytest.raises(LookupError, match="failure 1"):
        cache.compute(KEY, make)
    assert cache.get(KEY) is None
    assert cache.compute(KEY, make) == (Entry.of(BODY), Hit.MISS)


def test_a_failure_releases_those_who_wait_and_they_wait_once_only() -> None:
    cache, make = Cache(), Maker(seconds=0.1, failures=1000)
    started = time.monotonic()
    got = at_once(8, lambda: cache.compute(KEY, make))
    assert time.monotonic() - started < 0.6
    assert all(isinstance(one, LookupError) for one in got)
    assert len({str(one) for one in got}) == 8
    assert cache.get(KEY) is None


def test_one_failure_does_not_spoil_the_others() -> None:
    cache, make = Cache(), Maker(seconds=0.05, failures=1)
    got = at_once(8, lambda: cache.compute(KEY, make)[0])
    assert sum(isinstance(one, LookupError) for one in got) == 1
    assert got.count(Entry.of(BODY)) == 7


def test_a_computation_that_hangs_does_not_hold_the_others_for_ever() -> None:
    cache, hanging = Cache(wait_seconds=0.05), threading.Event()
    stuck = threading.Thread(
        target=lambda: cache.compute(KEY, lambda: str(hanging.wait(5)).encode())
    )
    stuck.start()
    valkeys.wait_until(lambda: cache.statistics().computed == 1, 5)
    assert cache.compute(KEY, Maker()) == (Entry.of(BODY), Hit.MISS)
    hanging.set()
    stuck.join()


def test_a_second_process_finds_the_answer_of_the_first(url: str) -> None:
    first, second = (Cache(store=a_store(url, limits=PATIENT)) for _ in range(2))
    make = Maker()
    assert first.compute(KEY, make) == (Entry.of(BODY), Hit.MISS)
    assert second.compute(KEY, make) == (Entry.of(BODY), Hit.HIT)
    assert second.get(KEY) == Entry.of(BODY)
    assert make.calls == 1
    figures = second.statistics()
    assert (figures.store_hits, figures.process_hits, figures.computed) == (1, 1, 0)
    first.close()
    second.close()


def test_processes_that_ask_at_once_share_one_computation(url: str) -> None:
    caches = [Cache(store=a_store(url, limits=PATIENT)) for _ in range(3)]
    key, make = cache_key(["asked at once"]), Maker(seconds=0.3)
    turns = cycle(caches)
    found = at_once(12, lambda: next(turns).compute(key, make))
    assert make.calls == 1
    assert {entry.body for entry, _ in found} == {BODY}  # type: ignore[misc]
    for cache in caches:
        cache.close()


def test_a_failure_elsewhere_gives_the_turn_to_another_process(url: str) -> None:
    caches = [Cache(store=a_store(url, limits=PATIENT)) for _ in range(3)]
    key, make = cache_key(["fails first"]), Maker(seconds=0.1, failures=1)
    turns = cycle(caches)
    found = at_once(3, lambda: next(turns).compute(key, make))
    assert (make.calls, make.most_at_once) == (2, 1)
    assert sum(isinstance(one, LookupError) for one in found) == 1
    for cache in caches:
        cache.close()


def test_a_process_that_died_holds_nobody_up_for_long(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.cache.OTHERS_SECONDS", 0.2)
    cache, key = Cache(store=a_store(url, limits=PATIENT)), cache_key(["never made"])
    assert cache.store is not None
    assert cache.store.claim(key)
    assert not cache.store.claim(key)
    started = time.monotonic()
    assert cache.compute(key, Maker()) == (Entry.of(BODY), Hit.MISS)
    assert 0.2 <= time.monotonic() - started < 2
    assert cache.store.claim(key)
    cache.store.release(key)
    cache.close()


def test_what_was_put_is_found_by_others_too(url: str) -> None:
    first, second = (Cache(store=a_store(url, limits=PATIENT)) for _ in range(2))
    assert first.put(OTHER, BODY) == Entry.of(BODY) == second.get(OTHER)
    first.close()
    second.close()


def test_a_purge_empties_this_process_and_redis(url: str) -> None:
    cache = Cache(store=a_store(url, limits=PATIENT))
    cache.purge()
    cache.put(KEY, BODY)
    cache.put(OTHER, BODY)
    purge = cache.purge()
    assert purge.process_entries == 2
    assert purge.store is not None
    assert (purge.store.removed, purge.store.is_complete) == (2, True)
    assert cache.get(KEY) is None
    cache.close()


def test_without_redis_there_is_nothing_to_say_of_it() -> None:
    cache = Cache()
    cache.put(KEY, BODY)
    assert cache.store is None
    assert cache.statistics().store is None
    assert (cache.purge().process_entries, cache.purge().store) == (1, None)
    cache.close()


@pytest.mark.parametrize(
    "behave",
    [
        pytest.param(valkeys.stay_silent, id="silent"),
        pytest.param(valkeys.reset, id="reset"),
        pytest.param(valkeys.always(b"\x00noise\r\n"), id="noise"),
        pytest.param(valkeys.drip(b"$999\r\n" + b"x" * 999, 0.01), id="byte by byte"),
        pytest.param(valkeys.always(b"$-1\r\n", 0.09), id="slow"),
        pytest.param(valkeys.always(b"-OOM full\r\n"), id="refusing"),
    ],
)
def test_a_broken_redis_changes_no_answer_and_is_felt_once(behave: valkeys.Behaviour) -> None:
    with valkeys.impostor(behave) as broken:
        store = valkeys.RedisStore(broken, "here", SECRET, clock=Clock())
        cache, waits = Cache(store=store), list[float]()
        for number in range(20):
            body = str(number).encode()
            key = cache_key([str(number)])
            got: list[tuple[Entry, Hit]] = []
            waits.append(timed(lambda: got.append(cache.compute(key, lambda: body))))  # noqa: B023  # called at once
            assert got == [(Entry.of(body), Hit.MISS)]
        cache.close()
    assert waits[0] < 0.22
    assert sum(waits[1:]) < 0.2


def test_nobody_waits_for_the_answer_to_be_stored() -> None:
    """Redis answers nothing to SET: who shares the computation has the answer before that ends."""

    def take_no_values(peer: valkeys.socket.socket) -> None:
        while said := peer.recv(65536):
            if b"GET" in said:
                peer.sendall(b"$-1\r\n")

    limits = valkeys.StoreLimits(deadline_seconds=1.0, slow_seconds=10.0)
    with valkeys.impostor(take_no_values) as url:
        cache = Cache(store=a_store(url, Clock(), limits))
        make = Maker(seconds=0.2)
        leader = threading.Thread(target=lambda: cache.compute(KEY, make))
        leader.start()
        valkeys.wait_until(lambda: make.calls == 1, 5)
        assert timed(lambda: cache.compute(KEY, make)) < 0.7
        assert cache.statistics().shared == 1
        leader.join()
        cache.close()
