"""What a score takes from a zone's firms: plain numbers under a digest of their own."""

from collections.abc import Mapping
from hashlib import sha256

from matching.diagnosis.status import NOMINAL
from matching.diagnosis.strength import Counted
from matching.facts import ZoneEvidence
from matching.vocabulary import LinkStatus

DECIMALS = 6
"""Kept of a strength: more would be noise, and every machine must give the same digest."""


def evidence_of(counted: Counted, overrides: Mapping[str, LinkStatus]) -> ZoneEvidence:
    """Strengths and technology levels of the links with firms, and what officers settled."""
    held = [link for link in counted.links.values() if link.firms]
    said = (
        round(counted.credibility, DECIMALS),
        tuple((link.link_id, round(link.value, DECIMALS)) for link in held),
        tuple((link_id, NOMINAL[overrides[link_id]]) for link_id in sorted(overrides)),
        tuple((link.link_id, link.level) for link in held if link.level is not None),
    )
    belief, strengths, settled, levels = said
    return ZoneEvidence(
        version=sha256(repr(said).encode()).hexdigest()[:16],
        credibility=belief,
        strengths=strengths,
        settled=settled,
        levels=levels,
    )
