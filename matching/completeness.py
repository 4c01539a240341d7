"""How much of the score an investor's own record can carry: what a portal should ask for next."""

from matching.engine import score
from matching.profiles import InvestorProfile
from matching.rows import Gap
from matching.ruleset import Ruleset

WELL_KNOWN_GAP = Gap(
    link=0,
    is_open=True,
    is_missing=False,
    region=0,
    tech_barrier=1.0,
    zone_technology_level=3.0,
    technology_level_wanted=4.0,
    investment_min_cny=1e8,
    energy_cap_tce=1e4,
    back_strength=0.5,
    forward_strength=0.5,
    own_strength=0.3,
    listed_by_words=0,
    listed_by_code=0,
    excepted_foreign=0,
    excepted_hmt=0,
    severity=50,
    number=0,
)
"""A gap of which everything is known, so that only the investor's silence shows."""


def completeness(investor: InvestorProfile, rules: Ruleset) -> int:
    """The share of the weight (basis points) that has evidence, both kinds of gap averaged."""
    best = max((placed.affinity for placed in investor.placement), default=0.0)
    row = investor.row._replace(affinity=best)
    held = [
        score(WELL_KNOWN_GAP._replace(is_missing=is_missing), row, rules.tables, rules.policy)
        for is_missing in (False, True)
    ]
    return sum(s.coverage for s in held) // len(held)
