"""How strong a zone is around a link: suppliers, customers and the link itself, in [0, 1].

Until a zone's enterprises are counted, strength is derived from the chains the zone is known to
lead in. The steps are ours: a leading chain's core links are most likely there, its other links
less so, and a chain that is not among those named is thin rather than absent.
"""

from collections.abc import Iterable
from math import nan

from matching.facts import GapFacts
from matching.reference.loader import Reference
from matching.reference.records import Link
from matching.vocabulary import GapKind

LEADING_CORE = 0.7
LEADING = 0.5
NOT_LEADING = 0.2
WEAK_LINK = 0.3
"""A weak link exists; a missing one does not."""


def strengths(gap: GapFacts, link: Link, reference: Reference) -> tuple[float, float, float]:
    """(suppliers, customers, the link itself); NaN where nothing is known."""
    own = WEAK_LINK if gap.kind is GapKind.WEAK else 0.0
    suppliers = _mean(gap, reference.suppliers.get(link.link_id, ()), reference)
    customers = _mean(gap, reference.customers.get(link.link_id, ()), reference)
    return suppliers, customers, own


def _mean(gap: GapFacts, link_ids: Iterable[str], reference: Reference) -> float:
    if not gap.zone.leading_chains:
        return nan
    found = [_strength(gap, reference.links[link_id]) for link_id in link_ids]
    return sum(found) / len(found) if found else nan


def _strength(gap: GapFacts, link: Link) -> float:
    if link.chain_id not in gap.zone.leading_chains:
        return NOT_LEADING
    return LEADING_CORE if link.is_core else LEADING
