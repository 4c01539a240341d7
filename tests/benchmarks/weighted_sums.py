"""The weighted sum alone, over values that are ready made: what the rest of a ranking costs least.

By a kernel written by hand, and by PostgreSQL.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import numba
import numpy as np

from matching import ordering
from matching.criteria import CRITERIA
from matching.points import UNIT
from tests.benchmarks import numpy_score
from tests.benchmarks.made import Array
from tests.benchmarks.numpy_score import Gaps
from tests.benchmarks.subject import Subject


@dataclass(frozen=True, slots=True)
class Stored:
    """Thousandths of every criterion (-1: unknown), a row for each gap, and how they are summed."""

    values: Array
    is_missing: Array
    severity: Array
    weights: Array
    neutral: int

    @property
    def columns(self) -> dict[str, Array]:
        """The same as columns, NaN where unknown."""
        held = np.where(self.values < 0, np.nan, self.values)
        named = {f"v{number}": held[:, number] for number in range(len(CRITERIA))}
        return {**named, "is_missing": self.is_missing, "severity": self.severity}


def stored_of(gaps: Gaps, affinity: Array, subject: Subject) -> Stored:
    """The values of an investor's ranking, worked out beforehand."""
    held = np.array(numpy_score.values(gaps, affinity, subject)).T
    known = np.floor(np.nan_to_num(held) * UNIT + 0.5)
    return Stored(
        values=np.ascontiguousarray(np.where(np.isnan(held), -1, known).astype(np.int64)),
        is_missing=gaps["is_missing"],
        severity=gaps["severity"],
        weights=np.array(subject.weights),
        neutral=round(subject.neutral * UNIT),
    )


def by_kernel(stored: Stored, most: int) -> list[tuple[int, int]]:
    """(position, score) of the best."""
    keys = np.empty(len(stored.values), np.int64)
    _kernel(stored.values, stored.is_missing, stored.severity, stored.weights, stored.neutral, keys)
    found = np.sort(keys)[: -most - 1 : -1]
    scores = (found >> ordering.SCORE).tolist()
    return list(zip(ordering.positions(found).tolist(), scores, strict=True))


def _summed(
    values: Array, is_missing: Array, severity: Array, weights: Array, neutral: int, keys: Array
) -> None:
    for n in range(values.shape[0]):
        case = 1 if is_missing[n] else 0
        score = coverage = 0
        for k in range(values.shape[1]):
            weight, value = weights[case, k], values[n, k]
            if value < 0:
                score += weight * neutral // UNIT
            else:
                score += weight * value // UNIT
                coverage += weight
        key = score << ordering.SCORE | coverage << ordering.COVERAGE
        keys[n] = key | severity[n] + 1 << ordering.SEVERITY | ordering.LAST - n


_kernel = cast("Callable[..., None]", cast("Any", numba).njit(nogil=True)(_summed))


def in_sql(stored: Stored, table: str, most: int) -> str:
    """The same question to PostgreSQL."""
    weights = [
        str(weak) if weak == missing else f"CASE WHEN is_missing THEN {missing} ELSE {weak} END"
        for weak, missing in stored.weights.T.tolist()
    ]
    points = " + ".join(
        f"{w} * coalesce(v{n}, {stored.neutral})::int / {UNIT}" for n, w in enumerate(weights)
    )
    known = " + ".join(f"CASE WHEN v{n} IS NULL THEN 0 ELSE {w} END" for n, w in enumerate(weights))
    return (
        f"SELECT position, {points} AS score, {known} AS coverage FROM {table} "
        f"ORDER BY score DESC, coverage DESC, severity DESC, position LIMIT {most}"
    )
