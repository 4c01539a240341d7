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
    province=0,
    tech_barrier=1.0,
    zone_technology_level=3.0,
    technology_level_wanted=4.0,
    technology_level_floor=1.0,
    investment_min_cny=1e8,
    investment_floor_cny=0.0,
    scale_low=8.0,
    scale_high=9.0,
    land_ha=10.0,
    jobs=100.0,
    ends_on=1e6,
    energy_cap_tce=1e4,
    emissions_cap_tco2e=1e4,
    energy_cap_per_10k=0.2,
    back_strength=0.5,
    forward_strength=0.5,
    own_strength=0.3,
    variety=0.5,
    room=0.5,
    emerging=0.5,
    encouraged=1.0,
    forces=0.5,
    forces_unknown=0.0,
    path=0.5,
    path_unknown=0.0,
    listed_by_words=0,
    listed_by_code=0,
    listed_by_close_code=0,
    excepted_foreign=0,
    excepted_hmt=0,
    excepted_taiwan=0,
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
