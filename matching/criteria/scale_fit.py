"""规模匹配: how much of the narrower of two ranges lies in the other (ours; log10 CNY).

Ranges are compared by orders of magnitude: twice too large is as far as half too small. A range
narrower than a quarter of an order is widened to it when the rows are made, so that a single figure
can meet a range. Ranges that do not meet fall off to nothing within one order of magnitude.
"""

from math import isnan, nan

from matching.criterion import Criterion, Evidence, Label, Level, amount_label, shown
from matching.profiles import Pair
from matching.rows import Gap, Investor, Tables
from matching.vocabulary import Pillar

APART = 0.4
"""The most that ranges without overlap are worth, when they just touch (ours)."""

LEVELS = (
    Level(
        0.8,
        "fits",
        "投资规模与需求相符：计划{plan}，需求{wanted}",
        "The planned investment matches what is wanted: plans {plan}, wanted {wanted}",
    ),
    Level(
        0.2,
        "partly",
        "投资规模与需求部分相符：计划{plan}，需求{wanted}",
        "The planned investment matches in part: plans {plan}, wanted {wanted}",
    ),
    Level(
        0.0,
        "far",
        "投资规模与需求相差较大：计划{plan}，需求{wanted}",
        "The planned investment is far from what is wanted: plans {plan}, wanted {wanted}",
    ),
)


def assess(gap: Gap, investor: Investor, _tables: Tables) -> float:
    """The share in [0, 1]; NaN when either side names no range."""
    if isnan(investor.scale_low) or isnan(gap.scale_low):
        return nan
    low, high = max(gap.scale_low, investor.scale_low), min(gap.scale_high, investor.scale_high)
    if high <= low:
        return max(0.0, APART * (1.0 - (low - high)))
    width = min(gap.scale_high - gap.scale_low, investor.scale_high - investor.scale_low)
    return APART + (1.0 - APART) * min(1.0, (high - low) / width)


def _range(low: int | None, high: int | None) -> Label:
    if low is None or high is None or low == high:
        return amount_label(high if low is None else low)
    less, more = amount_label(low), amount_label(high)
    return Label(f"{less.zh}至{more.zh}", f"{less.en} to {more.en}")


def evidence(pair: Pair) -> Evidence:
    """The two ranges."""
    plan, wanted = pair.investor.facts, pair.gap.facts
    return Evidence(
        investor_value=f"planned_investment_cny {shown(plan.planned_investment_min_cny)} – "
        f"{shown(plan.planned_investment_max_cny)}",
        gap_value=f"investment_cny {shown(wanted.investment_min_cny)} – "
        f"{shown(wanted.investment_max_cny)}",
        words={
            "plan": _range(plan.planned_investment_min_cny, plan.planned_investment_max_cny),
            "wanted": _range(wanted.investment_min_cny, wanted.investment_max_cny),
        },
    )


CRITERION = Criterion(
    key="scale_fit",
    pillar=Pillar.VALUE,
    title=Label("规模匹配", "Fit of scale"),
    source="提升投资大价值 (the article); formula: ours",
    levels=LEVELS,
    unknown=Label(
        "计划投资或需求投资规模未说明", "The planned or the wanted investment is not stated"
    ),
    assess=assess,
    evidence=evidence,
)
