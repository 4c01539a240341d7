"""Each index against values worked out by hand or printed in a source, to a billionth."""

from math import isnan, log, prod, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.indices import (
    credibility,
    entropy,
    gini,
    herfindahl,
    location_quotient,
    on_unit_scale,
    similarity,
    specialisation,
    together,
)

EXACT = 1e-9
WEIGHTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 1000), min_size=1)
AMOUNTS = st.lists(st.integers(0, 1000), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("weights", "value"),
    [
        # Shannon (1948), section 6: the choice of probabilities 1/2, 1/3, 1/6
        ([1 / 2, 1 / 3, 1 / 6], log(2) / 2 + log(3) / 3 + log(6) / 6),
        ([5, 5, 5, 5], log(4)),
        ([7], 0.0),
        ([3, 0], 0.0),
        # Cover and Thomas, Elements of Information Theory, example 1.1.2: two bits
        ([1 / 2, 1 / 4, 1 / 8, 1 / 16, *[1 / 64] * 4], 2 * log(2)),
    ],
)
def test_entropy(weights: list[float], value: float) -> None:
    assert entropy(weights) == pytest.approx(value, abs=EXACT)


@pytest.mark.parametrize(
    ("one", "other", "value"),
    [
        # by hand: (.5 * .6 + .3 * .3 + .2 * .1) / sqrt(.38 * .46)
        (
            {"a": 0.5, "b": 0.3, "c": 0.2},
            {"a": 0.6, "b": 0.3, "c": 0.1},
            0.41 / sqrt(0.38 * 0.46),
        ),
        ({"a": 1, "b": 1}, {"a": 1}, 1 / sqrt(2)),
        ({"a": 1, "b": 1}, {"b": 4, "a": 4}, 1.0),
        ({"a": 1}, {"b": 1}, 0.0),
    ],
)
def test_similarity(one: dict[str, float], other: dict[str, float], value: float) -> None:
    assert similarity(one, other) == pytest.approx(value, abs=EXACT)


@pytest.mark.parametrize(
    ("one", "other", "value"),
    [
        # Krugman (1991): two regions, each with another half of two industries, have 2, equal
        # ones 0; by hand: |.5 - .6| + |.3 - .3| + |.2 - .1|
        ({"a": 0.5, "b": 0.3, "c": 0.2}, {"a": 0.6, "b": 0.3, "c": 0.1}, 0.2),
        ({"a": 1}, {"b": 1}, 2.0),
        ({"a": 2, "b": 2}, {"a": 5, "b": 5}, 0.0),
        ({"a": 1, "b": 1}, {"a": 1}, 1.0),
    ],
)
def test_specialisation(one: dict[str, float], other: dict[str, float], value: float) -> None:
    assert specialisation(one, other) == pytest.approx(value, abs=EXACT)
    assert specialisation(other, one) == pytest.approx(value, abs=EXACT)


@pytest.mark.parametrize(
    ("amounts", "value"),
    [
        # by hand, all pairs: 2 * (1 + 2 + 3 + 4 + 1 + 2 + 3 + 1 + 2 + 1) / (2 * 25 * 3)
        ([5, 3, 1, 4, 2], 40 / 150),
        ([1, 1, 1, 1], 0.0),
        ([0, 0, 0, 10], 0.75),
        # two who share 20 and 80: .8 - .5
        ([20, 80], 0.3),
    ],
)
def test_gini(amounts: list[float], value: float) -> None:
    assert gini(amounts) == pytest.approx(value, abs=EXACT)


@given(AMOUNTS)
@settings(max_examples=40)
def test_gini_is_the_mean_difference_of_all_pairs(amounts: list[int]) -> None:
    whole, count = sum(amounts), len(amounts)
    if not whole:
        assert isnan(gini(amounts))
    else:
        pairs = sum(abs(a - b) for a in amounts for b in amounts)
        assert gini(amounts) == pytest.approx(pairs / (2 * count * whole), abs=EXACT)


@given(WEIGHTS, WEIGHTS)
@settings(max_examples=60)
def test_likeness_lies_in_its_range_or_is_unknown(
    one: dict[str, int], other: dict[str, int]
) -> None:
    alike, apart = similarity(one, other), specialisation(one, other)
    if not any(one.values()) or not any(other.values()):
        assert isnan(alike)
        assert isnan(apart)
    else:
        assert -EXACT <= alike <= 1 + EXACT
        assert -EXACT <= apart <= 2 + EXACT
        assert similarity(other, one) == pytest.approx(alike)


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
    assert on_unit_scale(quotient) == pytest.approx((laursen + 1) / 2, abs=1e-9)


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
