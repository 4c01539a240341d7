"""Textbook indices of regional economics, as plain functions of numbers."""

from collections.abc import Iterable
from math import prod


def location_quotient(part: float, whole: float, base_part: float, base_whole: float) -> float:
    """How much more of something there is here than in the base economy; 1 = as much.

    LQ = (part / whole) / (base_part / base_whole) (Isard 1960, Methods of Regional Analysis, ch. 7;
    the same ratio is Balassa's index, 1965). All four in one unit, the last three above zero.

    Raises:
        ValueError: a negative number, or one of the last three not above zero.

    >>> location_quotient(20, 100, 100, 1000)
    2.0
    """
    if part < 0 or min(whole, base_part, base_whole) <= 0:
        raise ValueError("a location quotient needs a part from 0 and wholes above 0")
    return (part / whole) / (base_part / base_whole)


def specialisation(quotient: float) -> float:
    """A location quotient on [0, 1]: LQ / (LQ + 1), so that .5 is as much as elsewhere.

    It is Laursen's symmetric index (LQ - 1) / (LQ + 1) (Eurasian Business Review 5, 2015), moved
    from [-1, 1].

    >>> specialisation(1), specialisation(3)
    (0.5, 0.75)
    """
    return quotient / (quotient + 1)


def herfindahl(sizes: Iterable[float]) -> float:
    """The concentration of what is summed: the sum of squared shares, from 1/n to 1.

    Herfindahl (1950), Hirschman (1964). Sizes in one unit, none negative, one above zero.

    Raises:
        ValueError: nothing above zero, or a negative size.

    >>> herfindahl([30, 30, 20, 20])
    0.26
    """
    held = list(sizes)
    whole = sum(held)
    if whole <= 0 or min(held) < 0:
        raise ValueError("a concentration needs sizes from 0, one of them above it")
    return sum((size / whole) ** 2 for size in held)


def together(shares: Iterable[float]) -> float:
    """Several weights in [0, 1] taken together: 1 - (1 - a)(1 - b)…; one more never lowers it.

    The probabilistic sum (noisy or; Pearl 1988, ch. 4).

    >>> together([0.5, 0.5])
    0.75
    """
    return 1 - prod(1 - share for share in shares)


def credibility(observed: float, prior: float) -> float:
    """The weight of `observed` cases against a prior worth `prior` of them: Z = n / (n + k).

    Bühlmann (1967, ASTIN Bulletin 4:3).

    >>> credibility(20, 5)
    0.8
    """
    return observed / (observed + prior)
