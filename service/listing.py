"""From a ranking to a page: what is listed, in which order, and where the next page begins."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from matching.engine import Ranking, Scored
from models.ranking_query import Diversify, RankingQuery
from service.errors import invalid

Key = tuple[int, ...]


class Listed(NamedTuple):
    """A match in its place: `round` goes before the plain order, `rank` is the plain order's."""

    round: int
    rank: int
    scored: Scored

    @property
    def key(self) -> Key:
        """What the list is ordered by."""
        return self.round, *self.scored.key


@dataclass(frozen=True, slots=True)
class Page:
    """Some matches of a ranking, and where the next page begins."""

    matches: Sequence[Listed]
    next_cursor: str | None


def page_of(ranking: Ranking, query: RankingQuery, after: Key | None) -> Page:
    """The matches after a key."""
    ranked = _in_rounds(ranking, query.diversify)
    listed = [m for m in ranked if m.scored.score.score >= (query.min_score or 0)]
    start = 0 if after is None else bisect_right(listed, after, key=lambda match: match.key)
    end = start + query.limit
    return Page(listed[start:end], write_cursor(listed[end - 1]) if end < len(listed) else None)


def _in_rounds(ranking: Ranking, diversify: Diversify) -> list[Listed]:
    """The matches, best first; diversified: each zone's (chain's) best, then each one's second.

    So none takes more of a page than its share, and the plain rank stays visible.
    """
    if diversify is Diversify.NONE:
        return [Listed(0, rank, scored) for rank, scored in enumerate(ranking.eligible, 1)]
    seen: Counter[str] = Counter()
    placed: list[Listed] = []
    for rank, scored in enumerate(ranking.eligible, 1):
        gap = scored.pair.gap
        group = gap.facts.zone.id if diversify is Diversify.ZONE else gap.link.chain_id
        placed.append(Listed(seen[group], rank, scored))
        seen[group] += 1
    return sorted(placed, key=lambda match: match.key)


def write_cursor(last: Listed) -> str:
    """Where the next page begins: after the key of this match."""
    return urlsafe_b64encode(",".join(map(str, last.key)).encode()).decode().rstrip("=")


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
