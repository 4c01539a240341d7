"""How the places that two names state go together."""

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from matching.names.lexicon import load_words

Stated = tuple[frozenset[str], ...]
"""The places of a name; each as what it may mean."""


class PlaceRelation(StrEnum):
    """What two names' places say of the two companies."""

    SAME = "same"
    """The innermost places are one."""
    UNSTATED = "unstated"
    """Neither states one."""
    MISSING = "missing"
    """Only one states one, which says nothing."""
    WIDER = "wider"
    """One place lies in the other (a province and its city)."""
    OTHER_CITY = "other_city"
    """Two places apart, at least one of them a city or a district or a province."""
    OTHER_COUNTRY = "other_country"
    """Two countries or continents."""


@lru_cache(maxsize=16_384)
def relate_places(one: Stated, other: Stated) -> PlaceRelation:
    """What the places of two names say; the order of the names does not matter."""
    if not one or not other:
        return PlaceRelation.MISSING if one or other else PlaceRelation.UNSTATED
    apart = [(a, b) for a in one for b in other if not (_is_within(a, b) or _is_within(b, a))]
    if not apart:
        inner, outer = _innermost(one), _innermost(other)
        return PlaceRelation.SAME if inner & outer else PlaceRelation.WIDER
    levels = load_words().levels
    if all(levels.get(place) in ("country", "area") for a, b in apart for place in a | b):
        return PlaceRelation.OTHER_COUNTRY
    return PlaceRelation.OTHER_CITY


def _innermost(stated: Sequence[frozenset[str]]) -> frozenset[str]:
    """The stated place that lies deepest; the later one where two lie equally deep."""
    return max(reversed(stated), key=_depth)


def _depth(place: frozenset[str]) -> int:
    around = load_words().around
    return max(sum(1 for _ in around(one)) for one in place)


def _is_within(inner: frozenset[str], outer: frozenset[str]) -> bool:
    around = load_words().around
    return any(place in outer for one in inner for place in around(one))
