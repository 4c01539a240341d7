"""The order of what was judged, as one number for each pair: the greater, the better.

Score, coverage, severity and position are laid side by side in 63 bits, so that no two are equal
and the position can be read out again. Positions follow the order of registration, so that of
equals the one registered first comes first.
"""

from typing import NamedTuple

import numpy as np

from matching.columns import Ints
from matching.loop import ELIGIBLE, Candidates, Judged

SCORE, COVERAGE, SEVERITY = 49, 35, 28
"""The lowest bit of each: scores and coverages (to 10,000) take 14 bits, severities (to 100) 7."""
LAST = (1 << SEVERITY) - 1
"""The last position a key can hold."""


def keys(judged: Judged, candidates: Candidates, severity: Ints | int) -> Ints:
    """The keys of the eligible candidates, in the order of their positions.

    Args:
        judged: what the loop said of the candidates.
        candidates: the very candidates it was asked about.
        severity: the severity of the gap of each candidate, -1 where unknown; or that of them all.
    """
    eligible = judged.verdict == ELIGIBLE
    of_gap = np.broadcast_to(np.asarray(severity, np.int64) + 1, eligible.shape)[eligible]
    return (
        judged.score[eligible] << SCORE
        | judged.coverage[eligible] << COVERAGE
        | of_gap << SEVERITY
        | LAST - candidates.positions[eligible]
    )


def key(score: int, coverage: int, severity: int, position: int) -> int:
    """The key of one eligible candidate; `parts` reads it back."""
    return score << SCORE | coverage << COVERAGE | severity + 1 << SEVERITY | LAST - position


def least(score: int) -> int:
    """The least key of a score: those of the same score or more are not below it."""
    return score << SCORE


def positions(found: Ints) -> Ints:
    """The positions that keys stand for."""
    return LAST - (found & LAST)


class Parts(NamedTuple):
    """What a key is made of."""

    score: int
    coverage: int
    severity: int
    position: int


def parts(key: int) -> Parts:
    """A key read back."""
    return Parts(
        score=key >> SCORE,
        coverage=key >> COVERAGE & (1 << SCORE - COVERAGE) - 1,
        severity=(key >> SEVERITY & (1 << COVERAGE - SEVERITY) - 1) - 1,
        position=LAST - (key & LAST),
    )
