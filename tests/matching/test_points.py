from math import isnan, nan

from hypothesis import given
from hypothesis import strategies as st

from matching.points import UNIT, WHOLE, known, points, share, thousandths

UNITS = st.floats(0, 1)
WEIGHTS = st.integers(0, WHOLE)


@given(UNITS, UNITS, WEIGHTS)
def test_a_better_value_never_earns_less(a: float, b: float, weight: int) -> None:
    low, high = sorted((thousandths(a), thousandths(b)))
    assert 0 <= low <= high <= UNIT
    assert 0 <= points(weight, low) <= points(weight, high) <= weight


@given(WEIGHTS)
def test_full_value_earns_the_whole_weight(weight: int) -> None:
    assert points(weight, UNIT) == weight
    assert points(weight, 0) == 0


def test_halves_go_upward() -> None:
    assert [thousandths(v) for v in (0.0004, 0.0005, 0.0014, 0.9995)] == [0, 1, 1, 1000]


@given(st.floats(0, 1e12), st.floats(0.001, 1e12))
def test_a_share_is_at_most_one(part: float, whole: float) -> None:
    assert 0 <= share(part, whole) <= 1


def test_unknown_stays_unknown_until_it_is_taken_as_neutral() -> None:
    assert isnan(share(nan, 2.0))
    assert known(nan, 0.4) == 0.4
    assert known(0.0, 0.4) == 0.0
