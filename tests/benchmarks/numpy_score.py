"""The score in numpy, as one writes it by hand: every criterion over whole columns."""

from collections.abc import Mapping

import numpy as np

from matching import ordering
from matching.criteria import (
    cluster_diversity,
    ecology,
    frontier_technology,
    investor_preference,
    local_linkage,
    missing_link_anchor,
    regional_orientation,
    scale_fit,
    site_fit,
    weak_link_upgrade,
    zone_readiness,
)
from matching.points import UNIT
from tests.benchmarks.made import Array
from tests.benchmarks.subject import Subject

Gaps = Mapping[str, Array]
Value = Array | float


def scores(gaps: Gaps, affinity: Array, subject: Subject) -> tuple[Array, Array]:
    """Score and coverage of every row that no gate stops; others score -1."""
    weights = np.array(subject.weights)[gaps["is_missing"].astype(int)]
    score = np.zeros(len(affinity), np.int64)
    coverage = np.zeros(len(affinity), np.int64)
    for number, value in enumerate(values(gaps, affinity, subject)):
        unknown, weight = np.isnan(value), weights[:, number]
        whole = (np.where(unknown, subject.neutral, value) * UNIT + 0.5).astype(np.int64)
        score += weight * whole // UNIT
        coverage += np.where(unknown, 0, weight)
    score[stopped(gaps, subject)] = -1
    return score, coverage


def best(gaps: Gaps, affinity: Array, subject: Subject, most: int) -> list[tuple[int, int]]:
    """(position, score) of the best."""
    score, coverage = scores(gaps, affinity, subject)
    at = np.flatnonzero(score >= 0)
    keys = (
        score[at] << ordering.SCORE
        | coverage[at] << ordering.COVERAGE
        | gaps["severity"][at] + 1 << ordering.SEVERITY
        | ordering.LAST - at
    )
    if len(keys) > most:
        keys = np.partition(keys, len(keys) - most)[-most:]
    found = np.sort(keys)[::-1]
    return list(
        zip(ordering.positions(found).tolist(), (found >> ordering.SCORE).tolist(), strict=True)
    )


def stopped(gaps: Gaps, subject: Subject) -> Array:
    """Which rows a gate stops; comparisons with NaN are false."""
    row = subject.row
    meant = row.listed_by_words & (row.listed_by_code | gaps["listed_by_code"])
    meant &= gaps["listed_by_words"] | gaps["listed_by_close_code"]
    return (
        ~gaps["is_open"]
        | (meant & subject.prohibited & ~gaps["excepted_foreign"] != 0)
        | (row.plan_cny < gaps["investment_floor_cny"])
        | (row.technology_level < gaps["technology_level_floor"])
        | (row.energy_tce > gaps["energy_cap_tce"])
        | (row.emissions_tco2e > gaps["emissions_cap_tco2e"])
        | (subject.energy_per_output > gaps["energy_cap_per_10k"])
    )


@np.errstate(divide="ignore", invalid="ignore")
def values(gaps: Gaps, affinity: Array, subject: Subject) -> tuple[Array, ...]:
    """The criteria in their order; NaN for unknown, whatever was divided by it or by nothing."""
    return (
        np.where(affinity > 0.0, affinity, np.nan),
        _weak_link_upgrade(gaps, subject),
        _missing_link_anchor(gaps, subject),
        _local_linkage(gaps, subject),
        _mean_of(
            subject, cluster_diversity.HALF, gaps["variety"], cluster_diversity.HALF, gaps["room"]
        ),
        _frontier_technology(gaps, subject),
        _regional_orientation(gaps, subject),
        np.maximum(gaps["emerging"], subject.row.emerging),
        gaps["encouraged"],
        _ecology(gaps, subject),
        _scale_fit(gaps, subject),
        _site_fit(gaps, subject),
        _zone_readiness(gaps, subject),
        _investor_preference(gaps, subject),
    )


def _known(value: Value, neutral: float) -> Array:
    return np.where(np.isnan(value), neutral, value)


def _mean_of(subject: Subject, *parts: Value) -> Array:
    """Share, part, share, part …: their sum, unknown parts neutral; NaN where none is known."""
    shares, held = parts[::2], parts[1::2]
    total = sum(
        share * _known(part, subject.neutral) for share, part in zip(shares, held, strict=True)
    )
    unknown = np.logical_and.reduce(np.broadcast_arrays(*map(np.isnan, held)))
    return np.where(unknown, np.nan, total)


def _weak_link_upgrade(gaps: Gaps, subject: Subject) -> Array:
    level, there = subject.row.technology_level, gaps["zone_technology_level"]
    above = (
        np.minimum(weak_link_upgrade.HIGHEST_LEVEL, there + frontier_technology.LEVELS_ABOVE)
        - there
    )
    share = np.where(above <= 0.0, 1.0, np.clip((level - there) / above, 0.0, 1.0))
    lifted = np.where(
        level >= there,
        weak_link_upgrade.AT_NONE_ABOVE + (1.0 - weak_link_upgrade.AT_NONE_ABOVE) * share,
        0.0,
    )
    below = np.maximum(0.0, gaps["technology_level_wanted"] - level)
    wanted = np.maximum(0.0, 1.0 - weak_link_upgrade.LESS_A_LEVEL_BELOW * below)
    lift = np.where(np.isnan(there), wanted, np.where(np.isnan(level), np.nan, lifted))
    return _mean_of(
        subject,
        weak_link_upgrade.LIFT,
        lift,
        weak_link_upgrade.RD,
        subject.research,
        weak_link_upgrade.SMART,
        subject.row.smart_share,
    )


