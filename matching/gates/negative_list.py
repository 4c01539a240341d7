"""外资准入负面清单: prohibited items block foreign and hmt investors, share limits bind them.

A code and a product word together mean an item; one of them alone asks for a check. Where the
province has an exception (pilots, free-trade zones, CEPA) a prohibition becomes a condition.
Source: Special Administrative Measures for Foreign Investment Access, 2024 edition; wording ours.
"""

from matching import listed
from matching.gate import Finding, Gate
from matching.profiles import Pair
from matching.reference.records import Measure, NegativeItem
from matching.rows import Gap, Investor, Tables
from matching.vocabulary import Origin, Verdict

KEY = "negative_list"


def items_meant(gap: Gap, investor: Investor) -> int:
    """Items that both a word and a code point to (bits)."""
    words = investor.listed_by_words | gap.listed_by_words
    codes = investor.listed_by_code | gap.listed_by_code
    return words & codes


def items_to_check(gap: Gap, investor: Investor) -> int:
    """Items that the investor's own words or codes touch without the other (bits)."""
    touched = investor.listed_by_words | investor.listed_by_close_code
    return touched & ~items_meant(gap, investor)


def _excepted(gap: Gap, investor: Investor) -> int:
    return gap.excepted_hmt if investor.is_hmt else gap.excepted_foreign


def _blocks(gap: Gap, investor: Investor, tables: Tables) -> bool:
    if not (investor.is_foreign or investor.is_hmt):
        return False
    return bool(items_meant(gap, investor) & tables.prohibited & ~_excepted(gap, investor))


def _findings(pair: Pair) -> list[Finding]:
    gap, investor = pair.gap.row, pair.row
    if not (investor.is_foreign or investor.is_hmt):
        return []
    meant = listed.items_in(items_meant(gap, investor), pair.reference)
    doubtful = listed.items_in(items_to_check(gap, investor), pair.reference)
    return [*(_of_item(item, pair) for item in meant), *(_to_check(item) for item in doubtful)]


def _of_item(item: NegativeItem, pair: Pair) -> Finding:
    origin = Origin.HMT if pair.row.is_hmt else Origin.FOREIGN
    province = pair.gap.facts.zone.province_code
    quoted_zh = f"负面清单（{item.edition}年版）第{item.item_no}项：{item.description_zh}"
    quoted_en = f"Negative list ({item.edition}), item {item.item_no}: {item.description_en}"
    for exception in item.exceptions:
        if province in exception.provinces and origin in exception.origins:
            zh = f"{quoted_zh}；该省例外：{exception.name_zh}，须逐项核实"
            en = f"{quoted_en}; exception here: {exception.name_en}, to be verified case by case"
            source = f"{_source(item)}; {exception.source} ({exception.provenance})"
            return Finding(KEY, Verdict.CONDITIONAL, zh, en, source)
    if item.measure is Measure.PROHIBITED:
        return Finding(KEY, Verdict.BLOCKED, quoted_zh, quoted_en, _source(item))
    cap = item.foreign_max_share_pct
    zh = quoted_zh + (f"；外方持股上限 {cap:g}%" if cap is not None else "")
    en = quoted_en + (f"; foreign share at most {cap:g} %" if cap is not None else "")
    return Finding(KEY, Verdict.CONDITIONAL, zh, en, _source(item))


def _to_check(item: NegativeItem) -> Finding:
    where = f"（{item.edition}年版）第{item.item_no}项"
    zh = f"可能涉及负面清单{where}（{item.field_zh}）：仅行业代码或词语之一相符，需人工核实"
    en = (
        f"May touch the negative list ({item.edition}), item {item.item_no} ({item.field_en}): "
        "a code or a word alone agrees, to be checked by a person"
    )
    return Finding(KEY, Verdict.CHECK, zh, en, _source(item))


def _source(item: NegativeItem) -> str:
    return f"negative_list {item.edition} item {item.item_no} ({item.provenance})"


NEGATIVE_LIST = Gate(KEY, _blocks, _findings)
