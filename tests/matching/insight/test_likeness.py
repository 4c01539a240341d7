"""Pairs of zones that are alike, against the indices worked out pair by pair."""

from collections import Counter
from itertools import combinations
from math import isnan, log, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.indices import similarity, specialisation
from matching.insight.likeness import effect, most_alike

ZONES = st.lists(
    st.lists(st.sampled_from("abcde"), min_size=1, max_size=4, unique=True), min_size=0, max_size=8
)


@given(ZONES)
@settings(max_examples=60)
def test_the_columns_say_what_the_indices_say(zones: list[list[str]]) -> None:
    found = most_alike(zones, 100)
    assert sorted((a.one, a.other) for a in found) == list(combinations(range(len(zones)), 2))
    for one in found:
        two = Counter(zones[one.one]), Counter(zones[one.other])
        assert one.similarity == pytest.approx(similarity(*two), abs=1e-9)
        assert one.specialisation == pytest.approx(specialisation(*two), abs=1e-9)
    ranked = [(-round(a.similarity, 6), round(a.specialisation, 6), a.one, a.other) for a in found]
    assert ranked == sorted(ranked)


def test_only_so_many_are_listed_the_most_alike_first() -> None:
    zones = [("a", "b"), ("a",), ("c",), ("b", "a")]
    (first, second) = most_alike(zones, 2)
    assert first[:2] == (0, 3)
    assert (first.similarity, first.specialisation) == pytest.approx((1.0, 0.0))
    assert second[:2] == (0, 1)
    assert (second.similarity, second.specialisation) == pytest.approx((1 / sqrt(2), 1.0))


def test_a_project_of_the_same_chain_makes_a_zone_more_like_its_neighbours() -> None:
    found = effect("a", ("b",), [("a",), ("a", "b")])
    assert (found.entropy_before, found.entropy_after) == pytest.approx((0.0, log(2)))
    assert found.similarity_before == pytest.approx((0 + 1 / sqrt(2)) / 2)
    assert found.similarity_after == pytest.approx((1 / sqrt(2) + 1) / 2)
    assert (found.specialisation_before, found.specialisation_after) == pytest.approx((1.5, 0.5))


def test_alone_there_is_nobody_to_be_like() -> None:
    found = effect("a", ("a",), [])
    assert isnan(found.similarity_before)
    assert isnan(found.specialisation_after)
