"""Which editions lie over the built-in reference on which day, and the reference they make."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from matching.reference.edition import Edition, KeywordsEdition
from matching.reference.laying import lay
from matching.reference.loader import Reference


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """An edition that was activated, and when it lies over the others; one object a state."""

    id: str
    edition: Edition
    first: date
    activated_at: datetime
    until: date | None = None
    """The first day on which it rules no more."""
    rolled_back_at: datetime | None = None

    def covers(self, day: date, known_at: datetime | None = None) -> bool:
        """Whether it lies there on a day, by what was known at a moment (now, if none is named)."""
        if known_at is not None and self.activated_at > known_at:
            return False
        is_over = self.rolled_back_at is not None and (
            known_at is None or self.rolled_back_at <= known_at
        )
        begun = self.first <= day
        return begun and not (is_over and self.until is not None and self.until <= day)

    def replaces(self, other: "Loaded") -> bool:
        """Whether nothing is seen of the other one below this; keywords hide single links only."""
        same = self.edition.name == other.edition.name
        return same and not isinstance(self.edition, KeywordsEdition)


Stack = tuple[Loaded, ...]

STACKS_KEPT = 128
"""Every part of a stack from below is kept: a hundred editions are laid once, not at each look."""


class Layers:
    """The references that editions make; a process keeps those used last."""

    def __init__(self, built_in: Reference) -> None:
        self._built_in = built_in
        self._laid = lru_cache(maxsize=STACKS_KEPT)(self._lay)

    def over(self, stack: Stack) -> Reference:
        """The built-in reference with these editions laid over it, the first one lowest.

        One that cannot be laid there is passed over: a release may bring another built-in
        reference than the one it was made for, and the service must still start.
        """
        return self._laid(stack) if stack else self._built_in

    def _lay(self, stack: Stack) -> Reference:
        below = self.over(stack[:-1])
        try:
            return lay(below, stack[-1].edition)
        except ValueError:
            return below


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every edition that was ever activated, the one that begins first coming first."""

    layers: Layers
    loaded: Stack = ()

    def on(self, day: date) -> Stack:
        """The editions that cover a day, the lowest first."""
        return tuple(one for one in self.loaded if one.covers(day))

    def reference(self, day: date) -> Reference:
        """The reference that rules on a day."""
        return self.layers.over(self.on(day))

    def ever(self) -> Iterator[Stack]:
        """Every stack that an answer can ever have rested on, the empty one among them.

        What is activated or rolled back on a day rules from that moment; of what was asked about
        other days, coming ones included, the days on which something begins or ends tell all.
        """
        days = {one.first for one in self.loaded} | {one.until for one in self.loaded if one.until}
        moments = {one.activated_at for one in self.loaded} | {
            one.rolled_back_at for one in self.loaded if one.rolled_back_at
        }
        found: dict[Stack, None] = {(): None}
        for moment in sorted(moments):
            for day in sorted(days):
                found[tuple(one for one in self.loaded if one.covers(day, moment))] = None
        yield from found
