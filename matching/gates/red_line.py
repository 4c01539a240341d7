"""生态红线: energy and emissions against the caps of gap and zone.

Declared above a cap: blocked, for domestic investors too. A cap and an undeclared figure:
conditional. No cap: nothing. The zone's cap is per 10,000 CNY of the project's own planned output.
"""

from math import isnan
from typing import NamedTuple

from matching.gate import Finding, Gate
from matching.profiles import Pair
from matching.rows import Gap, Investor, Tables
from matching.vocabulary import Verdict

KEY = "red_line"


class Line(NamedTuple):
    """One cap and what is held against it; NaN where it is unknown."""

    used: float
    cap: float
    zh: str
    en: str


def energy_per_output(investor: Investor) -> float:
    """Energy (tce) per 10,000 CNY of the project's own planned output; NaN when unknown."""
    return investor.energy_tce / investor.output_10k_cny


def lines(gap: Gap, investor: Investor) -> tuple[Line, ...]:
    """The caps that could bind, whether they are set or not."""
    return (
        Line(investor.energy_tce, gap.energy_cap_tce, "年能耗（吨标准煤）", "yearly energy (tce)"),
        Line(
            investor.emissions_tco2e,
            gap.emissions_cap_tco2e,
            "年排放（吨二氧化碳当量）",
            "yearly emissions (tCO2e)",
        ),
        Line(
            energy_per_output(investor),
            gap.energy_cap_per_10k,
            "单位产出能耗（吨标准煤/万元）",
            "energy per output (tce per 10,000 CNY)",
        ),
    )


def _blocks(gap: Gap, investor: Investor, _tables: Tables) -> bool:
    return (
        investor.energy_tce > gap.energy_cap_tce
        or investor.emissions_tco2e > gap.emissions_cap_tco2e
        or energy_per_output(investor) > gap.energy_cap_per_10k
    )


def _findings(pair: Pair) -> list[Finding]:
    found: list[Finding] = []
    for line in lines(pair.gap.row, pair.row):
        zh, en = (
            f"{line.zh}上限 {_figure(line.cap)}",
            f"The cap on {line.en} is {_figure(line.cap)}",
        )
        if line.used > line.cap:
            zh, en = f"{zh}，申报 {_figure(line.used)}", f"{en}; declared are {_figure(line.used)}"
            found.append(Finding(KEY, Verdict.BLOCKED, zh, en, "gap and zone caps"))
        elif isnan(line.used) and not isnan(line.cap):
            zh, en = f"{zh}，投资者未申报，需核实", f"{en}; the investor has not declared it"
            found.append(Finding(KEY, Verdict.CONDITIONAL, zh, en, "gap and zone caps"))
    return found


def _figure(value: float) -> str:
    """A figure in full, to four places: officials compare it with the cap."""
    return f"{round(value, 4):,.12g}"


RED_LINE = Gate(KEY, _blocks, _findings)
