"""补链引领: can the investor start a missing link from nothing.

Value = .4 plan against what is wanted + .3 chain leader + .15 several activities + .15 staying
power. Source of the idea: 链主企业牵引、中小企业集聚 (the article); the shares are ours. An unknown
part takes the neutral value.
- plan: min(1, planned investment / wanted minimum).
- activities: none beyond one is 0, two is .5, three or more is 1 (making, R&D, headquarters, …).
- staying power: revenue against ten times the plan, so that the project does not hang on itself.
"""

from math import isnan, nan

from matching.criterion import (
    Criterion,
    Evidence,
    Label,
    Level,
    amount_label,
    assumed_parts,
    shown,
)
from matching.points import known, share
from matching.profiles import Pair
from matching.rows import Gap, Investor, Tables
from matching.vocabulary import Pillar

PLAN, LEADER, ACTIVITIES, STAYING = 0.4, 0.3, 0.15, 0.15
REVENUE_TIMES_PLAN = 10.0
MORE_ACTIVITIES = 2.0

LEVELS = (
    Level(
        0.8,
        "anchor",
        "足以从零建立该缺链环节：计划投资{plan}，需求{wanted}",
        "Can start this missing link from nothing: plans {plan}, wanted {wanted}",
    ),
    Level(
        0.55,
        "likely_anchor",
        "较有能力建立该缺链环节：计划投资{plan}，需求{wanted}",
        "Is likely to start this missing link: plans {plan}, wanted {wanted}",
    ),
    Level(
        0.3,
        "partial_anchor",
        "可部分补上该缺链环节：计划投资{plan}，需求{wanted}",
        "Would fill this missing link in part: plans {plan}, wanted {wanted}",
    ),
    Level(
        0.0,
        "no_anchor",
        "难以独立补上该缺链环节：计划投资{plan}，需求{wanted}",
        "Would hardly fill this missing link alone: plans {plan}, wanted {wanted}",
    ),
)


def plan_share(gap: Gap, investor: Investor) -> float:
    """The plan against the wanted minimum, [0, 1]; NaN when either is unknown."""
    if isnan(investor.plan_cny) or isnan(gap.investment_min_cny):
        return nan
    if gap.investment_min_cny <= 0.0:
        return 1.0
    return share(investor.plan_cny, gap.investment_min_cny)


def breadth(investor: Investor) -> float:
    """How many activities beyond the first, [0, 1]; NaN when none is named."""
    return share(investor.activities - 1.0, MORE_ACTIVITIES)


def staying_power(investor: Investor) -> float:
    """Revenue against ten times the plan, [0, 1]; NaN when either is unknown."""
    if isnan(investor.revenue_cny) or isnan(investor.plan_cny):
        return nan
    if investor.plan_cny <= 0.0:
        return 1.0
    return share(investor.revenue_cny, REVENUE_TIMES_PLAN * investor.plan_cny)


def assess(gap: Gap, investor: Investor, tables: Tables) -> float:
    """The value in [0, 1]; NaN when all four parts are unknown."""
    plan, several, staying = plan_share(gap, investor), breadth(investor), staying_power(investor)
    if isnan(plan) and isnan(investor.is_leader) and isnan(several) and isnan(staying):
        return nan
    return (
        PLAN * known(plan, tables.neutral)
        + LEADER * known(investor.is_leader, tables.neutral)
        + ACTIVITIES * known(several, tables.neutral)
        + STAYING * known(staying, tables.neutral)
    )


def evidence(pair: Pair) -> Evidence:
    """The plan and the wanted minimum, and which parts were assumed."""
    facts, gap = pair.investor.facts, pair.gap
    return Evidence(
        investor_value=f"plan_cny {shown(facts.plan_cny)}; is_chain_leader "
        f"{shown(facts.is_chain_leader)}; activities {shown(tuple(map(str, facts.activities)))}; "
        f"revenue_cny {shown(facts.revenue_cny)}",
        gap_value=f"investment_min_cny {shown(gap.facts.investment_min_cny)}",
        words={
            "plan": amount_label(facts.plan_cny),
            "wanted": amount_label(gap.facts.investment_min_cny),
        },
        assumed=assumed_parts(
            (plan_share(gap.row, pair.row), "投资规模", "investment against what is wanted"),
            (pair.row.is_leader, "是否链主", "chain leader or not"),
            (pair.row.activities, "业务活动", "activities"),
            (staying_power(pair.row), "营收与计划之比", "revenue against the plan"),
        ),
    )


CRITERION = Criterion(
    key="missing_link_anchor",
    pillar=Pillar.SPACE,
    title=Label("补链引领", "Anchor of a missing link"),
    source="链主企业牵引、中小企业集聚 (the article); formula: ours",
    levels=LEVELS,
    unknown=Label(
        "未提供计划投资、链主地位、业务活动或营收",
        "No plan, chain leadership, activities or revenue is named",
    ),
    assess=assess,
    evidence=evidence,
)
