"""Who fits a gap best, and how many do: the first line of its ranking, from the same cache."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from models.ranking_query import RankingQuery
from service.runtime import Work
from service.usecases import ranking

FIRST: Final = RankingQuery(limit=1)


@dataclass(frozen=True, slots=True)
class Fit:
    """What a ranking says of a gap in short.

    Attributes:
        eligible: investors that may be matched with it.
        best: the first of them as the ranking shows it; None where there is none.
    """

    eligible: int
    best: Mapping[str, Any] | None


def fits_of(work: Work, gap_ids: Collection[str], most: int) -> Mapping[str, Fit]:
    """How many investors fit each of the gaps, by its id; of the first `most` of them.

    Raises:
        NotValid: no policy is in force.
    """
    return {gap_id: _fit(work, gap_id) for gap_id in list(gap_ids)[:most]}


def _fit(work: Work, gap_id: str) -> Fit:
    found = json.loads(ranking.investors_for(work, gap_id, FIRST, bypass=False).entry.body)
    return Fit(found["eligible"], next(iter(found["matches"]), None))
