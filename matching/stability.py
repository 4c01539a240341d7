"""How much of the top of a ranking survives small changes of weight and other standard methods.

Weights are changed by up to a tenth each, the same for all candidates, by the terms of a Weyl
sequence (multiples of square roots of primes, which fill the range evenly), so that the answer
repeats. The other methods are TOPSIS (Hwang and Yoon 1981: nearness to the best and
the worst point) and PROMETHEE II (Brans and Vincke 1985: net outranking flow, linear preference);
both see the same values and weights. A candidate's weights are those of its own case.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from matching.engine import Scored
from matching.points import UNIT, WHOLE, known, thousandths
from matching.ruleset import Ruleset

TRIALS = 200
CHANGE = 0.1
SEED = 2026
"""The number of the first term."""
PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43)
"""One a criterion."""
TOP = 3
CONSIDERED = 50
"""Candidates from further down do not reach the top by a tenth of a weight."""

Rows = list[tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Method:
    """Another method's top, as places in the ranking's own order (0 = first)."""

    name: str
    top: tuple[int, ...]
    shared: int
    """How many of the ranking's own top it names."""


@dataclass(frozen=True, slots=True)
class Stability:
    """Shares in basis points of the trials."""

    trials: int
    same_first: int
    same_top: int
    """The same candidates at the top, in any order."""
    methods: tuple[Method, ...]


def stability(considered: Sequence[Scored], rules: Ruleset) -> Stability:
    """How stable the top of a ranking is; given are its first CONSIDERED, best first."""
    weights = [_weights(scored, rules) for scored in considered]
    values = [
        tuple(thousandths(known(v, rules.tables.neutral)) / UNIT for v in scored.score.values)
        for scored in considered
    ]
    own = tuple(range(min(TOP, len(considered))))
    firsts = tops = 0
    for trial in range(SEED, SEED + TRIALS):
        factors = [changed_by(trial, prime) for prime in PRIMES]
        top = best(changed_scores(values, weights, factors))
        firsts += top[:1] == own[:1]
        tops += sorted(top) == list(own)
    methods = tuple(
        Method(name, top, len(set(top) & set(own)))
        for name, top in (
            ("topsis", best(topsis(values, weights))),
            ("promethee_ii", best(promethee(values, weights))),
        )
    )
    return Stability(TRIALS, firsts * WHOLE // TRIALS, tops * WHOLE // TRIALS, methods)


def changed_by(trial: int, prime: int) -> float:
    """What a weight is multiplied by in a trial: from 1 - CHANGE to 1 + CHANGE."""
    return 1 + CHANGE * (2 * (trial * sqrt(prime) % 1) - 1)


def _weights(scored: Scored, rules: Ruleset) -> tuple[float, ...]:
    row = rules.policy.case_weights(scored.pair.gap.row, scored.pair.row)
    return tuple(weight / WHOLE for weight in row)


def best(scores: Sequence[float]) -> tuple[int, ...]:
    """The places of the best few; equal ones keep the order they came in."""
    return tuple(sorted(range(len(scores)), key=lambda n: -round(scores[n], 9))[:TOP])


def changed_scores(values: Rows, weights: Rows, factors: Sequence[float]) -> list[float]:
    """The additive score under weights that are multiplied and made to add up again."""
    scores: list[float] = []
    for row, own in zip(values, weights, strict=True):
        changed = [w * f for w, f in zip(own, factors, strict=True)]
        scores.append(sum(v * w for v, w in zip(row, changed, strict=True)) / sum(changed))
    return scores


def topsis(values: Rows, weights: Rows) -> list[float]:
    """Nearness to the best point against the worst, [0, 1].

    >>> topsis([(1.0, 0.0), (0.0, 0.0)], [(0.5, 0.5), (0.5, 0.5)])
    [1.0, 0.0]
    """
    weighted = [
        [v * w for v, w in zip(row, own, strict=True)]
        for row, own in zip(values, weights, strict=True)
    ]
    ideal = [max(column) for column in zip(*weighted, strict=True)]
    worst = [min(column) for column in zip(*weighted, strict=True)]
    nearness: list[float] = []
    for row in weighted:
        up = sqrt(sum((i - v) ** 2 for i, v in zip(ideal, row, strict=True)))
        down = sqrt(sum((v - w) ** 2 for v, w in zip(row, worst, strict=True)))
        nearness.append(down / (up + down) if up + down else 1.0)
    return nearness


def promethee(values: Rows, weights: Rows) -> list[float]:
    """Net flow in [-1, 1]: how far a candidate is preferred to the others less the reverse.

    >>> promethee([(1.0, 0.0), (0.0, 0.0)], [(0.5, 0.5), (0.5, 0.5)])
    [0.5, -0.5]
    """
    others = max(1, len(values) - 1)
    flows = [0.0] * len(values)
    for one in range(len(values)):
        for other in range(one):
            net = sum(
                (a - b) * (u + w) / 2
                for a, b, u, w in zip(
                    values[one], values[other], weights[one], weights[other], strict=True
                )
            )
            flows[one] += net / others
            flows[other] -= net / others
    return flows
