"""When a kept answer stays as it is, to the byte, although records have changed."""

from collections.abc import Callable, Iterable

from matching import ordering
from matching.holding import Extent, Off, place_of
from matching.ranking import Ranking
from matching.roster import Change, Record
from matching.ruleset import Ruleset
from models.ranking_query import Diversify, PoolFilter, RankingQuery
from service.answers import MOST_BLOCKED
from service.index import Changes
from service.indexed import IndexedGap, IndexedInvestor
from service.listing import Page
from service.usecases.filtering import wants_gap, wants_investor

EVERYTHING = Extent(frozenset(), last=0, least=0, is_plain=False)
"""Of an answer that rests on all candidates."""


def extent_of(ranking: Ranking, page: Page, query: RankingQuery) -> Extent:
    """What a page of a ranking shows."""
    least = ordering.least(query.min_score or 0)
    listed = [match.position for match in page.matches]
    return Extent(
        shown=frozenset([*listed, *ranking.blocked[:MOST_BLOCKED].tolist()]),
        last=int(ranking.keys[page.matches[-1].rank - 1]) if listed else least,
        least=least,
        is_plain=query.diversify is Diversify.NONE,
    )


def of_gaps(
    investor: IndexedInvestor, query: PoolFilter, extent: Extent, rules: Ruleset, changes: Changes
) -> bool:
    """Whether what is shown of the gaps for an investor holds."""

    def place(gap: IndexedGap, position: int) -> int:
        if not wants_gap(gap, query):
            return Off.POOL
        return place_of(investor.profile, gap.profile, position, rules)

    if not wants_investor(investor, query):
        return not touches(changes.investors, investor.id)
    return not touches(changes.investors, investor.id) and _hold(extent, changes.gaps, place)


def of_investors(
    gap: IndexedGap, query: PoolFilter, extent: Extent, rules: Ruleset, changes: Changes
) -> bool:
    """Whether what is shown of the investors for a gap holds."""

    def place(investor: IndexedInvestor, position: int) -> int:
        if not wants_investor(investor, query):
            return Off.POOL
        return place_of(investor.profile, gap.profile, position, rules)

    if not wants_gap(gap, query):
        return not touches(changes.gaps, gap.id)
    return not touches(changes.gaps, gap.id) and _hold(extent, changes.investors, place)


def of_pair(investor_id: str, gap_id: str, changes: Changes) -> bool:
    """Whether neither of the two has changed."""
    return not (touches(changes.investors, investor_id) or touches(changes.gaps, gap_id))


def touches(changes: Iterable[Change[Record]], id_: str) -> bool:
    """Whether a record is among those that changed."""
    return any(change.after.id == id_ for change in changes)


def _hold(
    extent: Extent, changes: Iterable[Change[Record]], place: Callable[[Record, int], int]
) -> bool:
    return all(
        extent.holds(
            position,
            Off.POOL if before is None else place(before, position),
            place(after, position),
        )
        for position, before, after in changes
    )