def _missing_link_anchor(gaps: Gaps, subject: Subject) -> Array:
    wanted = gaps["investment_min_cny"]
    planned = np.minimum(1.0, subject.row.plan_cny / wanted)
    plan = np.where((wanted <= 0.0) & ~np.isnan(subject.row.plan_cny), 1.0, planned)
    return _mean_of(
        subject,
        *(missing_link_anchor.PLAN, plan, missing_link_anchor.LEADER, subject.row.is_leader),
        *(
            missing_link_anchor.ACTIVITIES,
            subject.breadth,
            missing_link_anchor.STAYING,
            subject.staying_power,
        ),
    )


def _local_linkage(gaps: Gaps, subject: Subject) -> Array:
    back, forward, sourcing = (
        gaps["back_strength"],
        gaps["forward_strength"],
        subject.row.local_sourcing,
    )
    total = (
        local_linkage.BACK * _known(back, subject.neutral)
        + local_linkage.FORWARD * _known(forward, subject.neutral)
        + local_linkage.OWN * gaps["own_strength"]
        + local_linkage.SOURCING * _known(sourcing, subject.neutral)
    )
    unknown = np.isnan(back) & np.isnan(forward) & np.isnan(sourcing)
    return np.where(unknown, np.nan, np.minimum(1.0, total))


def _frontier_technology(gaps: Gaps, subject: Subject) -> Array:
    row = subject.row
    field = np.where(
        gaps["tech_barrier"] >= frontier_technology.HIGHEST_BARRIER, 1.0, row.high_tech_class
    )
    above = np.maximum(0.0, row.technology_level - gaps["zone_technology_level"])
    return _mean_of(
        subject,
        *(frontier_technology.RD, subject.rd_share, frontier_technology.CENTRE, row.rd_centre),
        *(
            frontier_technology.FIELD,
            field,
            frontier_technology.ABOVE,
            np.minimum(1.0, above / frontier_technology.LEVELS_ABOVE),
        ),
    )


def _regional_orientation(gaps: Gaps, subject: Subject) -> Array:
    ecological = (
        subject.row.energy_tce <= gaps["energy_cap_tce"] * regional_orientation.WELL_BELOW_CAP
    )
    return np.array(subject.orientation)[gaps["region"], ecological.astype(int)]


def _ecology(gaps: Gaps, subject: Subject) -> Array:
    row, cap, by_output = subject.row, gaps["energy_cap_tce"], gaps["energy_cap_per_10k"]
    usual = np.where(np.isnan(by_output), subject.usual_energy, by_output * row.output_10k_cny)
    energy = np.where(np.isnan(cap), usual, cap)
    emissions_cap = gaps["emissions_cap_tco2e"]
    emissions = np.where(np.isnan(emissions_cap), energy * ecology.TCO2_PER_TCE, emissions_cap)
    return _mean_of(
        subject,
        *(ecology.ENERGY, _lightness(row.energy_tce, energy)),
        *(ecology.EMISSIONS, _lightness(row.emissions_tco2e, emissions)),
        *(ecology.CIRCULAR, row.circular),
    )


def _lightness(used: float, allowed: Array) -> Array:
    light = np.clip(ecology.NOTHING_LEFT - used / allowed, 0.0, 1.0)
    light = np.where(allowed <= 0.0, float(used <= 0.0), light)
    return np.where(np.isnan(used), np.nan, light)


def _scale_fit(gaps: Gaps, subject: Subject) -> Array:
    row, bottom, top = subject.row, gaps["scale_low"], gaps["scale_high"]
    low, high = np.maximum(bottom, row.scale_low), np.minimum(top, row.scale_high)
    width = np.minimum(top - bottom, row.scale_high - row.scale_low)
    over = scale_fit.APART + (1.0 - scale_fit.APART) * np.minimum(1.0, (high - low) / width)
    return np.where(high <= low, np.maximum(0.0, scale_fit.APART * (1.0 - (low - high))), over)


def _site_fit(gaps: Gaps, subject: Subject) -> Array:
    row, ends = subject.row, gaps["ends_on"]
    start = np.where(np.isnan(ends) | np.isnan(row.starts_by), np.nan, row.starts_by <= ends)
    parts = (
        _enough(gaps["land_ha"], row.land_ha),
        _enough(gaps["energy_cap_tce"], row.energy_tce),
        _enough(row.jobs, gaps["jobs"]),
        start,
    )
    return _mean_of(subject, *(part for one in parts for part in (1.0, one))) / site_fit.PARTS


def _enough(offered: Value, needed: Value) -> Array:
    part = np.minimum(1.0, np.divide(offered, needed))
    unknown = np.isnan(offered) | np.isnan(needed)
    return np.where(unknown, np.nan, np.where(np.less_equal(needed, 0.0), 1.0, part))


def _zone_readiness(gaps: Gaps, subject: Subject) -> Array:
    forces, path = gaps["forces"], gaps["path"]
    both = zone_readiness.FORCES * (
        _known(forces, 0.0) + gaps["forces_unknown"] * subject.neutral
    ) + zone_readiness.PATH * (_known(path, 0.0) + gaps["path_unknown"] * subject.neutral)
    return np.where(np.isnan(forces) & np.isnan(path), np.nan, both)


def _investor_preference(gaps: Gaps, subject: Subject) -> Array:
    row = subject.row
    if not (row.wanted_provinces or row.wanted_regions):
        return np.full(len(gaps["province"]), np.nan)
    in_region = np.where(
        row.wanted_regions >> gaps["region"] & 1, investor_preference.IN_REGION, 0.0
    )
    return np.where(row.wanted_provinces >> gaps["province"] & 1, 1.0, in_region)
