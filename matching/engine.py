"""The score of a pair and what stops it; a pool is judged by the same functions in `loop`."""

from math import isnan
from typing import NamedTuple

from matching.criteria import CRITERIA
from matching.gate import Gate
from matching.gates import GATES, POOL_GATES
from matching.points import known, points, thousandths
from matching.policy import Policy
from matching.profiles import Pair
from matching.rows import Gap, Investor, Tables
from matching.ruleset import Ruleset


class Score(NamedTuple):
    """A scored pair: basis points, and each criterion's value (NaN where there was no evidence)."""

    score: int
    coverage: int
    values: tuple[float, ...]


class Scored(NamedTuple):
    """A pair with its score."""

    pair: Pair
    score: Score


def score(gap: Gap, investor: Investor, tables: Tables, policy: Policy) -> Score:
    """The additive score of one pair, 0…10,000, under a policy's weights for its case."""
    total = coverage = 0
    values: list[float] = []
    for criterion, weight in zip(CRITERIA, policy.case_weights(gap, investor), strict=True):
        value = criterion.assess(gap, investor, tables) if weight else 0.0
        values.append(value)
        total += points(weight, thousandths(known(value, tables.neutral)))
        coverage += 0 if isnan(value) else weight
    return Score(total, coverage, tuple(values))


def score_pair(held: Pair, rules: Ruleset) -> Scored:
    """The score of a pair that is held together already."""
    return Scored(held, score(held.gap.row, held.row, held.tables, rules.policy))


def is_in_pool(held: Pair) -> bool:
    """Whether the pair is a candidate at all: open, willing and relevant."""
    return not any(gate.blocks(held.gap.row, held.row, held.tables) for gate in POOL_GATES)


def blocking_gate(held: Pair) -> Gate | None:
    """The first gate that stops a candidate."""
    blocking = (gate for gate in GATES if gate.blocks(held.gap.row, held.row, held.tables))
    return next(blocking, None)
