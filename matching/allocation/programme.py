"""The best total under limits as a linear programme, in whole numbers where it must be (HiGHS).

Of hundreds of thousands of pairs few are ever chosen, so the programme begins with the best of
each side and takes in others while any would gain (column generation: Dantzig and Wolfe 1960).
Where limits lie within one another (zones within regions) the optimum is whole by itself, as of any
flow in a network; where they cross (chains over zones) it may have parts of pairs. Then pairs that
lose more than whole numbers cost are left out, and the rest is solved in whole numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np

from matching.allocation.limits import Limit, NotPossible
from matching.allocation.market import Market
from matching.columns import Flags, Floats, Ints

FIRST = 12
"""The best pairs of each investor, and of each place of a gap, that the programme begins with."""
WHOLE = 1e-6
"""HiGHS holds whole numbers to a millionth."""
HALF = 0.5


def solved(market: Market, limits: Sequence[Limit]) -> Flags:
    """A flag for each pair of the market.

    Raises:
        NotPossible: no allocation keeps all floors and caps.
    """
    programme = _programme(market, limits)
    active = (market.rank_for_investor < FIRST) | (
        market.rank_for_gap < FIRST + market.gap_capacity[market.gap]
    )
    while True:
        parts, loss, short = _relaxed(programme, active)
        gaining = ~active & (loss < -WHOLE)
        if not gaining.any():
            break
        active |= gaining
    if short > WHOLE:
        raise NotPossible("the floors and caps cannot all be kept together")
    if np.abs(parts - np.rint(parts)).max() < WHOLE:
        return parts > HALF
    return _whole(programme, active, loss, float(programme.score @ parts))


@dataclass(frozen=True, slots=True)
class _Programme:
    """Rows: investors, gaps, caps, floors (with their sign turned); a column for each pair."""

    score: Floats
    table: Any
    most: Floats
    floors: int


def _programme(market: Market, limits: Sequence[Limit]) -> _Programme:
    people, size = len(market.investor_capacity), len(market.score)
    rows: list[Ints] = [market.investor, people + market.gap]
    columns, signs = [np.arange(size), np.arange(size)], [np.ones(size), np.ones(size)]
    most = [*market.investor_capacity.tolist(), *market.gap_capacity.tolist()]
    caps = [(limit.gaps, 1.0, float(limit.most)) for limit in limits if limit.most is not None]
    floors = [(limit.gaps, -1.0, -float(limit.least)) for limit in limits if limit.least]
    for gaps, sign, bound in (*caps, *floors):
        inside = np.flatnonzero(np.isin(market.gap, gaps))
        rows.append(np.full(len(inside), len(most)))
        columns.append(inside)
        signs.append(np.full(len(inside), sign))
        most.append(bound)
    where = np.concatenate(rows), np.concatenate(columns)
    sparse: Any = import_module("scipy.sparse")
    table = sparse.csc_array((np.concatenate(signs), where), shape=(len(most), size))
    return _Programme(market.score.astype(np.float64), table, np.array(most), len(floors))


def _relaxed(programme: _Programme, active: Flags) -> tuple[Floats, Floats, float]:
    """(the part of each pair that is chosen, what each would lose, how short the floors are).

    Floors may be missed at a price above all that meeting them could cost, so that there is a
    solution, and prices, with however few pairs.
    """
    optimize: Any = import_module("scipy.optimize")
    sparse: Any = import_module("scipy.sparse")
    rows, floors = len(programme.most), programme.floors
    missed = sparse.csc_array(
        (np.full(floors, -1.0), (np.arange(rows - floors, rows), np.arange(floors))),
        shape=(rows, floors),
    )
    price = np.full(floors, (programme.score.max() + 1) * rows)
    found = optimize.linprog(
        np.concatenate([-programme.score[active], price]),
        A_ub=sparse.hstack([programme.table[:, active], missed], format="csc"),
        b_ub=programme.most,
        bounds=[*[(0, 1)] * int(active.sum()), *[(0, None)] * floors],
        method="highs-ds",
    )
    parts, count = np.zeros(len(active)), int(active.sum())
    parts[active] = found.x[:count]
    loss = -programme.score - found.ineqlin.marginals @ programme.table
    return parts, loss, float(found.x[count:].sum())


def _whole(programme: _Programme, active: Flags, loss: Floats, bound: float) -> Flags:
    """The best of whole pairs: first among the active, then among all that might be better.

    Raises:
        NotPossible: there is none.
    """
    for some in (active, np.ones(len(active), np.bool_)):
        first = _in_whole_numbers(programme, some)
        if first is not None:
            margin = bound - float(programme.score[first].sum())
            better = _in_whole_numbers(programme, loss <= margin + WHOLE)
            return first if better is None else better
    raise NotPossible("the floors and caps cannot all be kept together")


def _in_whole_numbers(programme: _Programme, active: Flags) -> Flags | None:
    optimize: Any = import_module("scipy.optimize")
    found = optimize.milp(
        -programme.score[active],
        constraints=optimize.LinearConstraint(programme.table[:, active], ub=programme.most),
        bounds=optimize.Bounds(0, 1),
        integrality=1,
        options={"mip_rel_gap": 0},  # else an allocation within a ten-thousandth would do
    )
    if found.x is None:
        return None
    chosen = np.zeros(len(active), np.bool_)
    chosen[active] = found.x > HALF
    return chosen
