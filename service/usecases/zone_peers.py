"""How a zone stands beside the others in what they lead in: who is alike, how many lead in what."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matching.indices import similarity
from matching.insight.convergence import LEAST_KNOWN, SCARCE_PERCENT
from models.relatedness import ZoneNamed
from service.errors import ZoneNotFound
from service.repositories import zones
from service.runtime import Work
from service.usecases.zone_standing import named

MOST_ALIKE: Final = 5


@dataclass(frozen=True, slots=True)
class ChainLed:
    """One of the chains a zone leads in."""

    chain_id: str
    zones: int
    """Zones known to lead in it, this one with them."""
    is_scarce: bool | None
    """Whether no more than one known zone in twenty does; None: too few are known to say."""


@dataclass(frozen=True, slots=True)
class Peers:
    """A zone beside those whose chains are known."""

    known: int
    """Zones whose chains are known."""
    mean: float | None
    """Mean similarity (UNIDO) to the other known zones, in [0, 1]; None: there is none."""
    alike: Sequence[tuple[ZoneNamed, float]]
    """The most alike, the most similar first; at most five, none without a chain in common."""
    chains: Sequence[ChainLed]


def read(work: Work, zone_id: str) -> Peers | None:
    """A zone beside the others; None where it names no chain, or the reference knows none of them.

    Raises:
        ZoneNotFound: no such zone.
    """
    known = {
        zone.id: (zone, Counter(led))
        for zone in zones.all_in_order(work.session)
        if (led := [c for c in zone.leading_chains if c in work.reference.chains])
    }
    if zone_id not in known:
        if zones.find(work.session, zone_id) is None:
            raise ZoneNotFound
        return None
    _, mine = known[zone_id]
    others = [(zone, similarity(mine, led)) for zone, led in known.values() if zone.id != zone_id]
    leading = Counter(chain for _, led in known.values() for chain in led)
    return Peers(
        known=len(known),
        mean=sum(value for _, value in others) / len(others) if others else None,
        alike=[
            (named(zone), value)
            for zone, value in sorted(others, key=lambda one: (-round(one[1], 6), one[0].id))
            if value
        ][:MOST_ALIKE],
        chains=[ChainLed(c, leading[c], _is_scarce(leading[c], len(known))) for c in mine],
    )


def _is_scarce(leading: int, known: int) -> bool | None:
    """The line that the convergence report draws for links."""
    return leading * 100 <= SCARCE_PERCENT * known if known >= LEAST_KNOWN else None
