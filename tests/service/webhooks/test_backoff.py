from datetime import timedelta
from itertools import pairwise

from service.webhooks.backoff import DELAYS, delay_after


def test_attempts_go_on_for_three_days() -> None:
    assert timedelta(days=3) <= sum(DELAYS, timedelta()) < timedelta(days=3, hours=6)


def test_waits_grow_and_stay_short_enough_for_a_receiver_that_is_back() -> None:
    assert all(one <= later for one, later in pairwise(DELAYS))
    assert DELAYS[0] <= timedelta(seconds=10)
    assert DELAYS[-1] <= timedelta(hours=4)


def test_each_failure_has_its_wait_and_the_last_has_none() -> None:
    assert [delay_after(failures) for failures in range(1, len(DELAYS) + 1)] == list(DELAYS)
    assert delay_after(len(DELAYS) + 1) is None
    assert delay_after(1000) is None
