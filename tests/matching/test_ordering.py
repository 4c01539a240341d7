from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.loop import BLOCKED, ELIGIBLE, OUTSIDE, Candidates, Judged
from matching.ordering import LAST, keys, least, parts, positions
from matching.points import WHOLE

POINTS = st.sampled_from([0, 1, 4999, 5000, WHOLE])
ROWS = st.lists(
    st.tuples(
        st.sampled_from([OUTSIDE, ELIGIBLE, ELIGIBLE, BLOCKED]),
        POINTS,
        POINTS,
        st.sampled_from([-1, 0, 50, 100]),
    ),
    max_size=30,
)


def judged(rows: list[Any]) -> Judged:
    columns = list(zip(*rows, strict=True))[:3] or [(), (), ()]
    return Judged(*(np.array(column, np.int64) for column in columns))


def candidates(at: list[int]) -> Candidates:
    return Candidates(np.array(at, np.int64), np.ones(len(at)))


@given(ROWS, st.integers(0, 1000), POINTS)
@settings(max_examples=200, deadline=None)
def test_the_order_is_score_then_coverage_then_severity_then_position(
    rows: list[Any], first: int, score: int
) -> None:
    at = [first + 3 * n for n in range(len(rows))]
    severity = np.array([row[3] for row in rows], np.int64)
    eligible = [(*row[1:], -p) for p, row in zip(at, rows, strict=True) if row[0] == ELIGIBLE]
    found = keys(judged(rows), candidates(at), severity)
    assert positions(found).tolist() == [-row[-1] for row in eligible]
    best_first = [-row[-1] for row in sorted(eligible, reverse=True)]
    assert positions(np.sort(found)[::-1]).tolist() == best_first
    assert [(*parts(key)[:3], -parts(key).position) for key in found.tolist()] == eligible
    assert (found >= least(score)).tolist() == [row[0] >= score for row in eligible]


def test_the_extremes_fit_side_by_side() -> None:
    rows = [(ELIGIBLE, WHOLE, WHOLE, 100), (ELIGIBLE, WHOLE, WHOLE, 100), (ELIGIBLE, 0, 0, -1)]
    found = keys(judged(rows), candidates([0, LAST, 1]), np.array([100, 100, -1]))
    assert found[0] > found[1] > found[2] > 0
    assert positions(found).tolist() == [0, LAST, 1]
    assert parts(int(found[1])) == (WHOLE, WHOLE, 100, LAST)


def test_one_severity_may_stand_for_all() -> None:
    rows = [(ELIGIBLE, 5, 5), (OUTSIDE, 0, 0), (ELIGIBLE, 5, 6)]
    found = keys(judged(rows), candidates([0, 1, 2]), 40)
    assert found.tolist() == keys(judged(rows), candidates([0, 1, 2]), np.full(3, 40)).tolist()
    assert positions(found).tolist() == [0, 2]
