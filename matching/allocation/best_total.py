"""The allocation with the best total score: an assignment, or a programme under limits."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np

from matching.allocation.limits import Limit, NotPossible, check_floors
from matching.allocation.market import Market
from matching.allocation.programme import solved
from matching.columns import Flags, Ints

MOST_CELLS = 16_000_000
"""Of the table of investors by places: some seconds, and 130 MB, of the assignment solver."""

__all__ = ["Limit", "NotPossible", "best_total"]


def best_total(market: Market, limits: Sequence[Limit] = ()) -> Flags:
    """An allocation than which none has a greater total score, a flag for each pair.

    Without limits, where investors take one each, it is an assignment (SciPy's
    `linear_sum_assignment`: Crouse 2016); else a programme (`programme.solved`).

    Raises:
        NotPossible: the floors cannot be met.
    """
    check_floors(market, limits)
    if not len(market.score):
        return np.zeros(0, np.bool_)
    places = np.minimum(market.gap_capacity, market.candidates())
    takes_one = (market.investor_capacity <= 1).all()
    if not limits and takes_one and places.sum() * len(market.investor_capacity) <= MOST_CELLS:
        return _assigned(market, places)
    return solved(market, limits)


def _assigned(market: Market, places: Ints) -> Flags:
    """By a table of investors and the places of all gaps; what is not a pair is worth nothing."""
    solvers: Any = import_module("scipy.optimize")  # a fifth of a second, which no start waits for
    first = np.cumsum(places) - places
    table = np.zeros((len(market.investor_capacity), int(places.sum())))
    pair_at = np.full(table.shape, -1, np.int64)
    for place in range(int(places.max())):
        held = (places[market.gap] > place) & (market.investor_capacity[market.investor] > 0)
        column = first[market.gap[held]] + place
        table[market.investor[held], column] = market.score[held]
        pair_at[market.investor[held], column] = np.flatnonzero(held)
    rows, columns = solvers.linear_sum_assignment(table, maximize=True)
    found = pair_at[rows, columns]
    chosen = np.zeros(len(market.score), np.bool_)
    chosen[found[found >= 0]] = True
    return chosen
