"""How strong a zone is around a link: suppliers, customers and the link itself, in [0, 1].

Counted from the zone's firms where they are known (`matching.diagnosis.strength`), an officer's
status first. Else derived from the chains the zone is known to lead in; those steps are ours: a
leading chain's core links are most likely there, its other links less so, and a chain that is not
among those named is thin rather than absent. The further a list of firms can be believed, the less
of the derived strength stays at a link where it names no firm.
"""

from collections.abc import Iterable, Mapping
from math import isnan, nan

from matching.facts import GapFacts, ZoneFacts
from matching.reference.loader import Reference
from matching.reference.records import Link
from matching.vocabulary import GapKind

LEADING_CORE = 0.7
LEADING = 0.5
NOT_LEADING = 0.2
WEAK_LINK = 0.3
"""A weak link exists; a missing one does not."""
BELIEVED = 0.3
"""Credibility from which a link without a firm is empty where the zone names no chain (a list of
three firms, as for registering a computed gap); below it nothing is known."""


def strengths(gap: GapFacts, link: Link, reference: Reference) -> tuple[float, float, float]:
    """(suppliers, customers, the link itself); NaN where nothing is known."""
    zone = gap.zone
    usual = WEAK_LINK if gap.kind is GapKind.WEAK else 0.0
    own = max(usual, _counted(zone).get(link.link_id, 0.0))
    suppliers = _mean(zone, reference.suppliers.get(link.link_id, ()), reference)
    customers = _mean(zone, reference.customers.get(link.link_id, ()), reference)
    return suppliers, customers, own


def zone_level(gap: GapFacts) -> float:
    """The zone's technology level at the gap's link, 1-5; NaN where nothing vouches for one."""
    evidence = gap.zone.evidence
    return nan if evidence is None else float(dict(evidence.levels).get(gap.link_id, nan))


def _mean(zone: ZoneFacts, link_ids: Iterable[str], reference: Reference) -> float:
    """The mean over links; one of which nothing is known is thin where something is of others."""
    counted = _counted(zone)
    found = [_strength(zone, counted, reference.links[link_id]) for link_id in link_ids]
    if all(map(isnan, found)):
        return nan
    return sum(NOT_LEADING if isnan(value) else value for value in found) / len(found)


def _counted(zone: ZoneFacts) -> Mapping[str, float]:
    """Strength by link as counted, or as an officer settled it."""
    evidence = zone.evidence
    return {} if evidence is None else dict((*evidence.strengths, *evidence.settled))


def _strength(zone: ZoneFacts, counted: Mapping[str, float], link: Link) -> float:
    derived, evidence = _derived(zone, link), zone.evidence
    if evidence is None:
        return derived
    if link.link_id in dict(evidence.settled):
        return counted[link.link_id]
    found = counted.get(link.link_id, 0.0)
    if isnan(derived):
        return found if found or evidence.credibility >= BELIEVED else nan
    return max(found, (1 - evidence.credibility) * derived)


def _derived(zone: ZoneFacts, link: Link) -> float:
    """By the chains the zone is known to lead in; NaN where it names none."""
    if not zone.leading_chains:
        return nan
    if link.chain_id not in zone.leading_chains:
        return NOT_LEADING
    return LEADING_CORE if link.is_core else LEADING
