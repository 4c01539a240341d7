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
    kinds: int
    half_kinds: int
    listed_by_words: int
    listed_by_code: int
    listed_by_close_code: int


class Gap(NamedTuple):
    """One gap as the criteria see it. Strengths in [0, 1]."""

    link: int
    is_open: bool
    is_missing: bool
    region: int
    tech_barrier: float
    zone_technology_level: float
    technology_level_wanted: float
    investment_min_cny: float
    energy_cap_tce: float
    back_strength: float
    forward_strength: float
    own_strength: float
    listed_by_words: int
    listed_by_code: int
    excepted_foreign: int
    excepted_hmt: int
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
