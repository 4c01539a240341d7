"""Which restricted or eliminated items of the guidance catalogue a phrase plainly names."""

import re
from collections.abc import Sequence
from functools import lru_cache

from matching.reference.texts import GuidanceCategory, GuidanceItem, Texts
from matching.text.normalise import normalise

LEAST_CHARACTERS = 4
"""Chinese characters a phrase needs; shorter ones (轮胎) stand inside other words."""

MOST_ITEMS = 6
"""A phrase that names more items is a common word of the catalogue and tells nothing (ours)."""

_EXCEPTION = re.compile("除外|除.+外|不含|不包括|不适用")
_INNERMOST = re.compile(r"[(（〔\[]([^()（）〔〕\[\]]*)[)）〕\]]")
_CLAUSE = re.compile("[，,。；;：:]")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_BEFORE = "(?:^|[/,;]|/年|以[上下内]|[改新扩]建|[的和及或与])"
_MAKING = "生产|制造|加工|开采|冶炼|建设"
_PLANT = "总?装置|生产线|产线|项目|工艺|企业|产品|技术"
_QUALIFIER = f"(?![^/]*的(?!{_MAKING}))"
_AFTER = f"(?:的?(?:{_MAKING}))?(?:{_PLANT})?(?:$|[/,;]|[和及或与等]){_QUALIFIER}"
_COMMON = re.compile(f"(?:{_MAKING}|{_PLANT}|设备|新建|扩建)+")


def guidance_items(texts: Texts | None, phrases: Sequence[str]) -> tuple[GuidanceItem, ...]:
    """The restricted and eliminated items one of the phrases names, in the catalogue's order.

    A phrase names an item when one of the item's clauses holds it whole, as a thing of its own
    (丁基橡胶 is not 丁基橡胶塞, 切削机床 is not 非数控切削机床) and outside what the item excepts.
    Sizes and processes in the item are not tested: the result is a reason for a person to look.
    """
    if texts is None:
        return ()
    items = [item for item in texts.guidance if item.category is not GuidanceCategory.ENCOURAGED]
    sought = {normalise(phrase).replace(" ", "") for phrase in phrases}
    telling = sorted(filter(_is_telling, sought))
    found = [[place for place, item in enumerate(items) if _names(item, word)] for word in telling]
    named = {place for places in found if len(places) <= MOST_ITEMS for place in places}
    return tuple(items[place] for place in sorted(named))


def _is_telling(word: str) -> bool:
    return len(_CHINESE.findall(word)) >= LEAST_CHARACTERS and not _COMMON.fullmatch(word)


def _names(item: GuidanceItem, word: str) -> bool:
    whole = f"{_BEFORE}{re.escape(word)}{_AFTER}"
    return any(word in clause and re.search(whole, clause) for clause in _clauses(item.text))


@lru_cache(maxsize=4_096)
def _clauses(text: str) -> tuple[str, ...]:
    """The clauses of an item without its exceptions, normalised and without spaces."""
    before = None
    while text != before:
        before, text = text, _INNERMOST.sub(_kept, text)
    kept = (part for part in _CLAUSE.split(text) if not _EXCEPTION.search(part))
    return tuple(normalise("".join(part.split())).replace(" ", "") for part in kept)


def _kept(bracket: re.Match[str]) -> str:
    """What a bracket adds: a clause of its own, nothing where it excepts or only gives a size."""
    inside = bracket.group(1)
    return "" if _EXCEPTION.search(inside) or not _CHINESE.search(inside) else f"，{inside}，"
