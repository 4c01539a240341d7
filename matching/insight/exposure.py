"""曝光: how often the first places of rankings show each zone, and how unevenly.

Computed from the rankings themselves, not logged: what a ranking shows follows from pool and
policy, and who reads it how often is nobody's merit.
"""

from collections.abc import Mapping
from typing import NamedTuple

from matching import indices
from matching.points import WHOLE
from matching.reweighting import shared_out

TOPS = (1, 5, 10)
"""How many of the most shown zones have their share told."""


class Shown(NamedTuple):
    """One zone, region, province or origin."""

    key: str
    of: int
    """Open gaps it has; investors of an origin."""
    places: int
    share: int
    """Of all places, basis points; they add up to 10,000 where there is any place."""
    due: int
    """Its share of all gaps (or investors), basis points."""


def shown(of: Mapping[str, int], places: Mapping[str, int]) -> list[Shown]:
    """Each one that could be shown, whether it was or not: most places first, then the given order.

    Args:
        of: how many gaps (or investors) each has.
        places: how often each stands at the top of a ranking.
    """
    counts = [places.get(key, 0) for key in of]
    rows = zip(
        of, of.values(), counts, shared_out(WHOLE, counts), shared_out(WHOLE, [*of.values()]),
        strict=True,
    )  # fmt: skip
    return sorted((Shown(*row) for row in rows), key=lambda row: -row.places)


class Unevenness(NamedTuple):
    """How unevenly places are spread; None where there is no place at all."""

    gini: float | None
    gini_per_gap: float | None
    """Of the places per open gap: what is left when who has more gaps may be shown more."""
    shares_of_first: Mapping[int, int]
    """Share of the most shown ones, by their number (`TOPS`), basis points."""
    never_shown: int


def unevenness(rows: list[Shown]) -> Unevenness:
    """The spread over those that could be shown, the never shown among them."""
    places = [row.places for row in rows]
    whole = sum(places)
    ordered = sorted(places, reverse=True)
    return Unevenness(
        indices.gini(places) if whole else None,
        indices.gini([row.places / row.of for row in rows]) if whole else None,
        {top: WHOLE * sum(ordered[:top]) // whole if whole else 0 for top in TOPS},
        sum(not count for count in places),
    )
