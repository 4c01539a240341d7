"""需求门槛: the gap's own floors. What is merely wanted never blocks; a floor does.

A plan or technology level below the floor blocks; one that is not stated makes the match
conditional.
"""

from math import isnan

from matching.gate import Finding, Gate
from matching.profiles import Pair
from matching.rows import Gap, Investor, Tables
from matching.vocabulary import Verdict


def _below(value: float, floor: float) -> bool:
    """Whether a known value lies under a known floor."""
    return value < floor


def _blocks_investment(gap: Gap, investor: Investor, _tables: Tables) -> bool:
    return _below(investor.plan_cny, gap.investment_floor_cny)


def _investment(pair: Pair) -> list[Finding]:
    floor, plan = pair.gap.row.investment_floor_cny, pair.row.plan_cny
    zh, en = f"投资门槛 {floor:,.0f} 元", f"The investment floor is CNY {floor:,.0f}"
    return _findings("investment_floor", plan, floor, zh, en)


def _blocks_technology(gap: Gap, investor: Investor, _tables: Tables) -> bool:
    return _below(investor.technology_level, gap.technology_level_floor)


def _technology(pair: Pair) -> list[Finding]:
    floor, level = pair.gap.row.technology_level_floor, pair.row.technology_level
    zh, en = f"技术水平门槛 {floor:g} 级", f"The technology level floor is {floor:g}"
    return _findings("technology_level_floor", level, floor, zh, en)


def _findings(gate: str, value: float, floor: float, zh: str, en: str) -> list[Finding]:
    if isnan(floor) or value >= floor:
        return []
    if isnan(value):
        zh, en = f"{zh}，投资者未说明，需核实", f"{en}; the investor has not stated it"
        return [Finding(gate, Verdict.CONDITIONAL, zh, en, "gap")]
    zh, en = f"{zh}，投资者为 {value:,.12g}", f"{en}; the investor's is {value:,.12g}"
    return [Finding(gate, Verdict.BLOCKED, zh, en, "gap")]


INVESTMENT_FLOOR = Gate("investment_floor", _blocks_investment, _investment)
TECHNOLOGY_LEVEL_FLOOR = Gate("technology_level_floor", _blocks_technology, _technology)
