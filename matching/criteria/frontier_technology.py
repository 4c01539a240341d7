"""高端技术: what the project would bring to frontier technology (FDI relevance, axis 2).

Value = .35 R&D intensity (full at 8 % of sales) + .25 R&D centre committed + .20
high-technology class or a link of barrier 3 + .20 technology level above the zone's (full at
two above). The shares are ours; 8 % is where the OECD's high-R&D-intensity industries begin
(Galindo-Rueda and Verger 2016, rounded). An unknown part takes the neutral value.
"""

from math import isnan, nan

from matching.criterion import Criterion, Evidence, Fact, Label, Level, assumed_parts, shown
from matching.points import known, share
from matching.profiles import Pair
from matching.rows import Gap, Investor, Tables
from matching.vocabulary import Pillar

RD, CENTRE, FIELD, ABOVE = 0.35, 0.25, 0.20, 0.20
FULL_RD_INTENSITY = 0.08
HIGHEST_BARRIER = 3.0
LEVELS_ABOVE = 2.0

CLASS_IS_UNVERIFIED = Fact(
    "是否高技术产业按其国民经济行业小类判断，分类表待核对",
    "A high-technology class or not is read from its GB/T 4754 class; the list is unverified",
    "high_tech (memory_unverified)",
)

LEVELS = (
    Level(
        0.7,
        "frontier",
        "属前沿技术项目：研发强度{rd}，研发中心{centre}",
        "A frontier-technology project: R&D intensity {rd}, R&D centre {centre}",
    ),
    Level(
        0.4,
        "advanced",
        "技术较先进：研发强度{rd}，研发中心{centre}",
        "An advanced project: R&D intensity {rd}, R&D centre {centre}",
    ),
    Level(
        0.0,
        "ordinary",
        "技术水平一般：研发强度{rd}，研发中心{centre}",
        "An ordinary project in technology: R&D intensity {rd}, R&D centre {centre}",
    ),
)


def field_share(gap: Gap, investor: Investor) -> float:
    """1 at a link of barrier 3 or with a high-technology class, else 0; NaN without a class."""
    return 1.0 if gap.tech_barrier >= HIGHEST_BARRIER else investor.high_tech_class


def level_share(gap: Gap, investor: Investor) -> float:
    """How far above the zone's level, [0, 1]; NaN when either level is unknown."""
    above = investor.technology_level - gap.zone_technology_level
    return nan if isnan(above) else share(max(0.0, above), LEVELS_ABOVE)


def rd_share(investor: Investor) -> float:
    """R&D intensity against the full mark, [0, 1]; NaN when unknown."""
    return share(investor.rd_intensity, FULL_RD_INTENSITY)


def assess(gap: Gap, investor: Investor, tables: Tables) -> float:
    """The value in [0, 1]; NaN when none of the four parts is known."""
    rd, centre = rd_share(investor), investor.rd_centre
    of_field, of_level = field_share(gap, investor), level_share(gap, investor)
    if isnan(rd) and isnan(centre) and isnan(of_field) and isnan(of_level):
        return nan
    return (
        RD * known(rd, tables.neutral)
        + CENTRE * known(centre, tables.neutral)
        + FIELD * known(of_field, tables.neutral)
        + ABOVE * known(of_level, tables.neutral)
    )


def evidence(pair: Pair) -> Evidence:
    """R&D intensity, centre and level against the link's barrier; which parts were assumed."""
    facts, gap = pair.investor.facts, pair.gap
    rd, centre = facts.rd_intensity_pct, facts.rd_centre_committed
    yes_no = {
        True: Label("已承诺", "committed"),
        False: Label("未承诺", "not committed"),
        None: Label("未说明", "not stated"),
    }
    return Evidence(
        investor_value=f"rd_intensity_pct {shown(rd)}; rd_centre_committed {shown(centre)}; "
        f"technology_level {shown(facts.technology_level)}",
        gap_value=f"tech_barrier {gap.link.tech_barrier} ({gap.link.provenance})",
        facts=() if isnan(pair.row.high_tech_class) else (CLASS_IS_UNVERIFIED,),
        words={
            "rd": Label("未说明", "not stated") if rd is None else Label(f"{rd:g}%", f"{rd:g} %"),
            "centre": yes_no[centre],
        },
        assumed=assumed_parts(
            (pair.row.rd_intensity, "研发强度", "R&D intensity"),
            (pair.row.rd_centre, "研发中心", "R&D centre"),
            (field_share(gap.row, pair.row), "高技术产业分类", "high-technology class"),
            (level_share(gap.row, pair.row), "与本区技术水平之差", "level above the zone's"),
        ),
    )


CRITERION = Criterion(
    key="frontier_technology",
    pillar=Pillar.STRATEGY,
    title=Label("高端技术", "Frontier technology"),
    source="有利于高端技术创新的 FDI (the article); formula: ours",
    levels=LEVELS,
    unknown=Label(
        "未提供研发强度、研发中心、技术水平或行业代码",
        "No R&D intensity, R&D centre, technology level or industry code is named",
    ),
    assess=assess,
    evidence=evidence,
)
