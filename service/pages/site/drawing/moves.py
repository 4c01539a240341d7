"""Two rankings of the same subject side by side: who moves, how far, and what moved them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

Match = Mapping[str, Any]
"""A match as the API answers it."""

PILLARS: Final = ("strategy", "space", "value")


class Turn(StrEnum):
    """Where a match goes."""

    UP = "up"
    DOWN = "down"
    STAYS = "stays"
    COMES = "comes"
    """It was not among those compared before."""
    GOES = "goes"
    """It is not among those compared any more."""


@dataclass(frozen=True, slots=True)
class Mover:
    """The criterion whose points changed most."""

    criterion: str
    before: int
    after: int

    @property
    def difference(self) -> int:
        """Basis points more than before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Move:
    """One match in both rankings."""

    subject: Mapping[str, Any]
    """The gap or the investor, as the API answers it."""
    turn: Turn
    before: Match | None
    after: Match | None
    mover: Mover | None
    """None where nothing changed, or one of both is not known."""

    @property
    def places(self) -> int:
        """How many places it goes up; below zero down."""
        if self.before is None or self.after is None:
            return 0
        return self.before["rank"] - self.after["rank"]

    @property
    def pillars(self) -> list[tuple[str, int, int]]:
        """Each pillar with its points before and after; empty where one of both is not known."""
        if self.before is None or self.after is None:
            return []
        before, after = self.before["pillars"], self.after["pillars"]
        return [(pillar, before[pillar], after[pillar]) for pillar in PILLARS]


def moves(before: Sequence[Match], after: Sequence[Match], subject: str, most: int) -> list[Move]:
    """The first of the ranking afterwards, then those that leave the first.

    Args:
        before: matches, best first.
        after: matches of the same subject under other figures, best first.
        subject: what a match is about: `gap` or `investor`.
        most: how many are the first.
    """
    then = {match[subject]["id"]: match for match in before}
    now = {match[subject]["id"]: match for match in after}
    first = [match[subject]["id"] for match in after[:most]]
    left = [id_ for match in before[:most] if (id_ := match[subject]["id"]) not in first]
    return [_move(then.get(id_), now.get(id_), subject) for id_ in (*first, *left)]


def _move(before: Match | None, after: Match | None, subject: str) -> Move:
    shown: Match = after or before or {}
    mover = None if before is None or after is None else _mover(before, after)
    return Move(shown[subject], _turn(before, after), before, after, mover)


def _turn(before: Match | None, after: Match | None) -> Turn:
    if before is None:
        return Turn.COMES
    if after is None:
        return Turn.GOES
    places = before["rank"] - after["rank"]
    if places == 0:
        return Turn.STAYS
    return Turn.UP if places > 0 else Turn.DOWN


def _mover(before: Match, after: Match) -> Mover | None:
    held = {one["criterion"]: one["points"] for one in before["components"]}
    found = [
        Mover(one["criterion"], held.get(one["criterion"], 0), one["points"])
        for one in after["components"]
    ]
    best = max(found, key=lambda mover: abs(mover.difference), default=None)
    return best if best is not None and best.difference else None
