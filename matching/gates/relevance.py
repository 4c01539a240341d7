"""相关性门槛: below the policy's floor of link_fit there is no match, however good the rest is."""

from matching.gate import Finding, Gate
from matching.points import thousandths
from matching.profiles import Pair
from matching.rows import Gap, Investor, Tables
from matching.vocabulary import Verdict


def is_below_floor(_gap: Gap, investor: Investor, tables: Tables) -> bool:
    """Whether the quantised affinity lies under the floor."""
    return thousandths(investor.affinity) < thousandths(tables.floor)


def _findings(pair: Pair) -> list[Finding]:
    if not is_below_floor(pair.gap.row, pair.row, pair.tables):
        return []
    value, floor = thousandths(pair.row.affinity), thousandths(pair.tables.floor)
    zh = f"环节契合度 {value} 低于门槛 {floor}，不构成匹配"
    en = f"The fit to the link, {value}, is under the floor of {floor}: no match"
    return [Finding("relevance", Verdict.BLOCKED, zh, en, "policy")]


RELEVANCE = Gate("relevance", is_below_floor, _findings)
