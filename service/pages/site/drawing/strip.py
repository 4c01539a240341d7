"""A bar of parts side by side, as long as their counts."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar: its name, its count, where it begins and how long it is."""

    name: str
    count: int
    x: float
    width: float


def strip(counts: Mapping[str, int], width: float) -> tuple[Part, ...]:
    """The parts in the order given; what counts nothing is left out.

    >>> [(part.name, part.x, part.width) for part in strip({"weak": 1, "missing": 3}, 80)]
    [('weak', 0.0, 20.0), ('missing', 20.0, 60.0)]
    """
    whole = sum(counts.values())
    found: list[Part] = []
    x = 0.0
    for name, count in counts.items():
        if count:
            found.append(Part(name, count, round(x, 1), round(width * count / whole, 1)))
            x += width * count / whole
    return tuple(found)
