"""What kind of project it is: the factor it uses most, and the classes regional policy favours.

The project's own figures decide before its industry does (docs/criteria.md,
regional_orientation).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import nan

from matching.codes import resolve
from matching.facts import InvestorFacts
from matching.reference.loader import Reference
from matching.rows import KINDS
from matching.text.placement import LinkAffinity
from matching.vocabulary import Activity, CodeScheme, Kind

JOBS_PER_MILLION_CNY = 5
"""Labour-intensive from here: a garment line needs ten or more, a chip fab far below one (ours)."""
RD_INTENSITY_PCT = 3.0
"""Technology-intensive from here: the usual R&D threshold of a Chinese high-tech firm of size."""
CNY_PER_JOB = 2_000_000
"""Capital-intensive from here (ours)."""
HALF_SERVICE_ACTIVITIES = (Activity.R_AND_D, Activity.HEADQUARTERS, Activity.MARKETING)
"""制造业研发化、总部化、营销化 make a manufacturer partly a high-end service."""


@dataclass(frozen=True, slots=True)
class KindSet:
    """Kinds as bits of `rows.KINDS`: those that hold in full, and those that hold half."""

    full: int
    half: int


def bits(kinds: Iterable[Kind]) -> int:
    """A set of kinds as bits."""
    return sum(1 << KINDS.index(kind) for kind in set(kinds))


def investor_kinds(
    facts: InvestorFacts, placement: Sequence[LinkAffinity], reference: Reference
) -> KindSet:
    """The kinds of an investor's project; both sets empty where nothing is known."""
    classes = industry_classes(facts, placement, reference)
    divisions = [reference.divisions[d] for d in _divisions(classes) if d in reference.divisions]
    full = set(_factor_kinds(facts, [d.kind for d in divisions if d.kind]))
    half: set[Kind] = set()
    if facts.circular:
        full.add(Kind.ECOLOGICAL_MANUFACTURING)
    if any(d.strategic_emerging for d in divisions):
        full.add(Kind.STRATEGIC_EMERGING)
    elif any(code in reference.sei_by_gb for code in classes):
        half.add(Kind.STRATEGIC_EMERGING)
    if any(d.high_end_service for d in divisions):
        full.add(Kind.HIGH_END_SERVICES)
    elif set(facts.activities) & set(HALF_SERVICE_ACTIVITIES):
        half.add(Kind.HIGH_END_SERVICES)
    if Activity.SERVICES in facts.activities:
        full.add(Kind.SERVICES)
    return KindSet(bits(full), bits(half))


def _factor_kinds(facts: InvestorFacts, of_divisions: Sequence[Kind]) -> Iterable[Kind]:
    """The one factor kind its own figures show, else those of its divisions."""
    plan, jobs = facts.plan_cny, facts.jobs
    if plan and jobs is not None and jobs * 1_000_000 >= JOBS_PER_MILLION_CNY * plan:
        return (Kind.LABOUR_INTENSIVE,)
    if facts.rd_intensity_pct is not None and facts.rd_intensity_pct >= RD_INTENSITY_PCT:
        return (Kind.TECHNOLOGY_INTENSIVE, *(k for k in of_divisions if k is Kind.SERVICES))
    if plan and jobs and plan >= CNY_PER_JOB * jobs:
        return (Kind.CAPITAL_INTENSIVE, *(k for k in of_divisions if k is Kind.SERVICES))
    return of_divisions


def industry_classes(
    facts: InvestorFacts, placement: Sequence[LinkAffinity], reference: Reference
) -> tuple[str, ...]:
    """GB/T 4754 codes of what it makes: its own, else its best link's, else its foreign codes'."""
    own = tuple(
        share.code
        for scheme, code in facts.industry_codes
        if scheme is CodeScheme.GB4754
        for share in resolve(reference, scheme, code).gb
    )
    if own:
        return own
    if placement and placement[0].text > 0:
        return reference.links[placement[0].link_id].gb4754_codes[:1]  # the main one comes first
    foreign = {
        share.code
        for scheme, code in facts.industry_codes
        for share in resolve(reference, scheme, code).gb
    }
    return tuple(sorted(foreign)) if len(set(_divisions(foreign))) == 1 else ()


def high_tech_class(facts: InvestorFacts, reference: Reference) -> float:
    """1 when an own GB/T 4754 class is a high-technology one, 0 when none is, NaN without one."""
    own = [code for scheme, code in facts.industry_codes if scheme is CodeScheme.GB4754]
    if not own:
        return nan
    classes = {
        share.code for code in own for share in resolve(reference, CodeScheme.GB4754, code).gb
    }
    return float(bool(classes & reference.high_tech))


def high_energy(
    facts: InvestorFacts, placement: Sequence[LinkAffinity], reference: Reference
) -> float:
    """1 when it is in one of the six high-energy branches, 0 in another, NaN when unknown."""
    named = _divisions(industry_classes(facts, placement, reference))
    held = [reference.divisions[code].high_energy for code in named if code in reference.divisions]
    return float(any(held)) if held else nan


def _divisions(classes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(code[:2] for code in classes))
