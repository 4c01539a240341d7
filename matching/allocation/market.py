"""Two sides that are to be matched: who may go with whom, and how each side ranks the other."""

from dataclasses import dataclass

import numpy as np

from matching.columns import Flags, Ints


@dataclass(frozen=True, slots=True)
class Market:
    """Investors and gaps by number, and the pairs among them that may be.

    Shapes: capacities (investors,) and (gaps,); all else (pairs,). A rank counts from 0, the best,
    among the pairs of the same investor, or of the same gap; no two are equal there.
    """

    investor_capacity: Ints
    gap_capacity: Ints
    investor: Ints
    gap: Ints
    score: Ints
    """Basis points."""
    rank_for_investor: Ints
    rank_for_gap: Ints

    def candidates(self) -> Ints:
        """How many investors each gap could have."""
        return np.bincount(self.gap, minlength=len(self.gap_capacity))


def market(
    investor_capacity: Ints, gap_capacity: Ints, pairs: tuple[Ints, Ints], score: Ints, value: Ints
) -> Market:
    """The market in which gaps rank by score and investors by what a pair is of value to them.

    Of equals an investor prefers the higher score; whoever was registered first comes first then.

    Args:
        investor_capacity: how many gaps each takes.
        gap_capacity: how many investors each takes.
        pairs: the numbers of investor and gap of each pair.
        score: basis points of each.
        value: what an investor goes by, the more the better; comparable within one investor.
    """
    investor, gap = pairs
    return Market(
        investor_capacity,
        gap_capacity,
        investor,
        gap,
        score,
        rank_for_investor=_ranks(investor, (gap, -score, -value)),
        rank_for_gap=_ranks(gap, (investor, -score)),
    )


def _ranks(owner: Ints, keys: tuple[Ints, ...]) -> Ints:
    """The place of each pair among those of its owner, ordered by the keys, the last one first."""
    order = np.lexsort((*keys, owner))
    sorted_owner = owner[order]
    starts = np.searchsorted(sorted_owner, sorted_owner, side="left")
    ranks = np.empty(len(owner), np.int64)
    ranks[order] = np.arange(len(owner)) - starts
    return ranks


def blocking_pairs(market: Market, chosen: Flags) -> Flags:
    """The pairs that would both rather have each other than what the allocation gives them.

    Each of the two has room, or has somebody it ranks lower (Gale and Shapley 1962, with capacities
    on both sides as in Roth 1984).

    Args:
        market: who may go with whom.
        chosen: a flag for each pair.
    """
    wants_gap = _would_take(
        market.investor, market.rank_for_investor, market.investor_capacity, chosen
    )
    wants_investor = _would_take(market.gap, market.rank_for_gap, market.gap_capacity, chosen)
    return ~chosen & wants_gap & wants_investor


def _would_take(owner: Ints, rank: Ints, capacity: Ints, chosen: Flags) -> Flags:
    """For each pair whether its owner has room for it, or holds one of a worse rank."""
    held = np.bincount(owner[chosen], minlength=len(capacity))
    worst = np.full(len(capacity), -1, np.int64)
    np.maximum.at(worst, owner[chosen], rank[chosen])
    return (held < capacity)[owner] | (capacity > 0)[owner] & (rank < worst[owner])
