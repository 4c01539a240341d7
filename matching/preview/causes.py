"""Why a pair's score is another one under another ruleset: its points, criterion by criterion."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from matching.criteria import CRITERIA
from matching.criterion import Criterion
from matching.engine import Score, Scored, score_pair
from matching.gate import Finding
from matching.gates import GATES, POOL_GATES
from matching.points import known, points, thousandths
from matching.profiles import Pair
from matching.ranking import Ranking
from matching.ruleset import Ruleset
from matching.vocabulary import Verdict


class Cause(NamedTuple):
    """One criterion's part in a change. Weights and points in basis points."""

    criterion: Criterion
    weight_before: int
    weight_after: int
    points_before: int
    points_after: int

    @property
    def delta(self) -> int:
        """The points it adds to the score, less than 0 where it takes some away."""
        return self.points_after - self.points_before


@dataclass(frozen=True, slots=True)
class Causes:
    """A pair under both rulesets; deltas of the causes add up to the difference of the scores.

    The scores are the sums of the points also where the pair is no match, so that they add up.
    """

    score_before: int
    score_after: int
    causes: tuple[Cause, ...]
    """In reading order; criteria that carry weight under neither ruleset are left out."""
    stopped_before: Finding | None
    stopped_after: Finding | None
    """What the first gate that stops the pair says of it, the relevance floor included."""

    @property
    def delta(self) -> int:
        """The difference of the scores."""
        return self.score_after - self.score_before


def causes(before: Ranking, after: Ranking, position: int) -> Causes:
    """Why the candidate at a position scores otherwise, in two rankings of the same subject."""
    was = before.scored_at(position)
    held = replace(was.pair, tables=after.rules.tables, reference=after.rules.reference)
    is_ = score_pair(held, after.rules)
    parts = zip(CRITERIA, parts_of(was, before.rules), parts_of(is_, after.rules), strict=True)
    return Causes(
        was.score.score,
        is_.score.score,
        tuple(
            Cause(criterion, one.weight, other.weight, one.points, other.points)
            for criterion, one, other in parts
            if one.weight or other.weight
        ),
        first_stop(was.pair),
        first_stop(is_.pair),
    )


def first_stop(held: Pair) -> Finding | None:
    """What the first gate that stops a pair says of it, those of the pool included."""
    for gate in (*POOL_GATES, *GATES):
        if gate.blocks(held.gap.row, held.row, held.tables):
            return next(f for f in gate.findings(held) if f.verdict is Verdict.BLOCKED)
    return None


class Part(NamedTuple):
    """What one criterion gives a pair, basis points."""

    weight: int
    points: int


def parts_of(scored: Scored, rules: Ruleset) -> list[Part]:
    """Weight and points of every criterion, those without weight too."""
    held, result = scored
    weights = rules.policy.case_weights(held.gap.row, held.row)
    earned = _earned(result, weights, held.tables.neutral)
    return [Part(*part) for part in zip(weights, earned, strict=True)]


def _earned(result: Score, weights: tuple[int, ...], neutral: float) -> list[int]:
    values = (thousandths(known(value, neutral)) for value in result.values)
    return [points(*part) for part in zip(weights, values, strict=True)]
