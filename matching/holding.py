"""Whether a page of a ranking still holds after records have changed, without ranking anew.

Scores are absolute, so a record that changes moves nobody but itself. While it was off the page and
still is, on the same side of it, every byte of the page is what ranking anew would give.
"""

from dataclasses import dataclass
from enum import IntEnum

from matching import ordering
from matching.engine import blocking_gate, is_in_pool, score_pair
from matching.profiles import GapProfile, InvestorProfile, pair
from matching.ruleset import Ruleset


class Off(IntEnum):
    """Where a pair is that has no place among the eligible."""

    POOL = -2
    """Not in the pool."""
    BLOCKED = -1
    """In the pool, stopped by a gate."""


def place_of(investor: InvestorProfile, gap: GapProfile, position: int, rules: Ruleset) -> int:
    """The key of a pair in a ranking, or where else it is.

    Args:
        investor: the one of the two …
        gap: … and the other.
        position: that of the candidate, whichever of the two it is.
        rules: under which the ranking was made.
    """
    held = pair(investor, gap, rules.tables, rules.reference)
    if not is_in_pool(held):
        return Off.POOL
    if blocking_gate(held) is not None:
        return Off.BLOCKED
    score = score_pair(held, rules).score
    return ordering.key(score.score, score.coverage, gap.row.severity, position)


@dataclass(frozen=True, slots=True)
class Extent:
    """What a page shows of a ranking."""

    shown: frozenset[int]
    """Positions of all that it names, blocked ones too."""
    last: int
    """The key of the last match listed; where none is, that of the least score listed."""
    least: int
    """Keys below it are counted, never listed."""
    is_plain: bool = True
    """Best first; in any other order whoever comes or goes may move others."""

    def holds(self, position: int, before: int, after: int) -> bool:
        """Whether the page stays as it is when a record goes from one place to another."""
        if before == after == Off.POOL:
            return True
        if position in self.shown or not self.is_plain:
            return False
        below = self._rank_below(before)
        return before == after or (below is not None and below == self._rank_below(after))

    def _rank_below(self, place: int) -> bool | None:
        """Whether a place below the page would be listed on a later one; None elsewhere."""
        return self.least <= place if 0 <= place < self.last else None
