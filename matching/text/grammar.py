"""Where the head of a phrase stands: what a thing is, against what it is for or made with.

In Chinese and English compounds the head comes last (硅片清洗设备 is cleaning equipment); in
English what follows "for" or "used in" only says what a thing is for. Words such as 生产, 项目 or
"supplier" say what is done with it, not what it is, and are passed over.
"""

import re
from enum import Enum

from matching.text.headwords import DOING, ENDING, LOOSE, NOT_A_PURPOSE, TURNING


class Role(Enum):
    """What a word is in its phrase, by what stands around it."""

    HEAD = "the thing itself"
    KIND = "the thing, under a loose noun (材料, system)"
    FRONT = "in front of a head that is not known"
    TURNED = "in front of a head that makes another thing of it (设备, recycling)"
    PURPOSE = "after 用于 or for: what the thing is for"


_GAP = rf"(?: |的|{DOING})*+"
_END = rf"(?:$|[,;/]|{ENDING})"
_IS_HEAD = re.compile(_GAP + _END)
_IS_KIND = re.compile(rf"{_GAP}(?:{LOOSE}{_GAP})++{_END}")
_IS_TURNED = re.compile(rf"[^,;/]{{0,24}}?{TURNING}{_GAP}{_END}")
_IS_PURPOSE = re.compile(
    r"(?:用于|适用|应用于|应用在|服务于|面向|应用领域)[^,;的]*$"
    rf"|\b(?:for|into|serving|{NOT_A_PURPOSE}in)(?![a-z])[^,;]*$"
    r"|\b(?:used|applied|applications?|customers?)(?![a-z])[^;]*$"
)
_TO_HEAD = re.compile(rf"[^,;/]{{1,40}}?(?={_GAP}{_END})")
_LOOK_BACK = 80
"""Characters in front of a word in which what says its purpose is looked for."""


def role_of(text: str, start: int, end: int) -> Role:
    """The role of the characters `start` to `end` (exclusive) of a normalised text.

    >>> role_of("硅片清洗设备", 0, 2).name, role_of("硅片生产项目", 0, 2).name
    ('TURNED', 'HEAD')
    """
    if _IS_PURPOSE.search(text, max(0, start - _LOOK_BACK), start):
        return Role.PURPOSE
    if _IS_HEAD.match(text, end):
        return Role.HEAD
    if _IS_KIND.match(text, end):
        return Role.KIND
    return Role.TURNED if _IS_TURNED.match(text, end) else Role.FRONT


def head_end(text: str, end: int) -> int:
    """Where the noun phrase ends whose word in front ends at `end`; `end` if that is not near.

    >>> head_end("adc药物研发", 3)
    5
    """
    found = _TO_HEAD.match(text, end)
    return found.end() if found else end
