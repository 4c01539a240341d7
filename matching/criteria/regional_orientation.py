"""区域导向: is the project's kind what the region is to favour.

Value = the best of the project's kinds in the region's row of the policy's table; a kind that
holds half counts half. In the east a labour-intensive project is capped. The article names the
east and the central-west; the northeast's row is ours, and the answer says so.
"""

from math import nan

from matching.criterion import Criterion, Evidence, Fact, Label, Level
from matching.profiles import Pair
from matching.rows import KINDS, REGIONS, Gap, Investor, Tables
from matching.vocabulary import Kind, Pillar, Region

WELL_BELOW_CAP = 0.5
"""Energy at half the gap's cap or less counts as ecological manufacturing (ours)."""
EAST = REGIONS.index(Region.EAST)
LABOUR = 1 << KINDS.index(Kind.LABOUR_INTENSIVE)
ECOLOGICAL = 1 << KINDS.index(Kind.ECOLOGICAL_MANUFACTURING)

KIND_LABELS = {
    Kind.ECOLOGICAL_MANUFACTURING: Label("生态性制造业", "ecological manufacturing"),
    Kind.HIGH_END_SERVICES: Label("高端服务业", "high-end services"),
    Kind.STRATEGIC_EMERGING: Label("战略性新兴产业", "strategic emerging industry"),
    Kind.TECHNOLOGY_INTENSIVE: Label("技术密集型产业", "technology-intensive industry"),
    Kind.CAPITAL_INTENSIVE: Label("资本密集型产业", "capital-intensive industry"),
    Kind.SERVICES: Label("服务业", "services"),
    Kind.LABOUR_INTENSIVE: Label("劳动密集型产业", "labour-intensive industry"),
}
EAST_WORDING = Label(
    "东部高新区侧重生态性制造业、高端服务业，突出战略性新兴产业",
    "eastern zones favour ecological manufacturing, high-end services "
    "and strategic emerging industry",
)
CENTRAL_WEST_WORDING = Label(
    "中西部高新区注重劳动密集型产业，资本、技术密集型产业与服务业并重",
    "central and western zones favour labour-intensive industry, with capital- and "
    "technology-intensive industry and services side by side",
)
NORTHEAST_WORDING = Label(
    "文章未述及东北，按本系统自拟的东北取值",
    "the article does not name the northeast; its row is ours",
)
WORDINGS = {
    Region.EAST: EAST_WORDING,
    Region.CENTRAL: CENTRAL_WEST_WORDING,
    Region.WEST: CENTRAL_WEST_WORDING,
    Region.NORTHEAST: NORTHEAST_WORDING,
}

KINDS_ARE_DERIVED = Fact(
    "产业属性由项目自报数据或其行业推导得出",
    "What kind of project it is, is derived from its own figures or its industry",
    "divisions, sei_by_gb (derived)",
)

LEVELS = (
    Level(
        0.95,
        "favoured_first",
        "{wording}；该项目属{kind}，正是重点方向",
        "The project counts as {kind}, a first choice here: {wording}",
    ),
    Level(
        0.75,
        "favoured",
        "{wording}；该项目属{kind}，符合导向",
        "The project counts as {kind}, in line with the region: {wording}",
    ),
    Level(
        0.5,
        "compatible",
        "{wording}；该项目属{kind}，与导向大体相容",
        "The project counts as {kind}, compatible with the region: {wording}",
    ),
    Level(
        0.0,
        "not_favoured",
        "{wording}；该项目属{kind}，不是重点方向",
        "The project counts as {kind}, not a focus here: {wording}",
    ),
)


def kinds_at(gap: Gap, investor: Investor) -> int:
    """The project's kinds as bits; energy well below the gap's cap makes it ecological."""
    if investor.energy_tce <= gap.energy_cap_tce * WELL_BELOW_CAP:
        return investor.kinds | ECOLOGICAL
    return investor.kinds


def best_kind(gap: Gap, investor: Investor, tables: Tables) -> tuple[float, int]:
    """(value, number of the kind) of the kind the region favours most; (NaN, -1) without a kind."""
    row, full = tables.orientation[gap.region], kinds_at(gap, investor)
    best, which = nan, -1
    for number, value in enumerate(row):
        held = (
            value if full >> number & 1 else value / 2 if investor.half_kinds >> number & 1 else nan
        )
        if held > best or (which < 0 and held == held):  # noqa: PLR0124 — NaN is the unknown
            best, which = held, number
    return best, which


def assess(gap: Gap, investor: Investor, tables: Tables) -> float:
    """The value in [0, 1]; NaN when nothing says what kind of project it is."""
    best, _ = best_kind(gap, investor, tables)
    if gap.region == EAST and investor.kinds & LABOUR:
        return min(best, tables.labour_cap_east)
    return best


def evidence(pair: Pair) -> Evidence:
    """The project's kinds and the region, with the article's wording."""
    gap, row = pair.gap.row, pair.row
    region = REGIONS[gap.region]
    _, which = best_kind(gap, row, pair.tables)
    capped = region is Region.EAST and row.kinds & LABOUR
    kind = Kind.LABOUR_INTENSIVE if capped else KINDS[which]
    held = [k for n, k in enumerate(KINDS) if kinds_at(gap, row) >> n & 1]
    half = [k for n, k in enumerate(KINDS) if row.half_kinds >> n & 1 and k not in held]
    wording = WORDINGS[region]
    source = "ours" if region is Region.NORTHEAST else "the article (seed_article)"
    return Evidence(
        investor_value=", ".join([*held, *(f"{k} (half)" for k in half)]) or "–",
        gap_value=region,
        words={"kind": KIND_LABELS[kind], "wording": wording},
        facts=(Fact(wording.zh, wording.en, source), KINDS_ARE_DERIVED),
    )


CRITERION = Criterion(
    key="regional_orientation",
    pillar=Pillar.STRATEGY,
    title=Label("区域导向", "Regional orientation"),
    source="东部侧重…中西部注重… (the article); values: ours; northeast: ours",
    levels=LEVELS,
    unknown=Label(
        "无法判断项目属于哪一类产业", "Nothing says what kind of industry the project belongs to"
    ),
    assess=assess,
    evidence=evidence,
)
