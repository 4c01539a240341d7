"""The map of a chain as boxes and lines; the same for all zones, so that it is laid out once."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from matching.vocabulary import Segment
from service.pages.site.drawing.ordering import Column, Edges, columns
from service.pages.site.drawing.wrapping import wrapped

WIDTH: Final = 1120.0
EDGE: Final = 2.0
"""Around the whole, so that no frame is cut."""
WIDEST: Final = 236.0
"""Of a box."""
BETWEEN: Final = 96.0
"""Least room for lines between segments."""
WITHIN: Final = 40.0
"""Between the two columns of one segment."""
LETTER: Final = 12.5
"""Size of the letters in a box."""
LINE: Final = 15.5
"""From one line of a name to the next."""
SIGN: Final = 26.0
"""Room for the sign of the status, left of the name."""
MARK: Final = 42.0
"""Room for the mark of an open gap, right of the name."""
LEAST_HIGH: Final = 36.0
"""Of a box: a finger hits it."""
AIR: Final = 18.0
"""Between boxes, where lines run through."""
HEAD: Final = 34.0
"""For the name of the segment over its boxes."""
PORT: Final = 3.5
"""Between lines that end at one box."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A link to be drawn."""

    link_id: str
    name: str
    segment: Segment


@dataclass(frozen=True, slots=True)
class Box:
    """Where a link stands, and its name in lines; `lines` of the map that begin or end here."""

    spot: Spot
    x: float
    y: float
    names: tuple[tuple[float, str], ...]
    """The height of each line of the name, and the line."""
    edges: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """From supplier to customer as the path of an SVG."""

    path: str
    is_back: bool
    """Whether it runs against the stream: what a chain gives back to its suppliers."""


@dataclass(frozen=True, slots=True)
class Head:
    """The name of a segment over the middle of its columns."""

    segment: Segment
    x: float
    links: int


