"""A score as a waterfall: each criterion's bar begins where the sum before it ends."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

from matching.vocabulary import Pillar

FULL: Final = 10_000
"""Basis points of a full score: the width of the chart."""

TICKS: Final = (0, 2_500, 5_000, 7_500, FULL)


@dataclass(frozen=True, slots=True)
class Step:
    """One criterion's bar, in basis points from the left; it cannot reach beyond its ceiling.

    Attributes:
        criterion: which.
        before: the sum without it, where the bar begins.
        after: the sum with it, where the bar ends.
        ceiling: where the bar would end with its whole weight.
        assumed: whether nothing is known and the neutral value was taken.
    """

    criterion: str
    before: int
    after: int
    ceiling: int
    assumed: bool

    @property
    def points(self) -> int:
        """How long the bar is."""
        return self.after - self.before

    @property
    def weight(self) -> int:
        """How long it could be."""
        return self.ceiling - self.before


@dataclass(frozen=True, slots=True)
class Block:
    """The bars of one pillar, one after the other."""

    pillar: Pillar
    steps: tuple[Step, ...]

    @property
    def points(self) -> int:
        """What the pillar adds to the score."""
        return sum(step.points for step in self.steps)

    @property
    def weight(self) -> int:
        """What it could add."""
        return sum(step.weight for step in self.steps)


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The bars from nothing to the score; pillars without a criterion are left out."""

    blocks: tuple[Block, ...]

    @property
    def score(self) -> int:
        """Where the last bar ends."""
        return sum(block.points for block in self.blocks)


def waterfall(components: Iterable[Mapping[str, Any]]) -> Waterfall:
    """The bars of a match.

    Args:
        components: as an answer has them, in reading order: criterion, pillar, weight, points and
            whether they are assumed.

    >>> one = {"criterion": "link_fit", "pillar": "space", "weight": 2600, "assumed": False}
    >>> [step] = waterfall([one | {"points": 2415}]).blocks[0].steps
    >>> step.before, step.after, step.ceiling
    (0, 2415, 2600)
    """
    ordered = sorted(components, key=lambda one: list(Pillar).index(Pillar(one["pillar"])))
    sums = [0, *accumulate(one["points"] for one in ordered)]
    steps = [
        (Pillar(one["pillar"]), _step(one, before))
        for one, before in zip(ordered, sums[:-1], strict=True)
    ]
    blocks = [Block(pillar, tuple(s for of, s in steps if of is pillar)) for pillar in Pillar]
    return Waterfall(tuple(block for block in blocks if block.steps))


def _step(one: Mapping[str, Any], before: int) -> Step:
    return Step(
        criterion=one["criterion"],
        before=before,
        after=before + one["points"],
        ceiling=before + one["weight"],
        assumed=one["assumed"],
    )
