"""The product space of four zones worked out by hand, and the order of links a zone lacks."""

import numpy as np
import pytest

from matching.insight.relatedness import (
    LEAST_ZONES,
    density,
    neighbours_of,
    proximity,
    related,
    steps_from,
)

HOLDS = np.array([[1, 1, 0], [1, 1, 1], [1, 0, 1], [1, 0, 0]], np.bool_)
"""Zones × links a, b, c; held by four, two and two of them."""

EXACT = 1e-9
LINKS = ("a", "b", "c", "d", "e")
EDGES = (("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"))


def test_proximity_is_the_lesser_of_both_conditional_probabilities() -> None:
    # P(b|a) = 2/4, P(a|b) = 1; P(c|b) = P(b|c) = 1/2
    by_hand = [[0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]]
    assert proximity(HOLDS) == pytest.approx(np.array(by_hand), abs=EXACT)


def test_density_is_the_share_of_the_proximity_that_is_held() -> None:
    # Hidalgo et al. (2007): sum(x p) / sum(p); of b: .5 / (.5 + .5), of a: (0 + 0) / 1
    near = proximity(HOLDS)
    assert density(near, np.array([1, 0, 0], np.bool_)) == pytest.approx([0, 0.5, 0.5], abs=EXACT)
    assert density(near, np.array([1, 1, 1], np.bool_)) == pytest.approx([1, 1, 1], abs=EXACT)


def test_unequal_proximities_weigh_unequally() -> None:
    # a and b together in two zones of three and two, c with a in one of three and one
    holds = np.array([[1, 1, 0], [1, 1, 0], [1, 0, 1]], np.bool_)
    near = proximity(holds)
    assert near[0] == pytest.approx([0, 2 / 3, 1 / 3], abs=EXACT)
    found = density(near, np.array([0, 1, 0], np.bool_))
    assert found == pytest.approx([2 / 3, 0, 0], abs=EXACT)


def test_what_nobody_holds_is_near_to_nothing() -> None:
    near = proximity(np.zeros((3, 2), np.bool_))
    assert not near.any()
    assert not density(near, np.ones(2, np.bool_)).any()


def test_steps_go_along_edges_both_ways_and_end() -> None:
    assert steps_from(["a"], neighbours_of(EDGES)) == {"a": 0, "b": 1, "c": 1, "d": 2}
    assert steps_from([], neighbours_of(EDGES)) == {}
    assert steps_from(["e"], neighbours_of(EDGES)) == {"e": 0}


def test_below_the_threshold_only_steps_are_told() -> None:
    found = related(["a"], [["a"], ["a", "e"]], LINKS, EDGES)
    assert [(one.link_id, one.density, one.steps) for one in found] == [
        ("b", None, 1),
        ("c", None, 1),
        ("d", None, 2),
        ("e", None, None),
    ]
    assert {one.nearest for one in found} == {()}
    assert [one.holders for one in found] == [0, 0, 0, 1]


def test_from_the_threshold_on_density_leads_and_rare_links_come_last() -> None:
    zones = [["a", "d"]] * 20 + [["b", "c"]] * 8 + [["a", "e"]] * 2
    assert len(zones) == LEAST_ZONES
    found = related(["a"], zones, LINKS, EDGES)
    assert [(one.link_id, one.density, one.steps) for one in found] == [
        ("d", 1.0, 2),
        ("b", 0.0, 1),
        ("c", 0.0, 1),
        ("e", None, None),
    ]
    assert found[0].nearest == (("a", pytest.approx(20 / 22)),)
    assert found[1].nearest == ()


def test_with_no_zone_known_there_are_still_steps() -> None:
    assert [one.link_id for one in related([], [], LINKS, EDGES)] == list(LINKS)
