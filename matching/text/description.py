"""A text that speaks of many things: what it speaks of most is what it is about."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import reduce

from matching.text.matches import Hit, better

ASIDE = 0.55
"""What is left of a hit that is nothing beside what the text speaks of most (ours)."""


def described(found: Iterable[tuple[int, Hit]]) -> dict[int, Hit]:
    """Owner → its best hit, kept whole for whom the text speaks of most, less by share for others.

    How much a text speaks of an owner: the sum of its different words' values.
    """
    spoken: defaultdict[int, dict[str, Hit]] = defaultdict(dict)
    for owner, hit in found:
        spoken[owner][hit.word] = better(spoken[owner].get(hit.word), hit)
    weights = {owner: sum(hit.value for hit in hits.values()) for owner, hits in spoken.items()}
    most = max(weights.values(), default=1.0)
    return {
        owner: _lessened(hits.values(), ASIDE + (1 - ASIDE) * weights[owner] / most)
        for owner, hits in spoken.items()
    }


def _lessened(hits: Iterable[Hit], by: float) -> Hit:
    best = reduce(better, hits)
    return replace(best, value=best.value * by)
