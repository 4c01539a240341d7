"""Indices against examples worked by hand, to 1e-9."""

from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.diagnosis.indices import (
    credibility,
    herfindahl,
    location_quotient,
    specialisation,
    together,
)


@pytest.mark.parametrize(
    ("numbers", "quotient"),
    [
        ((45, 300, 900, 12_000), 2.0),  # 15 % here, 7.5 % everywhere
        ((1, 3, 2, 9), 1.5),
        ((7, 11, 13, 17), (7 * 17) / (11 * 13)),
        ((0, 300, 900, 12_000), 0.0),
    ],
)
def test_location_quotients(numbers: tuple[float, ...], quotient: float) -> None:
    assert location_quotient(*numbers) == pytest.approx(quotient, abs=1e-9)


@pytest.mark.parametrize("numbers", [(-1, 1, 1, 1), (0, 0, 1, 1), (1, 1, 0, 1), (1, 1, 1, 0)])
def test_a_quotient_of_nothing_is_refused(numbers: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="location quotient"):
        location_quotient(*numbers)


@pytest.mark.parametrize("quotient", [0, 0.25, 1, 1.25, 20])
def test_the_symmetric_index_moved_to_the_unit_scale(quotient: float) -> None:
    laursen = (quotient - 1) / (quotient + 1)
    assert specialisation(quotient) == pytest.approx((laursen + 1) / 2, abs=1e-9)


@pytest.mark.parametrize(
    ("sizes", "index"),
    [
        ([30, 30, 20, 20], 0.26),  # the example of the US Merger Guidelines (2010), 5.3: 2,600
        ([1], 1.0),
        ([5, 5], 0.5),
        ([60, 25, 15], 0.36 + 0.0625 + 0.0225),
        ([1, 0], 1.0),
    ],
)
def test_concentrations(sizes: list[float], index: float) -> None:
    assert herfindahl(sizes) == pytest.approx(index, abs=1e-9)


@pytest.mark.parametrize("sizes", [[], [0, 0], [2, -1]])
def test_a_concentration_of_nothing_is_refused(sizes: list[float]) -> None:
    with pytest.raises(ValueError, match="concentration"):
        herfindahl(sizes)


def test_weights_taken_together_and_believed() -> None:
    assert together([0.7, 0.4, 0.12]) == pytest.approx(1 - 0.3 * 0.6 * 0.88, abs=1e-9)
    assert together([]) == 0
    assert credibility(20, 5) == pytest.approx(0.8, abs=1e-9)
    assert credibility(0, 5) == 0


@settings(max_examples=40)
@given(st.lists(st.floats(0, 1), max_size=8), st.floats(0, 1))
def test_one_more_never_lowers(shares: list[float], more: float) -> None:
    before = together(shares)
    assert before <= together([*shares, more]) + 1e-12
    assert before == pytest.approx(1 - prod(1 - share for share in shares))
