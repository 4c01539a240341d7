import threading

import pytest

from service.breaker import Admission, Breaker, BreakerState
from tests.service.valkeys import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(pause_seconds=2.0, slow_seconds=0.05, clock=clock)


def test_lets_everybody_ask_until_something_fails(breaker: Breaker) -> None:
    assert [breaker.admit() for _ in range(3)] == [Admission.ASK] * 3
    assert breaker.failed()
    assert breaker.state is BreakerState.OPEN
    assert [breaker.admit() for _ in range(3)] == [Admission.SKIP] * 3


def test_tells_only_the_first_failure_that_it_opened(breaker: Breaker) -> None:
    assert [breaker.failed() for _ in range(3)] == [True, False, False]


@pytest.mark.parametrize(
    ("passed", "expected"),
    [(0.0, Admission.SKIP), (1.99, Admission.SKIP), (2.0, Admission.PROBE), (9.0, Admission.PROBE)],
)
def test_probes_after_the_pause(
    breaker: Breaker, clock: Clock, passed: float, expected: Admission
) -> None:
    breaker.failed()
    clock.now += passed
    assert breaker.admit() is expected


def test_a_late_failure_does_not_prolong_the_pause(breaker: Breaker, clock: Clock) -> None:
    breaker.failed()
    clock.now += 1.9
    breaker.failed()
    clock.now += 0.1
    assert breaker.admit() is Admission.PROBE


def test_gives_the_probe_to_one_of_many(breaker: Breaker, clock: Clock) -> None:
    breaker.failed()
    clock.now += 2
    gate, given = threading.Barrier(16), list[Admission]()

    def ask() -> None:
        gate.wait()
        given.append(breaker.admit())

    threads = [threading.Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == [Admission.PROBE] + [Admission.SKIP] * 15


@pytest.mark.parametrize(
    ("answered", "seconds", "state"),
    [
        (True, 0.001, BreakerState.CLOSED),
        (True, 0.05, BreakerState.CLOSED),
        (True, 0.051, BreakerState.OPEN),
        (False, 0.001, BreakerState.OPEN),
    ],
)
def test_a_probe_closes_it_only_when_answered_in_time(
    breaker: Breaker, clock: Clock, answered: bool, seconds: float, state: BreakerState
) -> None:
    breaker.failed()
    clock.now += 2
    breaker.admit()
    closed = breaker.probed(answered=answered, seconds=seconds)
    assert breaker.state is state
    assert closed is (state is BreakerState.CLOSED)


def test_a_failed_probe_begins_another_pause(breaker: Breaker, clock: Clock) -> None:
    breaker.failed()
    clock.now += 2
    breaker.admit()
    breaker.probed(answered=False)
    assert breaker.admit() is Admission.SKIP
    clock.now += 2
    assert breaker.admit() is Admission.PROBE


@pytest.mark.parametrize(
    ("answers", "opened"),
    [
        ([0.04, 0.04, 0.04], [False, False, False]),
        ([0.06, 0.04, 0.06], [False, False, False]),
        ([0.06, 0.06, 0.06], [False, True, False]),
        ([0.05, 0.05], [False, False]),
    ],
)
def test_two_slow_answers_in_a_row_open_it(
    breaker: Breaker, answers: list[float], opened: list[bool]
) -> None:
    assert [breaker.answered(seconds) for seconds in answers] == opened


def test_an_answer_under_way_closes_nothing(breaker: Breaker) -> None:
    breaker.failed()
    breaker.answered(0.001)
    assert breaker.state is BreakerState.OPEN


def test_somebody_who_waited_for_the_lock_sees_it_closed_again(
    breaker: Breaker, clock: Clock
) -> None:
    breaker.failed()
    clock.now += 2
    breaker.admit()
    seen: list[Admission] = []
    with breaker._lock:  # pyright: ignore[reportPrivateUsage]  # a race, made certain
        waiting = threading.Thread(target=lambda: seen.append(breaker.admit()))
        waiting.start()
        waiting.join(0.05)
        breaker._state = BreakerState.CLOSED  # pyright: ignore[reportPrivateUsage]  # as above
    waiting.join()
    assert seen == [Admission.ASK]
