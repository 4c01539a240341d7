"""Indices of how varied, how alike and how uneven: each formula with its source.

Weights may be of any size: indices of structures divide by their sum first.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import log, nan, sqrt

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


def _squares(structure: Structure) -> float:
    return sum(weight * weight for weight in structure.values())
