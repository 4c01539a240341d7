"""三力: nine dimensions as nine wedges of one circle, the longer the better."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final

SIZE: Final = 260.0
RADIUS: Final = 104.0
LABEL: Final = 117.0
"""How far from the middle the numbers of the dimensions stand."""
GAP: Final = 0.03
"""Between wedges, radians on either side."""
RINGS: Final = (25, 50, 75, 100)
FULL: Final = 100


@dataclass(frozen=True, slots=True)
class Wedge:
    """One dimension: `path` of what it reaches, empty where that is not known; `whole` of all."""

    number: int
    group: int
    value: float | None
    path: str
    whole: str
    x: float
    y: float


def rose(groups: Sequence[Sequence[float | None]]) -> tuple[Wedge, ...]:
    """The wedges clockwise from the top, each dimension from 0 to 100, None = unknown."""
    values = [(group, value) for group, held in enumerate(groups) for value in held]
    step = 2 * pi / max(len(values), 1)
    found: list[Wedge] = []
    for n, (group, value) in enumerate(values):
        begin, end = n * step + GAP, (n + 1) * step - GAP
        x, y = _at((n + 0.5) * step, LABEL)
        path = "" if not value else _wedge(begin, end, RADIUS * value / FULL)
        found.append(Wedge(n + 1, group, value, path, _wedge(begin, end, RADIUS), x, y))
    return tuple(found)


def rings() -> tuple[float, ...]:
    """The radii of the circles that tell how far a wedge reaches."""
    return tuple(RADIUS * ring / FULL for ring in RINGS)


def _wedge(begin: float, end: float, radius: float) -> str:
    (x0, y0), (x1, y1), middle = _at(begin, radius), _at(end, radius), SIZE / 2
    return f"M{middle} {middle}L{x0} {y0}A{radius:.1f} {radius:.1f} 0 0 1 {x1} {y1}Z"


def _at(angle: float, radius: float) -> tuple[float, float]:
    """A place by its angle clockwise from the top."""
    return round(SIZE / 2 + radius * sin(angle), 1), round(SIZE / 2 - radius * cos(angle), 1)
