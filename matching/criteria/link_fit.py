"""环节契合: how near what the investor makes is to the link, by words first, by codes second.

Formula: docs/criteria.md, made in `matching.fit` and `matching.text.placement`; here it is read.
Reason: a code names an industry, a word names a product; one class can cover nine links of a chain.
"""

from math import nan

from matching.criterion import Criterion, Evidence, Fact, Label, Level
from matching.profiles import Pair
from matching.reference.records import Link
from matching.rows import Gap, Investor, Tables
from matching.vocabulary import Pillar

LEVELS = (
    Level(
        0.92,
        "same_product",
        "投资者的产品“{product}”正是该环节（{link}）所需产品",
        "The investor's “{product}” is the very product of this link ({link})",
    ),
    Level(
        0.55,
        "same_link",
        "投资者的产品“{product}”属于该环节（{link}）",
        "The investor's “{product}” belongs to this link ({link})",
    ),
    Level(
        0.36,
        "related",
        "投资者的“{product}”与该环节（{link}）部分相符",
        "The investor's “{product}” fits this link ({link}) in part",
    ),
    Level(
        0.2,
        "neighbouring",
        "投资者的“{product}”与该环节（{link}）相邻，或仅行业代码相符",
        "The investor's “{product}” is next to this link ({link}), or fits it by code alone",
    ),
    Level(
        0.0,
        "far",
        "投资者的产品与该环节（{link}）距离较远",
        "What the investor makes is far from this link ({link})",
    ),
)


def assess(_gap: Gap, investor: Investor, _tables: Tables) -> float:
    """The affinity in [0, 1]; NaN when nothing the investor names is placed near."""
    return investor.affinity if investor.affinity > 0.0 else nan


def _wanted(own_word: str | None, link: Link) -> Label:
    """What was met: the gap's own word where that decided, else the link."""
    if own_word is None:
        return Label(link.name_zh, link.name_en)
    return Label(f"需求所列“{own_word}”", f"“{own_word}”, as the gap words it")


def evidence(pair: Pair) -> Evidence:
    """The phrase or code that met the link's word, and where."""
    link, fit = pair.gap.link, pair.fit
    phrase = fit.phrase or (fit.placed.phrase if fit.placed else None)
    code = fit.placed.gb_code if fit.placed else None
    held = phrase or (f"GB/T 4754 {code}" if code else "–")
    facts: tuple[Fact, ...] = ()
    if fit.own_word:
        facts = (
            Fact(
                f"产品“{fit.phrase}”与需求所列“{fit.own_word}”相符",
                f"The product “{fit.phrase}” meets “{fit.own_word}”, which the gap asks for",
                "gap",
            ),
        )
    elif fit.placed:
        facts = (Fact(fit.placed.why_zh, fit.placed.why_en, f"chain_links ({link.provenance})"),)
    if fit.neighbour:
        other = pair.reference.links[fit.neighbour]
        facts += (
            Fact(
                f"与上下游环节“{other.name_zh}”相邻，按 0.35 折算",
                f"One edge away, at “{other.name_en}”: counts 0.35 of that",
                "chain_edges (expert_draft)",
            ),
        )
    return Evidence(
        investor_value=held,
        gap_value=fit.own_word or f"{link.link_id} {link.name_zh} {link.name_en}",
        words={"product": Label(held, held), "link": _wanted(fit.own_word, link)},
        facts=facts,
    )


CRITERION = Criterion(
    key="link_fit",
    pillar=Pillar.SPACE,
    title=Label("环节契合", "Fit to the link"),
    source="强化产业链强链补链 (the article); formula: ours",
    levels=LEVELS,
    unknown=Label("未提供可定位的产品或行业代码", "No product or industry code that can be placed"),
    assess=assess,
    evidence=evidence,
)
