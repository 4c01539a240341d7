"""How long one has to wait after failing to sign in."""

import pytest

from service.pages.errors import SignInSlowed
from service.pages.throttle import FREE, MOST_ADDRESSES, Throttle


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def wait_of(throttle: Throttle, address: str = "a") -> int:
    try:
        throttle.check(address)
    except SignInSlowed as slowed:
        return slowed.seconds
    return 0


def test_the_wait_doubles_up_to_a_minute() -> None:
    seconds = Seconds()
    throttle = Throttle(seconds)
    waits: list[int] = []
    for _ in range(FREE + 8):
        throttle.failed("a")
        waits.append(wait_of(throttle))
        seconds.now += 60
    assert waits == [0, 0, 0, 3, 5, 9, 17, 33, 61, 61, 61]


def test_after_the_wait_one_may_try_again() -> None:
    seconds = Seconds()
    throttle = Throttle(seconds)
    for _ in range(FREE + 1):
        throttle.failed("a")
    seconds.now += 1.9
    with pytest.raises(SignInSlowed):
        throttle.check("a")
    seconds.now += 0.1
    throttle.check("a")


def test_others_do_not_wait() -> None:
    throttle = Throttle(Seconds())
    for _ in range(FREE + 3):
        throttle.failed("a")
    throttle.check("b")


def test_success_and_time_make_good() -> None:
    seconds = Seconds()
    throttle = Throttle(seconds)
    for _ in range(FREE + 3):
        throttle.failed("a")
        throttle.failed("b")
    throttle.succeeded("a")
    throttle.succeeded("a")
    throttle.failed("a")
    seconds.now += 1000
    throttle.failed("b")
    assert wait_of(throttle, "a") == wait_of(throttle, "b") == 0


def test_only_so_many_addresses_are_kept() -> None:
    throttle = Throttle(Seconds())
    for _ in range(FREE + 3):
        throttle.failed("first")
    for number in range(MOST_ADDRESSES):
        throttle.failed(str(number))
    throttle.check("first")
