"""A sliding minute, counted in this process and in Redis: the same calls are admitted."""

import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from redis import Redis

from service import call_windows
from service.call_windows import LocalWindows, Window, hit_in_redis
from tests.service.valkeys import Clock, Valkey, forget_all, running_valkey

SEED = 5


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    with running_valkey(tmp_path_factory.mktemp("valkey")) as running:
        yield running


@pytest.fixture
def client(valkey: Valkey) -> Iterator[Redis]:
    with Redis(port=valkey.port, protocol=2) as client:
        forget_all(valkey)
        yield client


def admitted(windows: LocalWindows, calls: int, quota: int = 5) -> int:
    return sum(windows.hit("key_1", quota)[0] for _ in range(calls))


def test_a_quota_is_used_up_and_comes_back_step_by_step() -> None:
    clock = Clock()
    windows = LocalWindows(clock)
    assert admitted(windows, 9) == 5
    clock.now += 59
    assert admitted(windows, 1) == 0
    clock.now += 1
    assert admitted(windows, 1) == 0, "all of the window before still counts"
    clock.now += 12
    assert admitted(windows, 3) == 1, "a fifth of it has left"
    clock.now += 24
    assert admitted(windows, 9) == 2


def test_a_quiet_time_gives_the_whole_quota_back() -> None:
    clock = Clock()
    windows = LocalWindows(clock)
    for seconds in (0, 120, 1000):
        clock.now += seconds
        assert admitted(windows, 7) == 5


@pytest.mark.parametrize("seed", range(SEED))
def test_no_minute_holds_more_than_the_quota_but_for_rounding(seed: int) -> None:
    random_ = random.Random(seed)  # noqa: S311 - the same numbers each time
    clock = Clock()
    windows = LocalWindows(clock)
    moments: list[float] = []
    for _ in range(2000):
        clock.now += random_.choice((0.0, 0.1, 1.0, 7.0))
        if windows.hit("key_1", 10)[0]:
            moments.append(clock.now)
    most = max(sum(at <= other < at + 60 for other in moments) for at in moments)
    # the window before is taken as even, so that a burst at its end weighs less than it is
    assert 10 <= most <= 15


@pytest.mark.parametrize(
    ("window", "used", "wait"),
    [
        (Window(0, 0, 60.0), 0, 0.0),
        (Window(0, 4, 10.0), 4, 0.0),
        (Window(0, 5, 10.0), 5, 10.0),
        (Window(5, 0, 60.0), 5, 0.0),
        (Window(10, 2, 30.0), 7, 12.0),
        (Window(10, 4, 12.0), 6, 6.0),
    ],
)
def test_a_wait_ends_when_a_call_fits(window: Window, used: int, wait: float) -> None:
    assert window.used() == used
    quota = 5
    assert window.seconds_until_admitted(quota) == pytest.approx(wait)
    if wait and window.current < quota:
        later = Window(window.previous, window.current, window.seconds - wait - 0.01)
        assert later.used() < quota


def test_callers_do_not_meet_and_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(call_windows, "MOST_CALLERS", 20)
    clock = Clock()
    windows = LocalWindows(clock)
    assert all(windows.hit(f"from {n}", 1)[0] for n in range(20))
    assert not windows.hit("from 19", 1)[0]
    windows.hit("from 20", 1)
    assert len(windows) == 19, "none was over: the oldest two have left"
    assert not windows.hit("from 19", 1)[0]
    clock.now += 121
    for n in range(30, 33):
        windows.hit(f"from {n}", 1)
    assert len(windows) == 3, "all that were over have left"


def test_threads_admit_exactly_the_quota() -> None:
    windows = LocalWindows()
    with ThreadPoolExecutor(8) as pool:
        jobs = [pool.submit(admitted, windows, 100, 300) for _ in range(8)]
    assert sum(job.result() for job in jobs) == 300


def test_redis_admits_what_a_process_would(client: Redis) -> None:
    windows = LocalWindows()
    for calls in (1, 1, 3, 1, 2, 1, 1):
        here, ours = windows.hit("a", 7, calls)
        there, theirs = hit_in_redis(client, "a", 7, calls)
        assert here == there
        assert (ours.previous, ours.current) == (theirs.previous, theirs.current)
        assert theirs.seconds == pytest.approx(ours.seconds, abs=5)


def test_redis_slides_its_window_and_forgets_it(client: Redis) -> None:
    assert [hit_in_redis(client, "a", 2)[0] for _ in range(3)] == [True, True, False]
    assert 110_000 < client.pttl("{a}") <= 120_000
    client.pexpire("{a}", 60_001)
    time.sleep(0.01)
    is_admitted, window = hit_in_redis(client, "a", 2)
    assert (is_admitted, window.previous, window.current) == (True, 2, 1)
    assert 0 < window.seconds <= 60
    assert client.ttl("{a}/-1") <= 60


def test_a_refused_call_leaves_nothing(client: Redis) -> None:
    assert hit_in_redis(client, "a", 1, 2) == (False, Window(0, 0, 60.0))
    assert client.exists("{a}", "{a}/-1") == 0


def test_scripts_are_loaded_again_after_a_restart(client: Redis) -> None:
    hit_in_redis(client, "a", 5)
    client.script_flush()
    assert hit_in_redis(client, "a", 5)[1].current == 2
