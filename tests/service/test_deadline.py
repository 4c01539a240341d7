import threading
import time

import pytest

from service.deadline import remaining, within


def test_what_is_left_shrinks() -> None:
    with within(10):
        first = remaining()
        time.sleep(0.01)
        assert 9 < remaining() < first - 0.009 < 10


@pytest.mark.parametrize("seconds", [0, -1, 0.001])
def test_nothing_is_left_after_the_deadline(seconds: float) -> None:
    with within(seconds):
        time.sleep(0.002)
        with pytest.raises(TimeoutError, match="passed"):
            remaining()


def test_nothing_is_left_outside() -> None:
    with within(10):
        pass
    with pytest.raises(TimeoutError):
        remaining()


def test_a_deadline_ends_with_its_block_even_when_that_fails() -> None:
    with pytest.raises(KeyError), within(10):
        raise KeyError
    with pytest.raises(TimeoutError):
        remaining()


def test_each_thread_has_its_own() -> None:
    seen: list[bool] = []

    def look() -> None:
        try:
            remaining()
        except TimeoutError:
            seen.append(True)

    with within(10):
        other = threading.Thread(target=look)
        other.start()
        other.join()
    assert seen == [True]
