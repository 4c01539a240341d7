"""Where records stand, by their ids: in some forty bytes each, however many there are."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

FEWEST = 16_384
"""Ids that wait in a plain dict before they go to the sorted ones …"""
SHARE = 8
"""… or this part of those, if it is more: sorting them again costs the less often."""

Ids = NDArray[np.bytes_]
Places = NDArray[np.int32]


class Positions:
    """Positions by id, only ever added to: one thread adds while others ask.

    No id may hold a NUL.
    """

    __slots__ = ("_held",)

    def __init__(self) -> None:
        recent: dict[str, int] = {}
        self._held: tuple[Ids, Places, dict[str, int]]
        self._held = np.zeros(0, "S1"), np.zeros(0, np.int32), recent

    def get(self, id_: str) -> int | None:
        """The position of an id; None where it has none."""
        ids, places, recent = self._held
        if id_ in recent:
            return recent[id_]
        key = _key(id_)
        if len(key) > ids.itemsize:  # numpy would copy all ids to look for a longer one
            return None
        at = int(np.searchsorted(ids, np.bytes_(key)))
        return int(places[at]) if at < len(ids) and bytes(ids[at]) == key else None

    def add(self, positions: Mapping[str, int]) -> None:
        """Note where these are, whatever was noted of them before."""
        ids, places, recent = self._held
        recent.update(positions)
        if len(recent) > max(FEWEST, len(ids) // SHARE):
            self._held = (*_merged(ids, places, recent), {})


def _merged(ids: Ids, places: Places, recent: Mapping[str, int]) -> tuple[Ids, Places]:
    """All in the order of their ids; of two of one id the recent one."""
    every = np.concatenate([np.array([_key(id_) for id_ in recent]), ids])
    at = np.concatenate([np.fromiter(recent.values(), np.int32, len(recent)), places])
    order = np.argsort(every, kind="stable")
    every, at = every[order], at[order]
    is_first = np.append(True, every[1:] != every[:-1])
    return every[is_first], at[is_first]


def _key(id_: str) -> bytes:
    return id_.encode("utf-8", "surrogatepass")
