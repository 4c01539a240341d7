"""What meets what: how a phrase met a word, how surely, and the scale of it."""

from dataclasses import dataclass, replace
from enum import StrEnum

CODE_WEIGHT = 0.45
TEXT_WEIGHT = 0.85
BEST = 1 - (1 - CODE_WEIGHT) * (1 - TEXT_WEIGHT)
"""What exact words and an exact code come to, so that together they make 1 (.9175)."""

BASIS_POINTS = 10_000


def in_basis_points(share: float) -> float:
    """A share to a whole number of basis points: what a pool keeps of it is what scores it.

    >>> in_basis_points(0.35 * 0.98765)
    0.3457
    """
    return round(share * BASIS_POINTS) / BASIS_POINTS


class TextMatch(StrEnum):
    """How a phrase met a word: 同名、含有、相近、部分重合、无."""

    EXACT = "exact"
    CONTAINED = "contained"
    SIMILAR = "similar"
    OVERLAP = "overlap"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that met one of an owner's words: `value` in [0, 1] (docs/criteria.md)."""

    value: float
    match: TextMatch
    word: str
    is_named: bool = False
    """Whether the phrase is the word, or a thing of which the word is the head."""


def better(a: Hit | None, b: Hit) -> Hit:
    """The hit that says more, of two equal ones the one whose word comes first; named by either."""
    if a is None:
        return b
    best = min(a, b, key=lambda hit: (-hit.value, hit.match.value, hit.word))
    return best if best.is_named == (a.is_named or b.is_named) else replace(best, is_named=True)


def combine(code: float, text: float) -> float:
    """The affinity in [0, 1] of code and text evidence, each in [0, 1] (link_fit)."""
    return (1 - (1 - CODE_WEIGHT * code) * (1 - TEXT_WEIGHT * text)) / BEST
