"""Each index against values worked out by hand or printed in a source, to a billionth."""

from math import isnan, log, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.indices import entropy, gini, similarity, specialisation

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
