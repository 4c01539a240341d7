"""The arithmetic of the score: integers only, so that points add up and bytes repeat."""

from math import isnan

UNIT = 1000
"""Values are quantised to thousandths."""

WHOLE = 10_000
"""Weights, scores and coverage are basis points of this."""


def thousandths(value: float) -> int:
    """A value in [0, 1] as an integer in 0…1000, halves upward.

    >>> thousandths(0.5), thousandths(0.0005), thousandths(1.0)
    (500, 1, 1000)
    """
    return int(value * UNIT + 0.5)


def points(weight: int, value: int) -> int:
    """The share of a weight (basis points) that a value (thousandths) earns, rounded down.

    >>> points(2600, 930)
    2418
    """
    return weight * value // UNIT


def known(part: float, neutral: float) -> float:
    """The part itself, or the neutral value where it is unknown (NaN): withholding must not pay."""
    return neutral if isnan(part) else part


def share(part: float, whole: float) -> float:
    """`part / whole`, at most 1; NaN stays NaN. `whole` is above zero.

    >>> share(1, 4), share(9, 4), share(float("nan"), 4)
    (0.25, 1.0, nan)
    """
    ratio = part / whole
    return 1.0 if ratio >= 1.0 else ratio
