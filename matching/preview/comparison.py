"""One subject's ranking under two rulesets: who enters the top, who leaves it, who moves in it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from matching import ordering
from matching.columns import Ints
from matching.gates import GATES, relevance
from matching.ranking import Ranking


class Turn(StrEnum):
    """进入、退出、移动: what becomes of a candidate's place in the top."""

    ENTERS = "enters"
    LEAVES = "leaves"
    MOVES = "moves"


_TURNS = {(False, True): Turn.ENTERS, (True, False): Turn.LEAVES, (True, True): Turn.MOVES}
"""By whether the candidate was in the top, and whether it is."""


class Move(NamedTuple):
    """A candidate whose place changes; ranks are those of the whole ranking, from 1."""

    turn: Turn
    position: int
    rank_before: int | None
    """None: below the relevance floor or stopped by a gate."""
    rank_after: int | None
    places: int
    """How many it rises, less than 0 where it falls; who has no rank counts as behind the last."""


@dataclass(frozen=True, slots=True)
class Stops:
    """How many candidates each gate stops now and did not, and the other way round, by its key."""

    stopped: Counter[str]
    freed: Counter[str]


def moves(before: Ranking, after: Ranking, top: int) -> list[Move]:
    """What changes in the top of a ranking: first the new top in its order, then those who leave.

    Args:
        before: the ranking as it is.
        after: the same subject held against the same candidates under another ruleset.
        top: how many places are looked at.
    """
    old, new = top_of(before, top), top_of(after, top)
    if old == new:
        return []
    everyone = dict.fromkeys([*new, *old])
    was, is_ = _ranks(before.keys), _ranks(after.keys)
    last, following = len(before.keys) + 1, len(after.keys) + 1
    return [
        Move(
            _TURNS[who in old, who in new],
            who,
            was.get(who),
            is_.get(who),
            was.get(who, last) - is_.get(who, following),
        )
        for who in everyone
        if was.get(who) != is_.get(who)
    ]


def top_of(ranking: Ranking, top: int) -> list[int]:
    """The positions of the best few, best first."""
    found: list[int] = ordering.positions(ranking.keys[:top]).tolist()
    return found


def stops(before: Ranking, after: Ranking) -> Stops:
    """What the gates stop under one ruleset and not under the other, the relevance floor included.

    Gates that keep a candidate out whoever asks read no policy, so what comes into the pool or
    goes out of it does so by the floor.
    """
    found = Stops(Counter(), Counter())
    if before.rules.tables == after.rules.tables:  # all that gates read of a policy
        return found
    for one, other, count in ((before, after, found.stopped), (after, before, found.freed)):
        if outside := len(_without(_in_pool(one), _in_pool(other))):
            count[relevance.RELEVANCE.key] += outside
        count.update(_gates(other, _without(other.blocked, one.blocked).tolist()))
    return found


def _ranks(keys: Ints) -> dict[int, int]:
    """The rank of each candidate that has one, by its position."""
    return {who: rank for rank, who in enumerate(ordering.positions(keys).tolist(), 1)}


def _in_pool(ranking: Ranking) -> Ints:
    return np.concatenate([ordering.positions(ranking.keys), ranking.blocked])


def _without(some: Ints, others: Ints) -> Ints:
    return np.setdiff1d(some, others, assume_unique=True)


def _gates(ranking: Ranking, positions: Iterable[int]) -> Iterator[str]:
    """The first gate that stops each of these blocked candidates."""
    for position in positions:
        gap, investor = ranking.gap_at(position).row, ranking.investor_at(position).row
        yield next(g.key for g in GATES if g.blocks(gap, investor, ranking.rules.tables))
