"""The score in SQL, as one writes it by hand; NULL stands for unknown.

What depends on the investor alone is written in as a number. `least` and `greatest` pass over
NULL, so a value is made only where its parts are known.
"""

from collections.abc import Sequence
from math import isnan

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
from tests.benchmarks.subject import Subject


def ranking(subject: Subject, source: str, most: int) -> str:
    """The best of the gaps of a source: position and score, best first, in the service's order.

    The source is a table, or what stands for one, with the fields of a gap, `position` and
    `affinity`. Values are made once (OFFSET 0 keeps them from being worked out where they are
    used), then added up.
    """
    named = ", ".join(f"{value} AS v{n}" for n, value in enumerate(values(subject)))
    weights = [_by_kind(weak, missing) for weak, missing in zip(*subject.weights, strict=True)]
    whole = f"floor(coalesce(v{{0}}, {subject.neutral}) * {UNIT} + 0.5)::int"
    points = (f"{weight} * {whole.format(n)} / {UNIT}" for n, weight in enumerate(weights))
    known = (f"CASE WHEN v{n} IS NULL THEN 0 ELSE {w} END" for n, w in enumerate(weights))
    return (
        f"SELECT position, {' + '.join(points)} AS score, {' + '.join(known)} AS coverage\n"
        f"FROM (SELECT position, severity, is_missing, {named}\n"
        f"FROM {source} WHERE {stands(subject)} OFFSET 0) AS valued\n"
        f"ORDER BY score DESC, coverage DESC, severity DESC, position LIMIT {most}"
    )


def stands(subject: Subject) -> str:
    """The condition that no gate stops a gap."""
    row = subject.row
    meant = (
        f"{row.listed_by_words} & ({row.listed_by_code} | listed_by_code)"
        " & (listed_by_words | listed_by_close_code)"
    )
    over = (
        f"{_number(row.plan_cny)} < investment_floor_cny",
        f"{_number(row.technology_level)} < technology_level_floor",
        f"{_number(row.energy_tce)} > energy_cap_tce",
        f"{_number(row.emissions_tco2e)} > emissions_cap_tco2e",
        f"{_number(subject.energy_per_output)} > energy_cap_per_10k",
    )
    allowed = f"({meant} & {subject.prohibited} & ~excepted_foreign) = 0"
    return " AND ".join(["is_open", allowed, *(f"({one}) IS NOT TRUE" for one in over)])


def values(subject: Subject) -> tuple[str, ...]:
    """The criteria in their order."""
    half = cluster_diversity.HALF
    return (
        "CASE WHEN affinity > 0 THEN affinity END",
        _weak_link_upgrade(subject),
        _missing_link_anchor(subject),
        _local_linkage(subject),
        _mean_of(subject, (half, "variety"), (half, "room")),
        _frontier_technology(subject),
        _regional_orientation(subject),
        f"greatest(emerging, {subject.row.emerging})",
        "encouraged",
        _ecology(subject),
        _scale_fit(subject),
        _site_fit(subject),
        _zone_readiness(subject),
        _investor_preference(subject),
    )


def _number(value: float) -> str:
    return "NULL::float8" if isnan(value) else f"{value!r}::float8"


def _by_kind(weak: int, missing: int) -> str:
    return str(weak) if weak == missing else f"CASE WHEN is_missing THEN {missing} ELSE {weak} END"


def _mean_of(subject: Subject, *parts: tuple[float, str]) -> str:
    """Shares of parts, unknown ones neutral; NULL where none is known."""
    total = " + ".join(f"{share} * coalesce({part}, {subject.neutral})" for share, part in parts)
    return _unless_unknown([part for _, part in parts], total)


def _unless_unknown(parts: Sequence[str], value: str) -> str:
    unknown = " AND ".join(f"{part} IS NULL" for part in parts)
    return f"CASE WHEN {unknown} THEN NULL ELSE {value} END"


def _weak_link_upgrade(subject: Subject) -> str:
    the, row = weak_link_upgrade, subject.row
    level, there = _number(row.technology_level), "zone_technology_level"
    above = f"(least({the.HIGHEST_LEVEL}, {there} + {the.LEVELS_ABOVE}) - {there})"
    share = (
        f"CASE WHEN {above} <= 0 THEN 1 "
        f"ELSE least(1, greatest(0, ({level} - {there}) / {above})) END"
    )
    rest = 1.0 - the.AT_NONE_ABOVE
    below = f"greatest(0, technology_level_wanted - {level})"
    lift = (
        f"CASE WHEN {level} IS NULL THEN NULL WHEN {level} < {there} THEN 0 "
        f"WHEN {there} IS NOT NULL THEN {the.AT_NONE_ABOVE} + {rest} * {share} "
        f"WHEN technology_level_wanted IS NOT NULL "
        f"THEN greatest(0, 1 - {the.LESS_A_LEVEL_BELOW} * {below}) END"
    )
    return _mean_of(
        subject,
        (the.LIFT, lift),
        (the.RD, _number(subject.research)),
        (the.SMART, _number(row.smart_share)),
    )


def _missing_link_anchor(subject: Subject) -> str:
    the, wanted, plan = missing_link_anchor, "investment_min_cny", _number(subject.row.plan_cny)
    share = (
        f"CASE WHEN {plan} IS NULL OR {wanted} IS NULL THEN NULL WHEN {wanted} <= 0 THEN 1 "
        f"ELSE least(1, {plan} / {wanted}) END"
    )
    return _mean_of(
        subject,
        (the.PLAN, share),
        (the.LEADER, _number(subject.row.is_leader)),
        (the.ACTIVITIES, _number(subject.breadth)),
        (the.STAYING, _number(subject.staying_power)),
    )


