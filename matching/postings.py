"""Postings: for each key the positions that have it, and what is known of each there.

Immutable: a change makes new arrays for the keys it touches and shares all the others. Values are
shares in basis points, so that a position with two of them takes eight bytes.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.columns import Floats, Ints
from matching.text.matches import BASIS_POINTS

Key = TypeVar("Key", bound=Hashable)
Values = tuple[float, ...]
"""Each in [0, 1], a whole number of basis points."""


class Posting(NamedTuple):
    """Positions, ascending, and their values: one row for each kind of value."""

    positions: Ints
    values: Floats


class _Held(NamedTuple):
    """A posting in few bytes."""

    positions: NDArray[np.int32]
    values: NDArray[np.uint16]


class Move(NamedTuple, Generic[Key]):
    """A position with the keys and values it had, and those it has now."""

    position: int
    before: Mapping[Key, Values]
    after: Mapping[Key, Values]


@dataclass(frozen=True)
class Postings(Generic[Key]):
    """Postings by key; `width` kinds of values are known at each position."""

    width: int = 0
    found: Mapping[Key, _Held] = field(default_factory=dict[Key, _Held])

    def of(self, key: Key) -> Posting:
        """The posting of a key, empty where no position has it."""
        positions, values = self._held(key)
        return Posting(positions.astype(np.int64), values / BASIS_POINTS)

    def _held(self, key: Key) -> _Held:
        return self.found.get(key) or _held([], [], self.width)

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

    def _moved(self, key: Key, gone: list[int], come: list[tuple[int, Values]]) -> _Held:
        held = self._held(key)
        stays = np.ones(len(held.positions), np.bool_)
        stays[np.searchsorted(held.positions, gone)] = False
        added = _held([position for position, _ in come], [v for _, v in come], self.width)
        positions = np.concatenate([held.positions[stays], added.positions])
        values = np.concatenate([held.values[:, stays], added.values], axis=1)
        order = np.argsort(positions)
        return _Held(positions[order], values[:, order])


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


def _held(positions: list[int], values: list[Values], width: int) -> _Held:
    table = np.array(values, np.float64).reshape(len(positions), width)
    points = np.rint(table.T * BASIS_POINTS).astype(np.uint16)
    return _Held(np.array(positions, np.int32), points)
