"""外资准入负面清单: prohibited items block foreign and hmt investors, share limits bind them.

An item is meant when the investor's own words name it, a code of investor or gap agrees, and
the gap lies in its field. Whatever else touches it (a code alone, a word alone, a gap in its
field) asks for a check by a person. Where the province has an exception for the investor
(pilots, free-trade zones, CEPA) a prohibition becomes a condition.
Source: Special Administrative Measures for Foreign Investment Access, 2024 edition; wording ours.
"""

from matching import listed
from matching.gate import Finding, Gate
from matching.profiles import Pair
from matching.reference.restrictions import Measure, NegativeException, NegativeItem
from matching.rows import Gap, Investor, Tables
from matching.vocabulary import Origin, Verdict

KEY = "negative_list"


def items_meant(gap: Gap, investor: Investor) -> int:
    """Items that words, a code and the gap's field all point to (bits)."""
    codes = investor.listed_by_code | gap.listed_by_code
    field = gap.listed_by_words | gap.listed_by_close_code
    return investor.listed_by_words & codes & field


def items_to_check(gap: Gap, investor: Investor) -> int:
    """Items that something touches without all the rest (bits)."""
    own = investor.listed_by_words | investor.listed_by_close_code
    return (own | gap.listed_by_words) & ~items_meant(gap, investor)


def _excepted(gap: Gap, investor: Investor) -> int:
    if investor.is_taiwan:
        return gap.excepted_taiwan
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
    quoted_zh = f"负面清单（{item.edition}年版）第{item.item_no}项：{item.description_zh}"
    quoted_en = f"Negative list ({item.edition}), item {item.item_no}: {item.description_en}"
    exception = _exception(item, pair)
    if exception is not None:
        zh = f"{quoted_zh}；该省例外：{exception.name_zh}（{exception.description_zh}），须逐项核实"
        en = (
            f"{quoted_en}; exception here: {exception.name_en} ({exception.description_en}), "
            "to be verified case by case"
        )
        source = f"{_source(item)}; {exception.source} ({exception.provenance})"
        return Finding(KEY, Verdict.CONDITIONAL, zh, en, source)
    if item.measure is Measure.PROHIBITED:
        return Finding(KEY, Verdict.BLOCKED, quoted_zh, quoted_en, _source(item))
    cap = item.foreign_max_share_pct
    if cap is not None and len(item.measure_kind) == 1:  # else the cap holds for a part only
        quoted_zh, quoted_en = f"{quoted_zh}；外方持股上限{cap}%", f"{quoted_en}; at most {cap} %"
    return Finding(KEY, Verdict.CONDITIONAL, quoted_zh, quoted_en, _source(item))


def _exception(item: NegativeItem, pair: Pair) -> NegativeException | None:
    """The first exception that holds for the investor in the gap's province."""
    province, facts = pair.gap.facts.zone.province_code, pair.investor.facts
    origin = Origin.HMT if pair.row.is_hmt else Origin.FOREIGN
    held = (e for e in item.exceptions if e.covers(province, origin, facts.country))
    return next(held, None)


def _to_check(item: NegativeItem) -> Finding:
    where = f"（{item.edition}年版）第{item.item_no}项"
    zh = f"可能涉及负面清单{where}（{item.field_zh}）：产品、代码与需求领域未全部相符，需人工核实"
    en = (
        f"May touch the negative list ({item.edition}), item {item.item_no} ({item.field_en}): "
        "products, codes and the gap's field do not all agree, a person must look"
    )
    return Finding(KEY, Verdict.CHECK, zh, en, _source(item))


def _source(item: NegativeItem) -> str:
    return f"negative_list {item.edition} item {item.item_no} ({item.provenance})"


NEGATIVE_LIST = Gate(KEY, _blocks, _findings)
