"""Where the links of a chain stand on its map: columns, and an order in which few lines cross.

A segment of many links has two columns, suppliers of the segment's own links first; the second one
is half a row lower, so that lines of the first run through between its boxes.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from matching.vocabulary import Segment

MOST_IN_COLUMN: Final = 11
"""Links of a segment that stand in one column: more would not fit on a screen."""
SWEEPS: Final = 12
"""After a few the order no longer changes; more would only cost."""

Edges = Sequence[tuple[int, int]]
"""Supplier and customer, by their places in the list of links."""


@dataclass(frozen=True, slots=True)
class Column:
    """Links from top to bottom, by their places; `top` in rows."""

    segment: Segment
    links: Sequence[int]
    top: float


def columns(segments: Sequence[Segment], edges: Edges) -> list[Column]:
    """The columns of a chain's map from left to right.

    Args:
        segments: of each link.
        edges: within the chain.
    """
    stacks = [
        (segment, half, is_second)
        for segment in Segment
        for half, is_second in _halves([n for n, s in enumerate(segments) if s is segment], edges)
    ]
    rows = max((len(half) + is_second / 2 for _, half, is_second in stacks), default=0.0)
    tops = [_top(stacks, number, rows) for number in range(len(stacks))]
    order = _fewer_crossings([half for _, half, _ in stacks], tops, edges)
    return [
        Column(segment, links, top)
        for (segment, _, _), links, top in zip(stacks, order, tops, strict=True)
    ]


def _halves(links: list[int], edges: Edges) -> list[tuple[list[int], bool]]:
    """The links of a segment in one column or two, with whether a column is the second."""
    if len(links) <= MOST_IN_COLUMN:
        return [(links, False)] if links else []
    here = set(links)
    lead: defaultdict[int, int] = defaultdict(int)
    for supplier, customer in edges:
        if supplier in here and customer in here:
            lead[supplier] += 1
            lead[customer] -= 1
    ordered = sorted(links, key=lambda link: -lead[link])
    middle = (len(links) + 1) // 2
    return [(sorted(ordered[:middle]), False), (sorted(ordered[middle:]), True)]


def _top(stacks: Sequence[tuple[Segment, list[int], bool]], number: int, rows: float) -> float:
    """The row in which a column begins: in the middle; a second one half a row below its first."""
    _, half, is_second = stacks[number]
    if is_second:
        return _top(stacks, number - 1, rows) + 0.5
    follows = number + 1 < len(stacks) and stacks[number + 1][2]
    tall = max(len(half), len(stacks[number + 1][1]) + 0.5) if follows else len(half)
    return (rows - tall) / 2


def _fewer_crossings(
    stacks: Sequence[list[int]], tops: Sequence[float], edges: Edges
) -> list[list[int]]:
    """Each column ordered by the mean row of what its links are joined to, until lines are short.

    After the barycentre method of Sugiyama, Tagawa and Toda (1981); of the orders on the way the
    one whose lines climb and fall least is taken.
    """
    joined: defaultdict[int, list[int]] = defaultdict(list)
    for supplier, customer in edges:
        joined[supplier].append(customer)
        joined[customer].append(supplier)
    order = [list(stack) for stack in stacks]
    best, least = order, _climb(_rows(order, tops), edges)
    for _ in range(SWEEPS):
        for number, links in enumerate(order):
            at = _rows(order, tops)
            order[number] = sorted(links, key=lambda link, at=at: _mean_row(link, at, joined))
        climb = _climb(_rows(order, tops), edges)
        if climb < least:
            best, least = [list(links) for links in order], climb
    return _swapped([list(links) for links in best], tops, edges)


def _swapped(order: list[list[int]], tops: Sequence[float], edges: Edges) -> list[list[int]]:
    """The same with neighbours swapped as long as that makes the lines climb less."""
    least, improves = _climb(_rows(order, tops), edges), True
    while improves:
        improves = False
        for links in order:
            for one, other in pairwise(range(len(links))):
                links[one], links[other] = links[other], links[one]
                climb = _climb(_rows(order, tops), edges)
                if climb < least - 1e-9:
                    least, improves = climb, True
                else:
                    links[one], links[other] = links[other], links[one]
    return order


def _rows(order: Sequence[Sequence[int]], tops: Sequence[float]) -> dict[int, float]:
    return {
        link: top + row
        for links, top in zip(order, tops, strict=True)
        for row, link in enumerate(links)
    }


def _mean_row(link: int, at: Mapping[int, float], joined: Mapping[int, Sequence[int]]) -> float:
    rows = [at[other] for other in joined.get(link, ())]
    return sum(rows) / len(rows) if rows else at[link]


def _climb(at: Mapping[int, float], edges: Edges) -> float:
    """By how many rows all lines climb or fall."""
    return sum(abs(at[supplier] - at[customer]) for supplier, customer in edges)