@dataclass(frozen=True, slots=True)
class Map:
    """All of it, in the units of the drawing."""

    width: float
    height: float
    box_width: float
    box_height: float
    heads: tuple[Head, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Columns on the drawing: where each begins, and the edges of its segment."""

    columns: tuple[Column, ...]
    lefts: tuple[float, ...]
    box_width: float
    box_height: float
    column_of: dict[int, int]
    middles: dict[int, float]
    """The height of the middle of each link's box."""

    def span(self, column: int) -> tuple[float, float]:
        """Where the segment of a column begins and ends."""
        segment = self.columns[column].segment
        lefts = [
            left
            for one, left in zip(self.columns, self.lefts, strict=True)
            if one.segment is segment
        ]
        return min(lefts), max(lefts) + self.box_width


@lru_cache(maxsize=256)
def chain_map(spots: tuple[Spot, ...], edges: tuple[tuple[int, int], ...]) -> Map:
    """A chain laid out: upstream on the left, downstream on the right.

    Args:
        spots: its links, in reading order.
        edges: supplier and customer, by their places among the links.
    """
    grid, names = _grid(spots, edges)
    at: defaultdict[int, list[int]] = defaultdict(list)
    for number, edge in enumerate(edges):
        for link in dict.fromkeys(edge):
            at[link].append(number)
    height = max((middle for middle in grid.middles.values()), default=HEAD) + grid.box_height / 2
    return Map(
        WIDTH,
        height + 4,
        grid.box_width,
        grid.box_height,
        _heads(grid),
        tuple(
            Box(
                spot,
                grid.lefts[grid.column_of[n]],
                grid.middles[n] - grid.box_height / 2,
                _centred(names[n], grid.middles[n]),
                tuple(at[n]),
            )
            for n, spot in enumerate(spots)
        ),
        tuple(_lines(grid, edges)),
    )


def _grid(spots: Sequence[Spot], edges: Edges) -> tuple[_Grid, list[list[str]]]:
    found = tuple(columns([spot.segment for spot in spots], edges))
    count, segments = len(found), len({column.segment for column in found})
    inner, outer = count - segments, max(segments - 1, 1)
    lines_room = WITHIN * inner + (WITHIN if _turns_last(found, edges) else 0.0)
    room = WIDTH - 2 * EDGE - lines_room
    box_width = min(WIDEST, (room - BETWEEN * (segments - 1)) / max(count, 1))
    between = (room - box_width * count) / outer
    names = [wrapped(spot.name, (box_width - SIGN - MARK) / LETTER) for spot in spots]
    box_height = max(LINE * max((len(lines) for lines in names), default=1) + 12, LEAST_HIGH)
    lefts: list[float] = []
    x = EDGE
    for number, column in enumerate(found):
        if number:
            x += box_width + (WITHIN if column.segment is found[number - 1].segment else between)
        lefts.append(round(x, 1))
    pitch = box_height + AIR
    middles = {
        link: round(HEAD + box_height / 2 + (column.top + row) * pitch, 1)
        for column in found
        for row, link in enumerate(column.links)
    }
    column_of = {link: number for number, column in enumerate(found) for link in column.links}
    return _Grid(found, tuple(lefts), box_width, box_height, column_of, middles), names


def _turns_last(found: Sequence[Column], edges: Edges) -> bool:
    """Whether a line leads back into the last column, which needs room on its right."""
    last = set(found[-1].links) if found else set[int]()
    return any(supplier in last and customer in last for supplier, customer in edges)


def _centred(names: Sequence[str], middle: float) -> tuple[tuple[float, str], ...]:
    """Each line of a name with its height, the whole in the middle of the box."""
    first = middle - LINE * (len(names) - 1) / 2 + LETTER * 0.36
    return tuple((round(first + LINE * n, 1), line) for n, line in enumerate(names))


def _heads(grid: _Grid) -> tuple[Head, ...]:
    links: Counter[Segment] = Counter()
    for column in grid.columns:
        links[column.segment] += len(column.links)
    spans = {column.segment: grid.span(number) for number, column in enumerate(grid.columns)}
    return tuple(Head(s, (left + right) / 2, links[s]) for s, (left, right) in spans.items())


def _lines(grid: _Grid, edges: Edges) -> list[Line]:
    """Lines that end at one box end beside one another, in the order in which they come in."""
    coming: defaultdict[int, list[int]] = defaultdict(list)
    for supplier, customer in edges:
        coming[customer].append(supplier)
    for suppliers in coming.values():
        suppliers.sort(key=lambda link: grid.middles[link])
    found: list[Line] = []
    for supplier, customer in edges:
        among = coming[customer]
        apart = min(PORT, (grid.box_height - 14) / max(len(among) - 1, 1))
        port = (among.index(supplier) - (len(among) - 1) / 2) * apart
        found.append(_line(grid, supplier, customer, port))
    return found


def _line(grid: _Grid, supplier: int, customer: int, port: float) -> Line:
    """One line; between segments it bends only in the room between them."""
    start, end = grid.column_of[supplier], grid.column_of[customer]
    here, there = grid.middles[supplier], round(grid.middles[customer] + port, 1)
    left, right = grid.lefts[start], grid.lefts[start] + grid.box_width
    if start == end:
        out = right + min(14 + abs(there - here) / 8, WITHIN - 6)
        return Line(
            f"M{right:.1f} {here}C{out:.1f} {here} {out:.1f} {there} {right:.1f} {there}", False
        )
    to_left, to_right = grid.lefts[end], grid.lefts[end] + grid.box_width
    if start > end:
        return Line(_bend(left, here, left, to_right, there, to_right), True)
    is_within = grid.columns[start].segment is grid.columns[end].segment
    leaves = right if is_within else grid.span(start)[1]
    enters = to_left if is_within else grid.span(end)[0]
    return Line(_bend(right, here, leaves, enters, there, to_left), False)


def _bend(x0: float, y0: float, leaves: float, enters: float, y1: float, x1: float) -> str:
    """Level to where it leaves, a bend to where it enters, level to its end."""
    middle = (leaves + enters) / 2
    begin = f"M{x0:.1f} {y0}" + (f"H{leaves:.1f}" if leaves != x0 else "")
    bend = f"C{middle:.1f} {y0} {middle:.1f} {y1} {enters:.1f} {y1}"
    return begin + bend + (f"H{x1:.1f}" if x1 != enters else "")
