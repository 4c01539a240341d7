"""A stable allocation: nobody has a pair that both sides would rather have (0 blocking pairs)."""

from collections import deque
from heapq import heappop, heappush

import numpy as np

from matching.allocation.market import Market
from matching.columns import Flags, Ints


def deferred_acceptance(market: Market) -> Flags:
    """The stable allocation that is best for investors, a flag for each pair of the market.

    Gale and Shapley 1962 with capacities on both sides (Roth 1984): an investor with room asks the
    gaps in its order; a gap keeps the best of those who asked, and sends the others away for good.
    """
    order = np.lexsort((market.rank_for_investor, market.investor))
    counts = np.bincount(market.investor, minlength=len(market.investor_capacity))
    ends = np.cumsum(counts)
    asked, last, asking = _plain(ends - counts), _plain(ends), _plain(order)
    gap, rank = _plain(market.gap), _plain(market.rank_for_gap)
    investor, room = _plain(market.investor), _plain(market.investor_capacity)
    places = _plain(market.gap_capacity)
    kept = [list[tuple[int, int]]() for _ in places]  # the worst of each gap comes first
    waiting = deque(range(len(room)))
    while waiting:
        who = waiting.popleft()
        while room[who] and asked[who] < last[who]:
            pair = asking[asked[who]]
            asked[who] += 1
            room[who] -= 1
            of_gap = kept[gap[pair]]
            heappush(of_gap, (-rank[pair], pair))
            if len(of_gap) > places[gap[pair]]:
                sent_away = investor[heappop(of_gap)[1]]
                room[sent_away] += 1
                if sent_away != who:
                    waiting.append(sent_away)
    chosen = np.zeros(len(gap), np.bool_)
    chosen[[pair for of_gap in kept for _, pair in of_gap]] = True
    return chosen


def _plain(numbers: Ints) -> list[int]:
    """Python's own numbers, which a loop reads quicker."""
    return numbers.tolist()
