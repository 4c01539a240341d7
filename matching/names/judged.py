"""What a comparison of two names found, before identifiers speak."""

from dataclasses import dataclass
from enum import StrEnum

from matching.names.reasons import ReasonKey

SAME = 0.7
"""From this likeness on two names are the same company's."""
RELATED = 0.4
"""From this one on the companies are related, or might be the same and need a person's look."""
KIN = 0.69
"""What likeness is multiplied by where something says "related at most"."""
STRANGE = 0.39
"""… and where something says "different"."""


class Relation(StrEnum):
    """How two companies go together."""

    SAME = "same"
    """同一企业: one legal entity."""
    RELATED = "related"
    """关联企业: a sister, a subsidiary, a branch; or not certain."""
    DIFFERENT = "different"
    """不同企业."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A likeness in 0-1 with what it rests on, the weightiest first."""

    likeness: float
    reasons: tuple[ReasonKey, ...]


def relation_of(likeness: float) -> Relation:
    """The relation that a likeness in 0-1 means."""
    if likeness >= SAME:
        return Relation.SAME
    return Relation.RELATED if likeness >= RELATED else Relation.DIFFERENT


def stretch(raw: float, same: float, related: float) -> float:
    """A raw likeness on the common scale, where `same` and `related` are what they are here.

    >>> stretch(0.8, same=0.8, related=0.5), round(stretch(0.65, 0.8, 0.5), 3)
    (0.7, 0.55)
    """
    if raw >= same:
        return SAME + (raw - same) / (1 - same) * (1 - SAME)
    if raw >= related:
        return RELATED + (raw - related) / (same - related) * (SAME - RELATED)
    return raw / related * RELATED


def part_strangers(likeness: float) -> float:
    """The likeness of two names with different cores: never "related", but still in its order.

    >>> part_strangers(0.2), round(part_strangers(0.8), 4)
    (0.2, 0.3941)
    """
    return likeness if likeness <= STRANGE else STRANGE + (likeness - STRANGE) / 100
