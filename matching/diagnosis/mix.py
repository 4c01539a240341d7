"""What a zone's firms are made of: high-end services against the article's half, and kinds."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan

from matching.codes import resolve
from matching.diagnosis import firms
from matching.diagnosis.placing import Placed
from matching.indices import herfindahl
from matching.reference.loader import Reference
from matching.vocabulary import Kind

UNKNOWN, PRODUCER, HIGH_END = "unknown", "producer", "high_end"


@dataclass(frozen=True, slots=True)
class Mix:
    """Shares in [0, 1] of what `by` names, over the firms whose class is known."""

    by: str
    classed: int
    unclassed: tuple[str, ...]
    """External ids of firms of no known class: no share counts them."""
    high_end_services: float
    """NaN where no firm has a class; so are the other shares."""
    producer_services: float
    kinds: Mapping[Kind, float]
    kind_unknown: float
    """The share of those whose division has no one factor kind."""
    concentration: float
    """Herfindahl index over chains; NaN where no firm is placed."""


def class_of(firm: Placed, reference: Reference) -> str | None:
    """The GB/T 4754 code of a firm: its own, else the main one of its one link; None if unknown."""
    for scheme, code in firm.facts.industry_codes:
        shares = resolve(reference, scheme, code).gb
        if shares:
            return shares[0].code
    if len(firm.standings) == 1:
        codes = reference.links[firm.standings[0].link_id].gb4754_codes
        return codes[0] if codes else None
    return None


def mix(placed: Sequence[Placed], reference: Reference) -> Mix:
    """High-end services and factor kinds among a zone's firms, by size where all state theirs.

    High-end services are divisions that the reference marks so, as in the score; producer services
    the classes of 生产性服务业统计分类 (2019), which has wholesale and transport too. Factor kinds:
    the usual one of the class's division (labour-, capital-, technology-intensive, services).
    """
    of = {firm.facts.external_id: class_of(firm, reference) for firm in placed}
    classed = [firm for firm in placed if of[firm.facts.external_id] is not None]
    by = firms.measure([firm.facts for firm in classed])
    sums: defaultdict[str, float] = defaultdict(float)
    for firm in classed:
        code, weight = str(of[firm.facts.external_id]), firms.measured(firm.facts, by)
        division = reference.divisions.get(code[:2])
        sums[(division and division.kind) or UNKNOWN] += weight
        sums[PRODUCER] += weight * (code in reference.producer_services)
        sums[HIGH_END] += weight * bool(division and division.high_end_service)
    whole = sum(firms.measured(firm.facts, by) for firm in classed) or nan
    return Mix(
        by=by,
        classed=len(classed),
        unclassed=tuple(sorted(key for key, code in of.items() if code is None)),
        high_end_services=sums[HIGH_END] / whole,
        producer_services=sums[PRODUCER] / whole,
        kinds={kind: sums[kind] / whole for kind in Kind if sums[kind]},
        kind_unknown=sums[UNKNOWN] / whole,
        concentration=_concentration(placed, reference),
    )


def _concentration(placed: Sequence[Placed], reference: Reference) -> float:
    """Herfindahl index over chains, firms counted alike, one at several links in equal parts."""
    chains: defaultdict[str, float] = defaultdict(float)
    for firm in placed:
        for standing in firm.standings:
            chains[reference.links[standing.link_id].chain_id] += standing.share
    return herfindahl(chains.values()) if chains else nan
