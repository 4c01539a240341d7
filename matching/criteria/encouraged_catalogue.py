"""鼓励目录: does an item of the catalogue of encouraged foreign investment cover the link.

Value = 1 for a national item, or a regional one of the gap's province; .6 where only the industry
division has items; 0 where the catalogue has none; without the catalogue's text and without a
known item there is no evidence. Thresholds in an item (nanometres, purity) are not tested, so
the answer says "may be encouraged" and quotes the item's number. It is no promise of any benefit.
Source: catalogue of 2025, in force 2026-02-01; which item covers which link is ours (derived).
"""

from matching.criterion import Criterion, Evidence, Fact, Label, Level
from matching.profiles import Pair
from matching.rows import Gap, Investor, Tables
from matching.vocabulary import Pillar

BY_DIVISION = 0.6

LEVELS = (
    Level(
        1.0,
        "item",
        "可能属于鼓励外商投资产业目录{items}（不构成优惠承诺）",
        "May be encouraged, {items} of the catalogue (no promise of any benefit)",
    ),
    Level(
        BY_DIVISION,
        "division",
        "所属行业大类在鼓励目录中有条目，但未见直接对应的条目",
        "The industry division has items in the catalogue, none that plainly covers the link",
    ),
    Level(0.0, "none", "鼓励目录中未见相应条目", "No item of the catalogue covers it"),
)


def assess(gap: Gap, _investor: Investor, _tables: Tables) -> float:
    """1, .6 or 0; NaN when no item is known and the catalogue's text is not loaded."""
    return gap.encouraged


def _items(numbers: tuple[str, ...]) -> str:
    return f"{'item' if len(numbers) == 1 else 'items'} {', '.join(numbers)}"


def evidence(pair: Pair) -> Evidence:
    """The numbers of the items, and their texts where the catalogue is loaded."""
    link, reference = pair.gap.link, pair.reference
    province = pair.gap.facts.zone.province_code
    national = link.encouraged_items
    regional = reference.encouraged_by_link.get(link.link_id, {}).get(province, ())
    place = reference.provinces[province]
    zh = [f"全国第{'、'.join(national)}项"] if national else []
    en = [f"national {_items(national)}"] if national else []
    if regional:
        zh.append(f"{place.short_zh}第{'、'.join(regional)}项")
        en.append(f"{_items(regional)} of {place.name_en}")
    texts = pair.reference.texts
    facts = tuple(
        Fact(f"第{item}项：{texts.national[item]}", f"Item {item}", f"catalogue {texts.edition}")
        for item in national
        if texts is not None and item in texts.national
    )
    return Evidence(
        investor_value="foreign",
        gap_value=f"{link.link_id}: {'; '.join(en) or '–'}",
        words={"items": Label("、".join(zh) or "–", "; ".join(en) or "–")},
        facts=facts,
    )


CRITERION = Criterion(
    key="encouraged_catalogue",
    pillar=Pillar.STRATEGY,
    title=Label("鼓励目录", "Encouraged catalogue"),
    source="鼓励外商投资产业目录（2025年版）; mapping: derived by us",
    levels=LEVELS,
    unknown=Label(
        "未知该环节是否有鼓励目录条目", "It is not known whether an item covers the link"
    ),
    assess=assess,
    evidence=evidence,
)
