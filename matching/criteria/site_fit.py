"""要素匹配: does the site have what the project needs, and does the project bring what is asked.

Value = the mean of land, energy, jobs and start date; an unknown part takes the neutral value
(ours).
- land: what the gap (else the zone) offers against what is needed, at most 1.
- energy: the cap against what is needed, at most 1.
- jobs: what the project makes against what is wanted, at most 1.
- start: 1 when the investor's latest start lies within the gap's period, 0 when the gap ends
  before it.
"""

from math import isnan, nan

from matching.criterion import Criterion, Evidence, Label, Level, assumed_parts, shown
from matching.points import known, share
from matching.profiles import Pair
from matching.rows import Gap, Investor, Tables
from matching.vocabulary import Pillar

PARTS = 4

LEVELS = (
    Level(
        0.75,
        "fits",
        "用地、用能、用工和时间要求基本满足",
        "Land, energy, jobs and time are met",
    ),
    Level(
        0.45,
        "partly",
        "用地、用能、用工或时间要求部分满足",
        "Land, energy, jobs or time are met in part",
    ),
    Level(
        0.0,
        "short",
        "用地、用能、用工或时间要求难以满足",
        "Land, energy, jobs or time fall short",
    ),
)


def _enough(offered: float, needed: float) -> float:
    """The offer against the need, [0, 1]; nothing needed is met; NaN when either is unknown."""
    if isnan(offered) or isnan(needed):
        return nan
    return 1.0 if needed <= 0.0 else share(offered, needed)


def land(gap: Gap, investor: Investor) -> float:
    """Land on offer against land needed."""
    return _enough(gap.land_ha, investor.land_ha)


def energy(gap: Gap, investor: Investor) -> float:
    """The energy cap against the energy needed."""
    return _enough(gap.energy_cap_tce, investor.energy_tce)


def jobs(gap: Gap, investor: Investor) -> float:
    """Jobs the project makes against jobs wanted."""
    return _enough(investor.jobs, gap.jobs)


def start(gap: Gap, investor: Investor) -> float:
    """Whether the project starts while the gap is open."""
    if isnan(gap.ends_on) or isnan(investor.starts_by):
        return nan
    return 1.0 if investor.starts_by <= gap.ends_on else 0.0


def assess(gap: Gap, investor: Investor, tables: Tables) -> float:
    """The mean of the four parts in [0, 1]; NaN when all are unknown."""
    of_land, of_energy = land(gap, investor), energy(gap, investor)
    of_jobs, of_start = jobs(gap, investor), start(gap, investor)
    if isnan(of_land) and isnan(of_energy) and isnan(of_jobs) and isnan(of_start):
        return nan
    known_parts = (
        known(of_land, tables.neutral)
        + known(of_energy, tables.neutral)
        + known(of_jobs, tables.neutral)
        + known(of_start, tables.neutral)
    )
    return known_parts / PARTS


def evidence(pair: Pair) -> Evidence:
    """What is needed and what is there, and which parts were assumed."""
    plan, there = pair.investor.facts, pair.gap.facts
    return Evidence(
        investor_value=f"land_ha {shown(plan.land_ha)}; energy_tce {shown(plan.energy_tce)}; "
        f"jobs {shown(plan.jobs)}; start_by {shown(plan.start_by)}",
        gap_value=f"land_ha {shown(there.land_ha or there.zone.land_available_ha)}; "
        f"energy_cap_tce {shown(there.energy_cap_tce)}; jobs {shown(there.jobs)}; "
        f"valid_until {shown(there.valid_until)}",
        assumed=assumed_parts(
            (land(pair.gap.row, pair.row), "用地", "land"),
            (energy(pair.gap.row, pair.row), "用能", "energy"),
            (jobs(pair.gap.row, pair.row), "用工", "jobs"),
            (start(pair.gap.row, pair.row), "时间", "time"),
        ),
    )


CRITERION = Criterion(
    key="site_fit",
    pillar=Pillar.VALUE,
    title=Label("要素匹配", "Fit of the site"),
    source="规划—园区—政策—资金—招商 (the article); formula: ours",
    levels=LEVELS,
    unknown=Label(
        "用地、用能、用工和时间均无法比较", "Land, energy, jobs and time cannot be compared"
    ),
    assess=assess,
    evidence=evidence,
)
