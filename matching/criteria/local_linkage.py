"""本土关联: how well the project would tie in with the zone's own industry (FDI relevance, axis 1).

Value = .55 suppliers + .30 customers + .15 the link itself + .10 local sourcing, at most 1.
Backward linkages carry most of the spill-over from FDI (Javorcik 2004, American Economic Review
94:3, finds them where horizontal ones are not seen); the shares are ours. Strengths come from
`matching.linkage`. An unknown part takes the neutral value.
"""

from math import isnan, nan

from matching.criterion import Criterion, Evidence, Fact, Label, Level, assumed_parts, shown
from matching.points import known
from matching.profiles import Pair
from matching.rows import Gap, Investor, Tables
from matching.vocabulary import Pillar

BACK, FORWARD, OWN, SOURCING = 0.55, 0.30, 0.15, 0.10

COUNTED = Fact(
    "上下游强弱已计入该区企业名录与经办人员认定（推导所得）",
    "Strengths take in the zone's firms and its officers' words (derived)",
    "zone enterprises",
)

LEVELS = (
    Level(
        0.6,
        "strong",
        "与本地产业关联性强（{chain}）",
        "Strongly linked with local industry ({chain})",
    ),
    Level(
        0.4,
        "some",
        "与本地产业有一定关联（{chain}）",
        "Linked with local industry to a degree ({chain})",
    ),
    Level(
        0.0,
        "thin",
        "本地上下游较薄弱（{chain}）",
        "Suppliers and customers in the zone are thin ({chain})",
    ),
)


def assess(gap: Gap, investor: Investor, tables: Tables) -> float:
    """The value in [0, 1]; NaN when suppliers, customers and local sourcing are all unknown."""
    if isnan(gap.back_strength) and isnan(gap.forward_strength) and isnan(investor.local_sourcing):
        return nan
    return min(
        1.0,
        BACK * known(gap.back_strength, tables.neutral)
        + FORWARD * known(gap.forward_strength, tables.neutral)
        + OWN * gap.own_strength
        + SOURCING * known(investor.local_sourcing, tables.neutral),
    )


def evidence(pair: Pair) -> Evidence:
    """The chain, whether the zone leads in it, and what the investor would buy locally."""
    gap, facts = pair.gap, pair.investor.facts
    chain = pair.reference.chains[gap.link.chain_id]
    leading = gap.facts.zone.leading_chains
    found: tuple[Fact, ...] = ()
    if leading:
        named = "、".join(pair.reference.chains[c].name_zh for c in leading)
        named_en = ", ".join(pair.reference.chains[c].name_en for c in leading)
        found = (
            Fact(
                f"该区主导产业：{named}（推导所得）",
                f"Leading chains of the zone: {named_en} (derived)",
                "zone leading_chains",
            ),
        )
    if gap.facts.zone.evidence is not None:
        found = (*found, COUNTED)
    return Evidence(
        investor_value=f"local_sourcing_pct {shown(facts.local_sourcing_pct)}",
        gap_value=f"leading_chains {', '.join(leading) or '–'}",
        words={"chain": Label(chain.name_zh, chain.name_en)},
        facts=found,
        assumed=assumed_parts(
            (gap.row.back_strength, "本地供应商", "local suppliers"),
            (gap.row.forward_strength, "本地客户", "local customers"),
            (pair.row.local_sourcing, "本地采购比例", "local sourcing"),
        ),
    )


CRITERION = Criterion(
    key="local_linkage",
    pillar=Pillar.SPACE,
    title=Label("本土关联", "Linkage with local industry"),
    source="选择与本土产业关联性强的 FDI (the article); formula: ours",
    levels=LEVELS,
    unknown=Label(
        "该区主导产业与投资者本地采购比例均未知",
        "Neither the zone's leading chains nor the investor's local sourcing is known",
    ),
    assess=assess,
    evidence=evidence,
)
