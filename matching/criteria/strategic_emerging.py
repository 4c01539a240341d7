"""战新产业: is the link, or what the investor makes, of a strategic emerging or future industry.

Value = 1 where it is, .5 where it is related, 0 where it is not; the better of link and investor.
Source: Classification of Strategic Emerging Industries (2018) and the future industries named
by seven ministries in 2024; which link belongs where is ours (expert_draft), codes are only
ever "related".
"""

from collections.abc import Sequence

from matching.criterion import Criterion, Evidence, Fact, Label, Level, shown
from matching.profiles import Pair
from matching.reference.records import Coverage, SeiRelation
from matching.rows import Gap, Investor, Tables
from matching.vocabulary import Pillar

LEVELS = (
    Level(
        1.0,
        "strategic",
        "该环节属于战略性新兴产业：{field}",
        "The link is of a strategic emerging industry: {field}",
    ),
    Level(
        0.5,
        "related",
        "与战略性新兴产业相关：{field}",
        "Related to a strategic emerging industry: {field}",
    ),
    Level(
        0.0,
        "other",
        "不在战略性新兴产业之列",
        "Not among the strategic emerging industries",
    ),
)


def assess(gap: Gap, investor: Investor, _tables: Tables) -> float:
    """1, .5 or 0; the link always says something, so there is always evidence."""
    if investor.emerging > gap.emerging:
        return investor.emerging
    return gap.emerging


def _fields_met(relations: Sequence[SeiRelation], codes: tuple[str, ...]) -> tuple[str, ...]:
    """The fields the value rests on: those the link is of, else is related to, else the codes'."""
    full = tuple(r.sei_code for r in relations if r.coverage is Coverage.FULL)
    return full or tuple(r.sei_code for r in relations) or codes


def evidence(pair: Pair) -> Evidence:
    """The fields of the classification that are met."""
    reference, link = pair.reference, pair.gap.link
    relations = reference.sei_by_link.get(link.link_id, ())
    codes = pair.investor.emerging_fields
    fields = _fields_met(relations, codes)
    field = Label(
        "、".join(reference.sei[code].name_zh for code in fields) or "–",
        f"fields {', '.join(fields) or '–'} of the classification",
    )
    facts = tuple(
        Fact(
            f"{link.name_zh}：{reference.sei[r.sei_code].name_zh}（{r.coverage}）",
            f"{link.name_en}: field {r.sei_code} ({r.coverage})",
            f"sei_by_link ({r.provenance})",
        )
        for r in relations
    )
    return Evidence(
        investor_value=shown(codes),
        gap_value=f"{link.link_id}: {shown(tuple(r.sei_code for r in relations))}",
        words={"field": field},
        facts=facts,
    )


CRITERION = Criterion(
    key="strategic_emerging",
    pillar=Pillar.STRATEGY,
    title=Label("战新产业", "Strategic emerging industries"),
    source="突出战略性新兴产业 (the article); classification of 2018; mapping: ours",
    levels=LEVELS,
    unknown=Label("无法判断是否属于战略性新兴产业", "Nothing says whether it is one"),
    assess=assess,
    evidence=evidence,
)
