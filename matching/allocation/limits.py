"""Floors and caps: how many pairs there must be, or may be, with the gaps of a group."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.allocation.market import Market
from matching.columns import Ints


@dataclass(frozen=True, slots=True)
class Limit:
    """At least and at most so many pairs with certain gaps: of a zone, a region, a chain.

    `gaps` are numbers of gaps in the market.
    """

    name: str
    gaps: Ints
    least: int = 0
    most: int | None = None


class NotPossible(ValueError):  # noqa: N818 - it is an answer, no mistake
    """No allocation keeps all floors and caps; the message names what cannot be met."""


def check_floors(market: Market, limits: Sequence[Limit]) -> None:
    """Nothing when each floor could be met if it were alone.

    Raises:
        NotPossible: one could not, or is above its own cap.
    """
    places = np.minimum(market.gap_capacity, market.candidates())
    for limit in limits:
        if limit.most is not None and limit.least > limit.most:
            raise NotPossible(f"{limit.name}: at least {limit.least}, but at most {limit.most}")
        asking = np.unique(market.investor[np.isin(market.gap, limit.gaps)])
        room = market.investor_capacity[asking].sum()
        possible = min(int(places[limit.gaps].sum()), int(room))
        if possible < limit.least:
            raise NotPossible(f"{limit.name}: at least {limit.least}, but {possible} are possible")
