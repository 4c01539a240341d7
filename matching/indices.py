"""Textbook indices of how varied, alike, uneven and concentrated: each with its source.

Weights may be of any size: indices of structures divide by their sum first.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import log, nan, prod, sqrt

Structure = Mapping[str, float]
"""What each part (a chain, an industry) weighs; a part that is not named weighs nothing."""


def entropy(weights: Iterable[float]) -> float:
    """Shannon's entropy of the shares, in nats: -sum(p ln p); 0 where all lies in one part.

    Source: C. E. Shannon, A Mathematical Theory of Communication (1948), section 6.

    >>> round(entropy([1, 1]), 6)
    0.693147
    """
    some = [weight for weight in weights if weight]
    whole = sum(some)
    return -sum(n / whole * log(n / whole) for n in some)


def similarity(one: Structure, other: Structure) -> float:
    """UNIDO's coefficient of structural similarity, in [0, 1]: the cosine of the shares.

    sum(x y) / sqrt(sum(x^2) sum(y^2)); 1: the same shares, 0: no part in common. NaN when either
    has no part at all. Source: UNIDO, World Industry since 1960: Progress and Prospects (1979);
    产业结构相似系数.

    >>> similarity({"ic": 1.0}, {"ic": 2.0}), similarity({"ic": 1.0}, {"nev": 1.0})
    (1.0, 0.0)
    """
    if not any(one.values()) or not any(other.values()):
        return nan
    met = sum(weight * other.get(part, 0.0) for part, weight in one.items())
    return met / sqrt(_squares(one) * _squares(other))


def specialisation(one: Structure, other: Structure) -> float:
    """Krugman's index of specialisation, in [0, 2]: the sum of the differences of the shares.

    0: the same shares, 2: no part in common. NaN when either has no part at all. Source: P.
    Krugman, Geography and Trade (MIT Press, 1991), chapter 3; 克鲁格曼专业化指数.

    >>> specialisation({"ic": 1.0, "nev": 1.0}, {"ic": 3.0, "nev": 1.0})
    0.5
    """
    mine, its = sum(one.values()), sum(other.values())
    if not mine or not its:
        return nan
    parts = dict.fromkeys([*one, *other])
    return sum(abs(one.get(part, 0.0) / mine - other.get(part, 0.0) / its) for part in parts)


def gini(amounts: Sequence[float]) -> float:
    """Gini's coefficient of amounts of 0 or more, in [0, 1): 0 where all have the same.

    The mean difference of all pairs over twice the mean, here from the sorted amounts:
    sum((2 i - n - 1) x_i) / (n sum(x)). NaN where nobody has anything. Source: C. Gini (1912);
    A. Sen, On Economic Inequality (1973), section 2.7.

    >>> gini([1, 1, 1]), gini([0, 0, 0, 1])
    (0.0, 0.75)
    """
    ordered, whole, count = sorted(amounts), sum(amounts), len(amounts)
    if not whole:
        return nan
    weighed = sum((2 * place - count - 1) * x for place, x in enumerate(ordered, 1))
    return weighed / (count * whole)


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


def on_unit_scale(quotient: float) -> float:
    """A location quotient on [0, 1]: LQ / (LQ + 1), so that .5 is as much as elsewhere.

    It is Laursen's symmetric index (LQ - 1) / (LQ + 1) (Eurasian Business Review 5, 2015), moved
    from [-1, 1].

    >>> on_unit_scale(1), on_unit_scale(3)
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


def _squares(structure: Structure) -> float:
    return sum(weight * weight for weight in structure.values())
