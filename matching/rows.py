"""The named fields a criterion reads: scalars only, NaN for unknown, sets as bits."""

from typing import NamedTuple

from matching.vocabulary import Kind, Region

KINDS = tuple(Kind)
"""Bit n of a set of kinds is KINDS[n]."""

REGIONS = tuple(Region)
"""`Gap.region` is an index of this."""


class Investor(NamedTuple):
    """One investor as the criteria see it. Amounts in CNY, shares in [0, 1]."""

    affinity: float
    """To the link of the gap it is held against, neighbours and the gap's own words included."""
    is_foreign: bool
    is_hmt: bool
    is_taiwan: bool
    """Of Taiwan: the arrangements with Hong Kong and Macao do not hold."""
    opt_out: bool
    is_closed: bool
    technology_level: float
    rd_intensity: float
    rd_centre: float
    high_tech_class: float
    smart_share: float
    plan_cny: float
    is_leader: float
    activities: float
    revenue_cny: float
    local_sourcing: float
    energy_tce: float
    emissions_tco2e: float
    output_10k_cny: float
    """Planned yearly output in units of 10,000 CNY; above zero."""
    high_energy: float
    """1 in one of the six high-energy branches, 0 in another, NaN without a known branch."""
    circular: float
    scale_low: float
    """The planned range, log10 CNY; never narrower than `preparing.NARROWEST`."""
    scale_high: float
    land_ha: float
    jobs: float
    starts_by: float
    """Latest start, as a day's ordinal."""
    wanted_provinces: int
    """Bits of the provinces it prefers, in the order of the reference."""
    wanted_regions: int
    """Bits of REGIONS it prefers."""
    emerging: float
    """Its classes' relation to a strategic emerging industry: .5 related, 0 none or not known."""
    kinds: int
    half_kinds: int
    listed_by_words: int
    listed_by_code: int
    listed_by_close_code: int


class Gap(NamedTuple):
    """One gap as the criteria see it. Strengths in [0, 1]."""

    link: int
    """Its number; -1 where the reference has no such link."""
    is_open: bool
    is_missing: bool
    region: int
    province: int
    tech_barrier: float
    zone_technology_level: float
    technology_level_wanted: float
    technology_level_floor: float
    investment_min_cny: float
    investment_floor_cny: float
    scale_low: float
    scale_high: float
    land_ha: float
    jobs: float
    ends_on: float
    """Last day, as an ordinal."""
    energy_cap_tce: float
    emissions_cap_tco2e: float
    energy_cap_per_10k: float
    back_strength: float
    forward_strength: float
    own_strength: float
    variety: float
    room: float
    emerging: float
    encouraged: float
    forces: float
    """Known dimensions of readiness, as a share of all nine; NaN when none is known."""
    forces_unknown: float
    """The share of the nine that is not known."""
    path: float
    path_unknown: float
    listed_by_words: int
    listed_by_code: int
    listed_by_close_code: int
    excepted_foreign: int
    excepted_hmt: int
    excepted_taiwan: int
    severity: int
    number: int


class Tables(NamedTuple):
    """What the policy and the reference add: the same for every pair under one ruleset."""

    neutral: float
    floor: float
    orientation: tuple[tuple[float, ...], ...]
    """By region (REGIONS), then by kind (KINDS)."""
    labour_cap_east: float
    prohibited: int
    """Items of the negative list (bits) that prohibit; the others limit the share."""
