"""多样集群: does the project make the zone more varied, and is the chain not crowded already.

Value = the mean of variety and room; an unknown part takes the neutral value.
- variety: the entropy of the zone's chains with the project against without it, halves around no
  change: .5 + (after - before) / (2 ln 2). A first chain of its own gives 1.
- room: one minus the share of the region group's zones (those known) that hold or seek the link. It
  is read from the dated landscape of the reference, never from the live pool, so that no
  candidate moves another; while no landscape rules, the share of zones that lead in the link's
  chain, from the reference's dated list, stands in its place.

Source: 主导产业趋同, 多元性、多样化产业集群 (the article); the formula is ours.
"""

from math import isnan, nan

from matching.criterion import Criterion, Evidence, Fact, Label, Level, assumed_parts, shown
from matching.points import known
from matching.profiles import Pair
from matching.rows import Gap, Investor, Tables
from matching.vocabulary import EditionKind, Pillar

HALF = 0.5

LEVELS = (
    Level(
        0.75,
        "diversifies",
        "有利于形成多样化产业集群：{chain}在本区域尚不拥挤",
        "Makes the clusters more diverse: {chain} is not crowded in the region",
    ),
    Level(
        0.5,
        "neutral",
        "对产业多样性影响不大（{chain}）",
        "Changes the diversity of clusters little ({chain})",
    ),
    Level(
        0.0,
        "converges",
        "存在主导产业趋同：{chain}在本区域较为集中",
        "Leading industries converge: {chain} is concentrated in the region",
    ),
)


def assess(gap: Gap, _investor: Investor, tables: Tables) -> float:
    """The value in [0, 1]; NaN when neither the zone's chains nor the landscape are known."""
    if isnan(gap.variety) and isnan(gap.room):
        return nan
    return HALF * known(gap.variety, tables.neutral) + HALF * known(gap.room, tables.neutral)


def evidence(pair: Pair) -> Evidence:
    """The zone's chains and the share of zones that lead in this one."""
    row, link = pair.gap.row, pair.gap.link
    chain = pair.reference.chains[link.chain_id]
    facts = () if isnan(row.room) else (_crowding(pair),)
    return Evidence(
        investor_value=link.chain_id,
        gap_value=f"leading_chains {shown(pair.gap.facts.zone.leading_chains)}",
        words={"chain": Label(chain.name_zh, chain.name_en)},
        facts=facts,
        assumed=assumed_parts(
            (row.variety, "该区主导产业", "the zone's leading chains"),
            (row.room, "区域产业分布", "the landscape of the region"),
        ),
    )


def _crowding(pair: Pair) -> Fact:
    """The share behind the room, and the landscape it is read from."""
    link, reference = pair.gap.link, pair.reference
    share = f"{(1.0 - pair.gap.row.room) * 100:.0f}"
    if reference.landscape is None:
        chain = reference.chains[link.chain_id]
        return Fact(
            f"同类区域中已知的高新区有 {share}% 以{chain.name_zh}为主导产业（推导所得）",
            f"{share} % of the region group's known zones lead in {chain.name_en} (derived)",
            "zone_chains, dated landscape",
        )
    return Fact(
        f"同类区域中已知的高新区有 {share}% 具备或正在寻求{link.name_zh}（推导所得）",
        f"{share} % of the region group's known zones hold or seek {link.name_en} (derived)",
        f"landscape {reference.editions[EditionKind.LANDSCAPE]}",
    )


CRITERION = Criterion(
    key="cluster_diversity",
    pillar=Pillar.SPACE,
    title=Label("多样集群", "Diversity of clusters"),
    source="主导产业趋同；多元性、多样化产业集群 (the article); formula: ours",
    levels=LEVELS,
    unknown=Label(
        "该区主导产业与区域产业分布均未知", "Neither the zone's chains nor the landscape is known"
    ),
    assess=assess,
    evidence=evidence,
)
