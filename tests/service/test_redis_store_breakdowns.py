import threading
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from socket import socket

import pytest
from structlog.testing import capture_logs

from service.breaker import BreakerState
from service.cache_entries import cache_key
from service.redis_line import QUIET_SECONDS
from service.redis_store import RedisStore, StoreLimits
from tests.service import valkeys
from tests.service.valkeys import BODY, KEY, PATIENT, SECRET, Clock, a_store, timed, wait_until

GLANCE_SECONDS = 0.05
"""What a question costs that is not asked: microseconds, and room for a busy machine."""

BREAKDOWNS = {
    "silent": valkeys.stay_silent,
    "reset": valkeys.reset,
    "hung up": valkeys.hang_up,
    "noise": valkeys.always(b"\x00\xff HTTP/1.1 400 Bad Request\r\n\r\n"),
    "a number": valkeys.always(b":1\r\n"),
    "an endless array": valkeys.always(b"*1000000000\r\n"),
    "an endless value": valkeys.flood(b"$16000000\r\n"),
    "loading": valkeys.always(b"-LOADING Valkey is loading the dataset in memory\r\n"),
    "byte by byte": valkeys.drip(b"$1000\r\n" + b"x" * 1000, 0.01),
    "too late": valkeys.always(b"$-1\r\n", 0.3),
}


@pytest.mark.parametrize("how", BREAKDOWNS)
def test_a_broken_redis_costs_one_deadline_once(how: str) -> None:
    clock = Clock()
    with valkeys.impostor(BREAKDOWNS[how]) as url, capture_logs() as lines:
        store = a_store(url, clock)
        first = timed(lambda: store.get(KEY))
        rest = [timed(lambda: store.put(KEY, BODY)) for _ in range(20)]
        figures = store.statistics()
        store.close()
    assert first < 0.2
    assert max(rest) < GLANCE_SECONDS
    assert (figures.failed, figures.skipped, figures.openings) == (1, 20, 1)
    assert [line["event"] for line in lines] == ["cache_store_away"]


def test_nobody_listening_costs_nothing() -> None:
    store = a_store(f"redis://127.0.0.1:{valkeys.free_port()}", Clock())
    assert timed(lambda: store.get(KEY)) < GLANCE_SECONDS
    assert store.statistics().state is BreakerState.OPEN


def test_slow_answers_are_used_and_then_done_without() -> None:
    with valkeys.impostor(valkeys.always(b"$-1\r\n", 0.06)) as url, capture_logs() as lines:
        store = a_store(url, Clock(), StoreLimits())
        waits = [timed(lambda: store.get(KEY)) for _ in range(4)]
        figures = store.statistics()
        store.close()
    assert sum(waits) < 0.2
    assert max(waits[2:]) < GLANCE_SECONDS
    assert (figures.misses, figures.skipped, figures.state) == (2, 2, BreakerState.OPEN)
    assert lines[0]["reason"] == "slow"


