"""生态化: does the project tread lightly, by its own yearly figures.

Value = .4 energy + .3 emissions + .3 circular; an unknown part takes the neutral value. The
shares are ours. Energy and emissions are held against what is allowed: the gap's yearly cap,
else the zone's cap per output, else the usual of the industry; always per the project's planned
output, never against the revenue of its group. A part is 1 at half of what is allowed or less,
.5 at the cap, 0 at half as much again.
"""

from math import isnan, nan

from matching.criterion import Criterion, Evidence, Label, Level, assumed_parts, shown
from matching.points import known
from matching.profiles import Pair
from matching.rows import Gap, Investor, Tables
from matching.vocabulary import Pillar

ENERGY, EMISSIONS, CIRCULAR = 0.4, 0.3, 0.3
NOTHING_LEFT = 1.5
USUAL_TCE_PER_10K_CNY = 0.15
"""Energy of ordinary manufacturing by output (ours, an order of magnitude: Chinese industry as a
whole uses about .3 tce per 10,000 CNY of output, most of it in six branches)."""
USUAL_TCE_PER_10K_CNY_HEAVY = 0.9
"""The same in the six high-energy branches (ours, an order of magnitude)."""
TCO2_PER_TCE = 2.6
"""Carbon dioxide of a tonne of standard coal, as China's planners reckon it (2.4 to 2.7)."""

LEVELS = (
    Level(
        0.7,
        "light",
        "能耗、排放较低或属循环利用项目",
        "Energy and emissions are low, or the project is circular",
    ),
    Level(0.4, "ordinary", "能耗、排放处于一般水平", "Energy and emissions are ordinary"),
    Level(0.0, "heavy", "能耗、排放偏高", "Energy and emissions are high"),
)


def allowed_energy(gap: Gap, investor: Investor) -> float:
    """Tonnes of coal equivalent a year; NaN when no cap and no planned output is known."""
    if not isnan(gap.energy_cap_tce):
        return gap.energy_cap_tce
    if not isnan(gap.energy_cap_per_10k):
        return gap.energy_cap_per_10k * investor.output_10k_cny
    if isnan(investor.high_energy):
        return nan
    usual = USUAL_TCE_PER_10K_CNY_HEAVY if investor.high_energy else USUAL_TCE_PER_10K_CNY
    return usual * investor.output_10k_cny


def allowed_emissions(gap: Gap, investor: Investor) -> float:
    """Tonnes of CO2 equivalent a year; NaN when no cap and no planned output is known."""
    if not isnan(gap.emissions_cap_tco2e):
        return gap.emissions_cap_tco2e
    return allowed_energy(gap, investor) * TCO2_PER_TCE


def lightness(used: float, allowed: float) -> float:
    """How far under what is allowed, [0, 1]; NaN when either is unknown."""
    if isnan(used) or isnan(allowed):
        return nan
    if allowed <= 0.0:
        return 1.0 if used <= 0.0 else 0.0
    return max(0.0, min(1.0, NOTHING_LEFT - used / allowed))


def assess(gap: Gap, investor: Investor, tables: Tables) -> float:
    """The value in [0, 1]; NaN when energy, emissions and circularity are all unknown."""
    energy = lightness(investor.energy_tce, allowed_energy(gap, investor))
    emissions = lightness(investor.emissions_tco2e, allowed_emissions(gap, investor))
    if isnan(energy) and isnan(emissions) and isnan(investor.circular):
        return nan
    return (
        ENERGY * known(energy, tables.neutral)
        + EMISSIONS * known(emissions, tables.neutral)
        + CIRCULAR * known(investor.circular, tables.neutral)
    )


def evidence(pair: Pair) -> Evidence:
    """The project's yearly figures and what is allowed; which parts were assumed."""
    facts, gap, row = pair.investor.facts, pair.gap.row, pair.row
    energy, emissions = allowed_energy(gap, row), allowed_emissions(gap, row)
    return Evidence(
        investor_value=f"energy_tce {shown(facts.energy_tce)}; emissions_tco2e "
        f"{shown(facts.emissions_tco2e)}; planned_output_cny {shown(facts.planned_output_cny)}; "
        f"circular {shown(facts.circular)}",
        gap_value=f"allowed energy_tce {shown(round(energy, 1))}; "
        f"emissions_tco2e {shown(round(emissions, 1))}",
        assumed=assumed_parts(
            (lightness(row.energy_tce, energy), "能耗", "energy"),
            (lightness(row.emissions_tco2e, emissions), "排放", "emissions"),
            (row.circular, "循环利用", "circularity"),
        ),
    )


CRITERION = Criterion(
    key="ecology",
    pillar=Pillar.STRATEGY,
    title=Label("生态化", "Ecology"),
    source="产业高度化与生态化相互促进 (the article); formula: ours",
    levels=LEVELS,
    unknown=Label("未提供能耗、排放或循环利用信息", "No energy, emissions or circularity is named"),
    assess=assess,
    evidence=evidence,
)
