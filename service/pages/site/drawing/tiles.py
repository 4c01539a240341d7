"""瓦片地图: the 31 provinces as tiles of one size, roughly where they lie.

Areas would make Xinjiang and Tibet loud and Shanghai invisible; here each has the same say.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

ROWS: Final = (
    ".. .. .. .. .. .. .. 23",
    ".. .. .. .. .. 15 .. 22",
    "65 .. 62 64 14 11 12 21",
    ".. 63 .. 61 41 13 37 ..",
    "54 .. 51 50 42 34 32 31",
    ".. .. 53 52 43 36 33 ..",
    ".. .. .. 45 44 35 .. ..",
    ".. .. .. .. 46 .. .. ..",
)
"""Where each province is, by its GB/T 2260 code. The arrangement is ours."""

SIDE: Final = 64
"""Of a tile and the space to its neighbours, in units of the drawing."""

SHADES: Final = 4
"""Steps of the shade beyond "none": more could not be told apart."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A province on the map.

    Attributes:
        code: of the province.
        x: of its left edge.
        y: of its upper edge.
        value: what is shown; None where it is not known.
        shade: 0 for none or unknown, then 1 to `SHADES`, the more the darker.
    """

    code: str
    x: int
    y: int
    value: int | None
    shade: int


def tiles(values: Mapping[str, int | None]) -> list[Tile]:
    """The map of all provinces, west to east in each row, north to south.

    Args:
        values: by province; one that is absent has none.
    """
    steps = thresholds([value for value in values.values() if value])
    return [
        Tile(code, column * SIDE, row * SIDE, values.get(code, 0), _shade(values.get(code), steps))
        for row, line in enumerate(ROWS)
        for column, code in enumerate(line.split())
        if code != ".."
    ]


def extent() -> tuple[int, int]:
    """Width and height of the map, in units of the drawing."""
    return len(ROWS[0].split()) * SIDE, len(ROWS) * SIDE


def thresholds(values: list[int]) -> list[int]:
    """Where each shade begins: the quarters of the provinces that have any.

    >>> thresholds([1, 2, 3, 40]), thresholds([5, 5]), thresholds([])
    ([1, 2, 3, 40], [5], [])
    """
    ranked = sorted(values)
    places = [len(ranked) * step // SHADES for step in range(SHADES)] if ranked else []
    found = [ranked[place] for place in places]
    return found[:1] + [after for before, after in pairwise(found) if after > before]


def _shade(value: int | None, steps: list[int]) -> int:
    if not value:
        return 0
    passed = sum(value >= step for step in steps)
    return SHADES - len(steps) + passed