def test_many_at_once_lose_one_deadline_each_and_no_more() -> None:
    waits: list[float] = []
    gate = threading.Barrier(32)
    with valkeys.impostor(valkeys.stay_silent) as url:
        store = a_store(url, Clock())

        def ask() -> None:
            gate.wait()
            waits.append(timed(lambda: (store.get(KEY), store.put(KEY, BODY))))

        threads = [threading.Thread(target=ask) for _ in range(32)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        store.close()
    assert len(waits) == 32
    assert max(waits) < 0.2


def test_a_probe_outside_any_request_finds_redis_again(tmp_path: Path) -> None:
    """The probe runs once a pause, by itself, while callers go without."""
    clock, probes = Clock(), list[Callable[[], None]]()
    valkey = valkeys.Valkey(tmp_path)
    store = RedisStore(valkey.url, "here", SECRET, PATIENT, clock=clock, run_probe=probes.append)
    assert not store.put(KEY, BODY)
    assert not store.is_reachable()
    assert probes == []
    valkey.start()
    clock.now += 2
    assert [store.put(KEY, BODY) for _ in range(5)] == [False] * 5
    assert len(probes) == 1
    with capture_logs() as lines:
        probes[0]()
    assert [line["event"] for line in lines] == ["cache_store_recovered"]
    assert store.is_reachable()
    assert store.put(KEY, BODY)
    store.close()
    valkey.kill()


def test_a_request_does_not_wait_for_the_probe() -> None:
    clock, waits = Clock(), list[float]()
    with valkeys.impostor(valkeys.stay_silent) as url:
        store = RedisStore(url, "here", SECRET, clock=clock)
        store.get(KEY)
        for _ in range(3):
            clock.now += 2
            waits.append(timed(lambda: store.get(KEY)))
        assert store.statistics().state is BreakerState.PROBING
        store.close()
        wait_until(lambda: store.statistics().state is BreakerState.OPEN, 5)
    assert max(waits) < GLANCE_SECONDS
    assert (store.statistics().failed, store.statistics().skipped) == (1, 3)


@pytest.mark.parametrize(
    ("waits", "state"),
    [
        pytest.param([0.15, 0.0], BreakerState.CLOSED, id="slow to connect"),
        pytest.param([0.0, 0.07], BreakerState.OPEN, id="slow to answer"),
        pytest.param([0.0, 0.15], BreakerState.OPEN, id="late"),
    ],
)
def test_a_probe_forgives_a_slow_beginning_and_no_more(
    waits: list[float], state: BreakerState
) -> None:
    delays = iter([1.0, *waits])  # the first is the trouble that opens the breaker

    def behave(peer: socket) -> None:
        while peer.recv(65536):
            time.sleep(next(delays))
            peer.sendall(b"$-1\r\n")

    clock = Clock()
    with valkeys.impostor(behave) as url:
        store = a_store(url, clock, StoreLimits())
        store.get(KEY)
        clock.now += 2
        store.get(KEY)
        figures = store.statistics()
        store.close()
    assert (figures.openings, figures.state) == (1, state)


def test_no_thread_for_the_probe_means_another_pause() -> None:
    def run_out(_job: Callable[[], None]) -> None:
        raise RuntimeError("can't start new thread")

    clock = Clock()
    store = RedisStore(
        f"redis://127.0.0.1:{valkeys.free_port()}", "here", SECRET, clock=clock, run_probe=run_out
    )
    store.get(KEY)
    clock.now += 2
    assert store.get(KEY) is None
    assert store.statistics().state is BreakerState.OPEN


def test_a_probe_that_is_refused_shows_that_redis_is_there() -> None:
    clock = Clock()
    replies = iter([b"rubbish\r\n", *[b"-NOPERM no permissions\r\n"] * 9])

    def behave(peer: socket) -> None:
        while peer.recv(65536):
            peer.sendall(next(replies))

    with valkeys.impostor(behave) as url:
        store = a_store(url, clock)
        store.get(KEY)
        clock.now += 2
        store.get(KEY)
        figures = store.statistics()
        store.close()
    assert (figures.openings, figures.state) == (1, BreakerState.CLOSED)


def test_a_trouble_that_goes_on_is_logged_now_and_then_only() -> None:
    clock = Clock()
    with valkeys.impostor(valkeys.always(b"-ERR no\r\n")) as url, capture_logs() as lines:
        store = a_store(url, clock)
        for _ in range(5):
            store.get(KEY)
        clock.now += QUIET_SECONDS
        store.get(KEY)
        store.close()
    assert len(lines) == 2
    assert store.statistics().refused == 6


def test_survives_kill_and_restart_under_load(tmp_path: Path) -> None:
    """Real time, real probes: no exception, right bytes, and use of Redis again within 3 s."""
    with valkeys.running_valkey(tmp_path) as valkey:
        store = RedisStore(valkey.url, "here", SECRET)
        over, numbers, waits, wrong = threading.Event(), count(), list[float](), list[object]()

        def work() -> None:
            while not over.wait(0.002):
                key = cache_key([str(next(numbers) % 50)])
                started = time.monotonic()
                try:
                    store.put(key, key.encode())
                    found = store.get(key)
                except Exception as error:  # noqa: BLE001  # this is what must not happen
                    wrong.append(error)
                else:
                    wrong.extend([] if found in {None, key.encode()} else [found])
                waits.append(time.monotonic() - started)

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        time.sleep(0.2)
        valkey.kill()
        time.sleep(0.3)
        before = store.statistics()
        valkey.start()
        took = timed(lambda: wait_until(lambda: store.statistics().stored > before.stored, 5))
        over.set()
        for thread in threads:
            thread.join()
        store.close()
    assert wrong == []
    assert before.state is not BreakerState.CLOSED
    assert before.hits > 0
    assert took < 3
    assert max(waits) < 0.3


def test_a_restart_nobody_noticed_costs_nothing(tmp_path: Path) -> None:
    with valkeys.running_valkey(tmp_path) as valkey:
        store = a_store(valkey.url, limits=PATIENT)
        assert store.put(KEY, BODY)
        valkey.kill()
        valkey.start()
        assert store.get(KEY) is None
        assert store.put(KEY, BODY)
        assert store.statistics().failed == 0
        store.close()


def test_a_purge_without_redis_says_so() -> None:
    store = a_store(f"redis://127.0.0.1:{valkeys.free_port()}")
    purge = store.purge()
    assert (purge.removed, purge.is_complete) == (0, False)


def test_a_purge_without_end_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.redis_store.PURGE_SECONDS", 0.1)
    with valkeys.impostor(valkeys.always(b"*2\r\n$1\r\n7\r\n*0\r\n")) as url:
        store = a_store(url)
        purge = store.purge()
        store.close()
    assert (purge.removed, purge.is_complete) == (0, False)
