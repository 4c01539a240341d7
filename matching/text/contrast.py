"""Words that look alike and mean different things: a likeness of letters proves nothing.

正极 and 负极 differ by one character in two, sulfide and sulfate by two letters in seven. The
pairs are ours, from the fields of the reference's chains.
"""

import re
from collections import defaultdict
from collections.abc import Collection

from matching.text.spelling import root

_OPPOSITES_ZH = (
    "正负 阳阴 上下 前后 内外 干湿 大小 高低 冷热 进出 单双 主从 真假 公母 左右 软硬 轻重 长短 "
    "快慢 凹凸 吸脱 铜铝 硅碳 镍钴 锂钠 氧氮 有无 固液 液气 固气 动静 交直 串并 收发 买卖"
)
_OPPOSITES_EN = (
    "anode/cathode positive/negative upstream/downstream wet/dry solid/liquid ac/dc n/p hot/cold "
    "organic/inorganic silicon/silicone import/export indoor/outdoor front/back internal/external "
    "active/passive analog/digital military/civil male/female input/output sodium/lithium "
    "onshore/offshore"
)
NEGATIONS = frozenset("非不无反抗防去脱未免仿半") | frozenset(
    ("non", "anti", "un", "de", "free", "semi", "quasi", "counter", "without", "no")
)
"""Tokens that, put in or left out, make another thing of a word (非晶, non-woven, halogen free)."""

EQUIVALENTS = frozenset(
    frozenset(pair) for pair in ("器机", "器仪", "机仪", "厂场", "制造", "膜模", "板版", "片圆")
)
"""Chinese characters that may stand for one another in the name of one thing."""

_CHEMICAL_ENDING = re.compile(r"(ate|ite|ide|ane|ene|yne|ol|one|ine|ic|ous|al)$")


def _pairs() -> frozenset[frozenset[str]]:
    zh = (frozenset(pair) for pair in _OPPOSITES_ZH.split())
    en = (frozenset(pair.split("/")) for pair in _OPPOSITES_EN.split())
    return frozenset(zh) | frozenset(en)


OPPOSITES = _pairs()


def _others() -> dict[str, set[str]]:
    others: defaultdict[str, set[str]] = defaultdict(set)
    for pair in OPPOSITES:
        for word in pair:
            others[root(word)].update(root(other) for other in pair - {word})
    return dict(others)


_OPPOSITE_OF = _others()


def differ_in_kind(a: str, b: str) -> bool:
    """Whether two tokens that look alike are known, or by their endings likely, to differ.

    >>> differ_in_kind("正", "负"), differ_in_kind("sulfate", "sulfide"), differ_in_kind("器", "机")
    (True, True, False)
    """
    if frozenset((a, b)) in OPPOSITES or not (a.isalpha() and b.isalpha()):
        return a != b
    endings = _CHEMICAL_ENDING.search(a), _CHEMICAL_ENDING.search(b)
    return all(endings) and a[-3:] != b[-3:]


def contradict(phrase: Collection[str], words: Collection[str]) -> bool:
    """Whether the phrase has one side of an opposition and the words have only the other.

    Both are the features of `overlap`: Chinese pairs of characters, words of other scripts.
    """
    return any(
        other in words and feature not in words
        for feature in phrase
        for other in opposites(feature)
    )


def opposites(feature: str) -> set[str]:
    """The features that say the opposite: 负极 for 正极, n型 for p型, cathode for anode."""
    whole = _OPPOSITE_OF.get(feature, set())
    if " " not in feature:
        return whole
    first, second = feature.split(" ")
    return whole | {f"{other} {second}" for other in _OPPOSITE_OF.get(first, ())}
