"""Who is shown how often, against what it has."""

import pytest

from matching.insight.exposure import Shown, shown, unevenness


def test_everyone_that_could_be_shown_is_listed_and_shares_add_up() -> None:
    rows = shown({"a": 2, "b": 1, "c": 3}, {"c": 6, "a": 1})
    assert rows == [
        Shown("c", 3, 6, 8571, 5000),
        Shown("a", 2, 1, 1429, 3333),
        Shown("b", 1, 0, 0, 1667),
    ]
    assert sum(row.share for row in rows) == sum(row.due for row in rows) == 10_000


def test_unevenness_counts_the_never_shown() -> None:
    found = unevenness(shown({"a": 2, "b": 1, "c": 1}, {"a": 4, "b": 2}))
    # 4, 2, 0: sum of all differences 16 / (2 * 9 * 2); per gap 2, 2, 0: 8 / (2 * 9 * 4/3)
    assert found.gini == pytest.approx(4 / 9, abs=1e-9)
    assert found.gini_per_gap == pytest.approx(1 / 3, abs=1e-9)
    assert found.shares_of_first == {1: 6666, 5: 10_000, 10: 10_000}
    assert found.never_shown == 1


def test_without_a_place_nothing_is_uneven() -> None:
    found = unevenness(shown({"a": 1}, {}))
    assert (found.gini, found.gini_per_gap, found.never_shown) == (None, None, 1)
    assert found.shares_of_first == {1: 0, 5: 0, 10: 0}
    assert unevenness([]).gini is None
