"""From a ranking to a page: what is listed, in which order, and where the next page begins."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from matching import ordering
from matching.columns import Ints
from matching.profiles import GapProfile
from matching.ranking import Ranking
from models.ranking_query import Diversify, RankingQuery
from service.errors import invalid

Key = tuple[int, ...]

GROUPS: Mapping[Diversify, Callable[[GapProfile], str]] = {
    Diversify.ZONE: lambda gap: gap.facts.zone.id,
    Diversify.CHAIN: lambda gap: gap.link.chain_id,
}


class Listed(NamedTuple):
    """A match in its place: the candidate's position, and its rank in the plain order, from 1."""

    rank: int
    position: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some matches of a ranking, and where the next page begins."""

    matches: Sequence[Listed]
    next_cursor: str | None


def page_of(ranking: Ranking, query: RankingQuery, after: Key | None) -> Page:
    """The matches after a key."""
    rounds = _rounds(ranking, query.diversify)
    reached = np.count_nonzero(ranking.keys >= ordering.least(query.min_score or 0))
    order = np.argsort(rounds[:reached], kind="stable")

    def key(place: int) -> Key:
        return int(rounds[place]), *ranking.order_of(int(ranking.keys[place]))

    start = 0 if after is None else bisect_right(range(reached), after, key=lambda n: key(order[n]))
    listed = order[start : start + query.limit]
    positions = ordering.positions(ranking.keys[listed])
    matches = [Listed(*match) for match in np.stack([listed + 1, positions], axis=1).tolist()]
    is_last = start + query.limit >= reached
    return Page(matches, None if is_last else write_cursor(key(listed[-1])))


def _rounds(ranking: Ranking, diversify: Diversify) -> Ints:
    """The round of each match: each zone's (chain's) best comes in the first, its second next.

    So none takes more of a page than its share, and the plain rank stays visible.
    """
    rounds = np.zeros(len(ranking.keys), np.int64)
    if diversify in GROUPS:
        seen: Counter[str] = Counter()
        for place, position in enumerate(ordering.positions(ranking.keys).tolist()):
            group = GROUPS[diversify](ranking.gap_at(position))
            rounds[place] = seen[group]
            seen[group] += 1
    return rounds


def write_cursor(last: Key) -> str:
    """Where the next page begins: after this key."""
    return urlsafe_b64encode(",".join(map(str, last)).encode()).decode().rstrip("=")


def read_cursor(cursor: str | None) -> Key | None:
    """The key that a cursor stands for.

    Raises:
        NotValid: it is no cursor of a ranking.
    """
    if cursor is None:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        parts = urlsafe_b64decode(padded).decode("ascii").split(",")
        round_, one, two, three, four, five = map(int, parts)
    except ValueError as error:
        raise invalid("is not a cursor of this list", "query", "cursor") from error
    return round_, one, two, three, four, five