def _local_linkage(subject: Subject) -> str:
    the, neutral, sourcing = local_linkage, subject.neutral, _number(subject.row.local_sourcing)
    total = (
        f"{the.BACK} * coalesce(back_strength, {neutral})"
        f" + {the.FORWARD} * coalesce(forward_strength, {neutral})"
        f" + {the.OWN} * own_strength + {the.SOURCING} * coalesce({sourcing}, {neutral})"
    )
    return _unless_unknown(["back_strength", "forward_strength", sourcing], f"least(1, {total})")


def _frontier_technology(subject: Subject) -> str:
    the, row, there = frontier_technology, subject.row, "zone_technology_level"
    highest, own = the.HIGHEST_BARRIER, _number(row.high_tech_class)
    field = f"CASE WHEN tech_barrier >= {highest} THEN 1 ELSE {own} END"
    above = f"greatest(0, {_number(row.technology_level)} - {there}) / {the.LEVELS_ABOVE}"
    level = f"CASE WHEN {there} IS NOT NULL THEN least(1, {above}) END"
    return _mean_of(
        subject,
        (the.RD, _number(subject.rd_share)),
        (the.CENTRE, _number(row.rd_centre)),
        (the.FIELD, field),
        (the.ABOVE, level),
    )


def _regional_orientation(subject: Subject) -> str:
    share, energy = regional_orientation.WELL_BELOW_CAP, _number(subject.row.energy_tce)
    cases = " ".join(
        f"WHEN {region} THEN CASE WHEN {energy} <= energy_cap_tce * {share} "
        f"THEN {_number(ecological)} ELSE {_number(plain)} END"
        for region, (plain, ecological) in enumerate(subject.orientation)
    )
    return f"CASE region {cases} END"


def _ecology(subject: Subject) -> str:
    the, row = ecology, subject.row
    usual, output = _number(subject.usual_energy), _number(row.output_10k_cny)
    energy = (
        f"CASE WHEN energy_cap_tce IS NOT NULL THEN energy_cap_tce "
        f"WHEN energy_cap_per_10k IS NOT NULL THEN energy_cap_per_10k * {output} ELSE {usual} END"
    )
    emissions = f"coalesce(emissions_cap_tco2e, ({energy}) * {the.TCO2_PER_TCE})"
    return _mean_of(
        subject,
        (the.ENERGY, _lightness(row.energy_tce, energy)),
        (the.EMISSIONS, _lightness(row.emissions_tco2e, emissions)),
        (the.CIRCULAR, _number(row.circular)),
    )


def _lightness(used: float, allowed: str) -> str:
    if isnan(used):
        return "NULL::float8"
    at_none = "1" if used <= 0.0 else "0"
    share = f"greatest(0, least(1, {ecology.NOTHING_LEFT} - {_number(used)} / ({allowed})))"
    return (
        f"CASE WHEN ({allowed}) IS NULL THEN NULL WHEN ({allowed}) <= 0 THEN {at_none} "
        f"ELSE {share} END"
    )


def _scale_fit(subject: Subject) -> str:
    apart, row = scale_fit.APART, subject.row
    if isnan(row.scale_low):
        return "NULL::float8"
    bottom, top = _number(row.scale_low), _number(row.scale_high)
    low, high = f"greatest(scale_low, {bottom})", f"least(scale_high, {top})"
    width = f"least(scale_high - scale_low, {top} - {bottom})"
    return (
        f"CASE WHEN scale_low IS NULL THEN NULL WHEN {high} <= {low} "
        f"THEN greatest(0, {apart} * (1 - ({low} - {high}))) "
        f"ELSE {apart} + {1.0 - apart} * least(1, ({high} - {low}) / {width}) END"
    )


def _site_fit(subject: Subject) -> str:
    row = subject.row
    starts = f"{_number(row.starts_by)} <= ends_on"
    start = f"CASE WHEN {starts} THEN 1 WHEN NOT {starts} THEN 0 END"
    parts = (
        _enough("land_ha", _number(row.land_ha)),
        _enough("energy_cap_tce", _number(row.energy_tce)),
        _enough(_number(row.jobs), "jobs"),
        start,
    )
    return f"({_mean_of(subject, *((1.0, part) for part in parts))}) / {site_fit.PARTS}"


def _enough(offered: str, needed: str) -> str:
    return (
        f"CASE WHEN {offered} IS NULL OR {needed} IS NULL THEN NULL "
        f"WHEN {needed} <= 0 THEN 1 ELSE least(1, {offered} / {needed}) END"
    )


def _zone_readiness(subject: Subject) -> str:
    the, neutral = zone_readiness, subject.neutral
    forces = f"(coalesce(forces, 0) + forces_unknown * {neutral})"
    path = f"(coalesce(path, 0) + path_unknown * {neutral})"
    return _unless_unknown(["forces", "path"], f"{the.FORCES} * {forces} + {the.PATH} * {path}")


def _investor_preference(subject: Subject) -> str:
    row = subject.row
    if not (row.wanted_provinces or row.wanted_regions):
        return "NULL::float8"
    return (
        f"CASE WHEN {row.wanted_provinces} >> province & 1 = 1 THEN 1 "
        f"WHEN {row.wanted_regions} >> region & 1 = 1 THEN {investor_preference.IN_REGION} "
        "ELSE 0 END"
    )
