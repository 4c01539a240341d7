"""Postings: for each key the positions that have it, and what is known of each there.

Immutable: a change makes new arrays for the keys it touches and shares all the others.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, NamedTuple, TypeVar

import numpy as np

from matching.columns import Floats, Ints

Key = TypeVar("Key", bound=Hashable)
Values = tuple[float, ...]


class Posting(NamedTuple):
    """Positions, ascending, and their values: one row for each kind of value."""

    positions: Ints
    values: Floats


class Move(NamedTuple, Generic[Key]):
    """A position with the keys and values it had, and those it has now."""

    position: int
    before: Mapping[Key, Values]
    after: Mapping[Key, Values]


@dataclass(frozen=True)
class Postings(Generic[Key]):
    """Postings by key; `width` kinds of values are known at each position."""

    width: int = 0
    found: Mapping[Key, Posting] = field(default_factory=dict[Key, Posting])

    def of(self, key: Key) -> Posting:
        """The posting of a key, empty where no position has it."""
        return self.found.get(key) or _posting([], [], self.width)

    def changed(self, moves: Iterable[Move[Key]]) -> "Postings[Key]":
        """The postings after these moves, no position twice among them."""
        gone, come = _sorted_out(moves)
        if not (gone or come):
            return self
        found = dict(self.found)
        for key in gone.keys() | come.keys():
            found[key] = self._moved(key, gone.get(key, []), come.get(key, []))
            if not len(found[key].positions):
                del found[key]
        return replace(self, found=found)

    def _moved(self, key: Key, gone: list[int], come: list[tuple[int, Values]]) -> Posting:
        held = self.of(key)
        stays = np.ones(len(held.positions), np.bool_)
        stays[np.searchsorted(held.positions, gone)] = False
        added = _posting([position for position, _ in come], [v for _, v in come], self.width)
        positions = np.concatenate([held.positions[stays], added.positions])
        values = np.concatenate([held.values[:, stays], added.values], axis=1)
        order = np.argsort(positions)
        return Posting(positions[order], values[:, order])


def _sorted_out(
    moves: Iterable[Move[Key]],
) -> tuple[dict[Key, list[int]], dict[Key, list[tuple[int, Values]]]]:
    """By key, the positions that leave its posting and those that come; what stays is neither."""
    gone: defaultdict[Key, list[int]] = defaultdict(list)
    come: defaultdict[Key, list[tuple[int, Values]]] = defaultdict(list)
    for position, before, after in moves:
        for key, values in before.items():
            if after.get(key) != values:
                gone[key].append(position)
        for key, values in after.items():
            if before.get(key) != values:
                come[key].append((position, values))
    return gone, come


def _posting(positions: list[int], values: list[Values], width: int) -> Posting:
    table = np.array(values, np.float64).reshape(len(positions), width)
    return Posting(np.array(positions, np.int64), table.T)
