"""The sample: everyone once, spread evenly from the first few on."""

import pytest

from matching.preview.sampling import spread


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 8, 100])
def test_everyone_comes_once(count: int) -> None:
    assert sorted(spread(count)) == list(range(count))


def test_the_first_few_lie_in_every_part() -> None:
    first = list(spread(1000))[:8]
    assert first[0] == 0
    eighths = {number // 128 for number in first}
    assert eighths == set(range(8))


def test_it_comes_out_again_and_grows_by_adding() -> None:
    assert list(spread(37)) == list(spread(37))
    assert set(list(spread(37))[:5]) < set(list(spread(37))[:9])
