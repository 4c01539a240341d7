"""强链提升: how far the investor lifts a link that exists but is weak.

Value = .6 lift + .2 R&D + .2 smart manufacturing; an unknown part takes the neutral value.
- lift: against the zone's level at the link, full at min(5, two above), .2 at none above,
  linear between; where no level is measured, against the wanted level: met is full, .3 less for
  each level below.
- R&D: a centre committed is full, else R&D intensity against 5 % of sales (ours: the bar for small
  high-tech firms in the state's own recognition rules).
- smart manufacturing: the share of 智造六化 (the article) that the investor brings.
The shares .6/.2/.2 are ours: the level is what makes a link strong, the rest keeps it so.
"""

from math import isnan, nan

from matching.criterion import Criterion, Evidence, Label, Level, assumed_parts, shown
from matching.points import known, share
from matching.profiles import Pair
from matching.rows import Gap, Investor, Tables
from matching.vocabulary import Pillar

LIFT, RD, SMART = 0.6, 0.2, 0.2
HIGHEST_LEVEL = 5.0
LEVELS_ABOVE = 2.0
AT_NONE_ABOVE = 0.2
LESS_A_LEVEL_BELOW = 0.3
FULL_RD_INTENSITY = 0.05

LEVELS = (
    Level(
        0.8,
        "strong_lift",
        "可显著提升该弱链环节：技术水平{level}，需求{wanted}",
        "Would lift this weak link markedly: technology level {level}, wanted {wanted}",
    ),
    Level(
        0.55,
        "lift",
        "可提升该弱链环节：技术水平{level}，需求{wanted}",
        "Would lift this weak link: technology level {level}, wanted {wanted}",
    ),
    Level(
        0.3,
        "some_lift",
        "对该弱链环节提升有限：技术水平{level}，需求{wanted}",
        "Would lift this weak link a little: technology level {level}, wanted {wanted}",
    ),
    Level(
        0.0,
        "no_lift",
        "难以提升该弱链环节：技术水平{level}，需求{wanted}",
        "Would hardly lift this weak link: technology level {level}, wanted {wanted}",
    ),
)


def lift(gap: Gap, investor: Investor) -> float:
    """The part for technology level, [0, 1]; NaN when either side's level is unknown."""
    level, there = investor.technology_level, gap.zone_technology_level
    if isnan(level):
        return nan
    if not isnan(there):
        above = min(HIGHEST_LEVEL, there + LEVELS_ABOVE) - there
        share = 1.0 if above <= 0.0 else min(1.0, max(0.0, (level - there) / above))
        return AT_NONE_ABOVE + (1.0 - AT_NONE_ABOVE) * share if level >= there else 0.0
    if isnan(gap.technology_level_wanted):
        return nan
    below = max(0.0, gap.technology_level_wanted - level)
    return max(0.0, 1.0 - LESS_A_LEVEL_BELOW * below)


def research(investor: Investor) -> float:
    """The part for R&D, [0, 1]; NaN when neither a centre nor an intensity is named."""
    if investor.rd_centre == 1.0:
        return 1.0
    if isnan(investor.rd_intensity):
        return nan if isnan(investor.rd_centre) else 0.0
    return share(investor.rd_intensity, FULL_RD_INTENSITY)


def assess(gap: Gap, investor: Investor, tables: Tables) -> float:
    """The value in [0, 1]; NaN when level, R&D and smart manufacturing are all unknown."""
    lifted, researched, smart = lift(gap, investor), research(investor), investor.smart_share
    if isnan(lifted) and isnan(researched) and isnan(smart):
        return nan
    return (
        LIFT * known(lifted, tables.neutral)
        + RD * known(researched, tables.neutral)
        + SMART * known(smart, tables.neutral)
    )


def evidence(pair: Pair) -> Evidence:
    """The two technology levels, and which parts were assumed."""
    facts, gap = pair.investor.facts, pair.gap
    level, wanted = facts.technology_level, gap.facts.technology_level_wanted
    there = "" if isnan(gap.row.zone_technology_level) else f"{gap.row.zone_technology_level:g}"
    beside = Label(f"（本区现有{there}）", f" (the zone's is {there})") if there else Label("", "")
    return Evidence(
        investor_value=f"technology_level {shown(level)}; rd_intensity_pct "
        f"{shown(facts.rd_intensity_pct)}; smart_manufacturing "
        f"{shown(tuple(map(str, facts.smart_manufacturing)))}",
        gap_value=f"technology_level_wanted {shown(wanted)}"
        + (there and f"; zone_technology_level {there} (derived)"),
        words={
            "level": Label(str(level or "未知"), str(level or "unknown")),
            "wanted": Label(
                str(wanted or "未说明") + beside.zh, str(wanted or "not stated") + beside.en
            ),
        },
        assumed=assumed_parts(
            (lift(gap.row, pair.row), "技术水平", "technology level"),
            (research(pair.row), "研发", "R&D"),
            (pair.row.smart_share, "智造六化", "smart manufacturing"),
        ),
    )


CRITERION = Criterion(
    key="weak_link_upgrade",
    pillar=Pillar.SPACE,
    title=Label("强链提升", "Lift of a weak link"),
    source="强链补链、智造六化 (the article); formula: ours",
    levels=LEVELS,
    unknown=Label(
        "未提供技术水平、研发或智能制造信息",
        "No technology level, R&D or smart manufacturing is named",
    ),
    assess=assess,
    evidence=evidence,
)
