"""Every gap against every investor, cut into pure tasks: `block(g0, g1)`.

A block is the same bytes whoever makes it, and in whatever order: it rests on nothing but the
state and the rules, which every worker holds itself.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matching import ordering
from matching.columns import Ints
from matching.loop import Loop
from matching.ranking import rank_investors
from matching.ruleset import Ruleset
from service.index import State
from service.indexed import IndexedGap

COMPACT: Final = (",", ":")


@dataclass(frozen=True, slots=True)
class AllPairs:
    """What the lists rest on, the same for every block.

    Attributes:
        gaps: positions of the open gaps, zone after zone, in a zone in the order of registration.
        ids: the id of each investor, by its position.
        most: how many investors a list holds.
    """

    state: State
    rules: Ruleset
    compiled: Loop | None
    gaps: Sequence[int]
    ids: Sequence[str]
    most: int

    def block(self, g0: int, g1: int) -> bytes:
        """The lists of the gaps numbered from g0 to below g1, a line of JSON each."""
        return b"".join(map(self._line, self.gaps[g0:g1]))

    def _line(self, position: int) -> bytes:
        gap = self.state.gaps.records.at(position)
        pool = self.state.investors
        ranked = rank_investors(
            gap.profile, pool, pool.near(gap.profile), self.rules, self.compiled
        )
        told = {
            "zone_id": gap.profile.facts.zone.id,
            "gap_id": gap.id,
            "eligible": len(ranked.keys),
            "blocked_total": len(ranked.blocked),
            "matches": self._matches(ranked.keys[: self.most]),
        }
        return json.dumps(told, separators=COMPACT).encode() + b"\n"

    def _matches(self, keys: Ints) -> list[dict[str, str | int]]:
        found = enumerate(map(ordering.parts, keys.tolist()), start=1)
        return [
            {
                "rank": rank,
                "investor_id": self.ids[part.position],
                "score": part.score,
                "coverage": part.coverage,
            }
            for rank, part in found
        ]


def all_pairs(state: State, rules: Ruleset, compiled: Loop | None, most: int) -> AllPairs:
    """The lists of a state under these rules."""
    every = enumerate(state.gaps.records.in_order())
    wanted = sorted((_place(gap), position) for position, gap in every if gap.profile.row.is_open)
    ids = [*state.investors.records]  # once, not for each place of each list
    return AllPairs(state, rules, compiled, [position for _, position in wanted], ids, most)


def _place(gap: IndexedGap) -> tuple[str, int]:
    return gap.profile.facts.zone.id, gap.profile.facts.number
