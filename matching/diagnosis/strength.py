"""How strong each link of a zone is, from its firms; the same for every policy.

Strength = .50 presence + .25 leadership + .10 specialisation + .15 neighbours where a firm is at
the link, 0 where none is (missing), unknown without a list of firms. The shares are ours: what is
there counts most.
- presence: the firms' sizes taken together (`indices.together`, `firms.PRESENCE`).
- leadership: the highest honour of a firm (`firms.LEADERSHIP`).
- specialisation: the location quotient of the chain in the zone, on [0, 1]; against the chains that
  national zones are known to lead in, a dated table, so that no other zone's list moves it.
- neighbours: the mean of presence and leadership over suppliers and customers (after the density
  of related activities; Hidalgo et al. 2007, Science 317).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import nan
from typing import NamedTuple

from matching.diagnosis import firms
from matching.diagnosis.placing import Placed, Standing
from matching.indices import (
    credibility,
    herfindahl,
    location_quotient,
    on_unit_scale,
    together,
)
from matching.points import known
from matching.reference.loader import EDITIONS_KEPT, Reference

PRESENCE, LEADERSHIP, SPECIALISATION, NEIGHBOURS = 0.50, 0.25, 0.10, 0.15
NEUTRAL = 0.4
"""Where a part is unknown: below the middle, as the built-in policy has it."""
PRIOR_FIRMS = 5
"""A list of five firms is believed half: fewer may just be the ones somebody knew (ours)."""


@dataclass(frozen=True, slots=True)
class Strength:
    """One link. Parts and confidence in [0, 1]; NaN = unknown."""

    link_id: str
    value: float
    presence: float
    leadership: float
    specialisation: float
    neighbours: float
    confidence: float
    firms: tuple[tuple[Placed, Standing], ...]
    level: int | None
    """Technology level its firms' honours vouch for."""
    concentration: float
    """Herfindahl index over its firms; NaN without any."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A zone's firms counted over the links of all chains."""

    firms: tuple[Placed, ...]
    credibility: float
    """How far the list can be believed where it names no firm, in [0, 1); 0 without a list."""
    by: str
    """What firms were compared by: employees, revenue_cny or firms."""
    quotients: Mapping[str, float]
    """Location quotient by chain; only chains in which firms stand and zones are known to lead."""
    links: Mapping[str, Strength]
    """Every link of the reference."""


At = Mapping[str, Sequence[tuple[Placed, Standing]]]


class _Zone(NamedTuple):
    """What each link of a zone is judged by."""

    at: At
    weights: Mapping[str, tuple[float, float]]
    """(presence, leadership) of the firms at each link."""
    by: str
    belief: float
    quotients: Mapping[str, float]


def count(placed: Sequence[Placed], reference: Reference) -> Counted:
    """Count a zone's firms; their order does not matter."""
    ordered = tuple(sorted(placed, key=lambda firm: firm.facts.external_id))
    at: defaultdict[str, list[tuple[Placed, Standing]]] = defaultdict(list)
    for firm in ordered:
        for standing in firm.standings:
            at[standing.link_id].append((firm, standing))
    by = firms.measure([firm.facts for firm in ordered if firm.standings])
    listed = sum(firm.facts.is_listed for firm in ordered)
    found = sum(firm.facts.is_listed and bool(firm.standings) for firm in ordered)
    belief = credibility(listed, PRIOR_FIRMS) * found / listed if listed else 0.0
    quotients = _quotients(at, by, reference)
    weights = {link_id: own_weight(at.get(link_id, ())) for link_id in reference.links}
    zone = _Zone(at, weights, by, belief, quotients)
    links = {link_id: _strength(link_id, zone, reference) for link_id in reference.links}
    return Counted(ordered, belief, by, quotients, links)


def own_weight(here: Sequence[tuple[Placed, Standing]]) -> tuple[float, float]:
    """(presence, leadership) of the firms at a link."""
    if not here:
        return 0.0, 0.0
    present = together(firms.presence_of(firm, standing) for firm, standing in here)
    return present, max((firms.leadership_of(firm.facts) for firm, _ in here), default=0.0)


def _strength(link_id: str, zone: _Zone, reference: Reference) -> Strength:
    here = tuple(zone.at.get(link_id, ()))
    presence, leadership = zone.weights[link_id]
    quotient = zone.quotients.get(reference.links[link_id].chain_id, nan)
    special, near = on_unit_scale(quotient), _neighbours(link_id, zone.weights, reference)
    value = (
        PRESENCE * presence
        + LEADERSHIP * leadership
        + SPECIALISATION * known(special, NEUTRAL)
        + NEIGHBOURS * known(near, NEUTRAL)
    )
    levels = [firms.level_of(firm.facts) for firm, _ in here]
    return Strength(
        link_id=link_id,
        value=value if here else (0.0 if zone.belief else nan),
        presence=presence,
        leadership=leadership,
        specialisation=special,
        neighbours=near,
        confidence=_confidence(here) if here else zone.belief,
        firms=here,
        level=max((level for level in levels if level is not None), default=None),
        concentration=_concentration(here, zone.by),
    )


def _neighbours(
    link_id: str, weights: Mapping[str, tuple[float, float]], reference: Reference
) -> float:
    """The mean weight of the firms at suppliers and customers; NaN where it has none."""
    around = _around(reference)[link_id]
    if not around:
        return nan
    near, whole = [weights[other] for other in around], PRESENCE + LEADERSHIP
    return sum((PRESENCE * p + LEADERSHIP * led) / whole for p, led in near) / len(near)


def _confidence(here: Sequence[tuple[Placed, Standing]]) -> float:
    """How sure the places are, times .5 to 1 by the share of figures known (ours)."""
    sure = sum(standing.confidence for _, standing in here) / len(here)
    return sure * (0.5 + 0.5 * sum(firms.figures_known(f.facts) for f, _ in here) / len(here))


def _concentration(here: Sequence[tuple[Placed, Standing]], by: str) -> float:
    sizes = [firms.measured(firm.facts, by) * standing.share for firm, standing in here]
    return herfindahl(sizes) if any(sizes) else nan


def _quotients(at: At, by: str, reference: Reference) -> Mapping[str, float]:
    parts: defaultdict[str, float] = defaultdict(float)
    for link_id, here in at.items():
        for firm, standing in here:
            parts[reference.links[link_id].chain_id] += (
                firms.measured(firm.facts, by) * standing.share
            )
    base, whole = _base(reference), sum(parts.values())
    named = sum(base.values())
    return {
        chain: location_quotient(parts[chain], whole, base[chain], named)
        for chain in sorted(parts)
        if base[chain]
    }


@lru_cache(maxsize=EDITIONS_KEPT)
def _around(reference: Reference) -> Mapping[str, Sequence[str]]:
    """Suppliers and customers of each link, in one order."""
    return {
        link_id: sorted(
            {*reference.suppliers.get(link_id, ()), *reference.customers.get(link_id, ())}
        )
        for link_id in reference.links
    }


@lru_cache(maxsize=EDITIONS_KEPT)
def _base(reference: Reference) -> Counter[str]:
    """How often national zones are known to lead in each chain."""
    return Counter(chain for chains in reference.zone_chains.values() for chain in chains)
