"""Clauses that say what is not made (不做正极材料, not cathode materials) count for nothing."""

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from matching.text.tokens import Tokens

_START = r"(?:^|[,;]|[但而]|\b(?:but|and) )"
_MAKING_ZH = "做|生产|制造|从事|涉及|经营|销售|提供|研发|加工|包括|包含|属于"
_SUBJECT_EN = r"(?:(?:we|it|they|the company|the firm) )?"
_NOT_ZH = rf"(?:我们|本?公司|企业)?(?:不(?:再)?(?:{_MAKING_ZH})|不是|并非|没有)"
_NOT_EN = (
    rf"{_SUBJECT_EN}(?:(?:do|does|did|is|are|will) not|dont|doesnt|never|not(?! only| for)|without)"
    r"(?![a-z])"
)
_END = r"(?=[,;]|$|/?(?:只|仅|但|而|专)| (?:but|only|just)(?![a-z]))"
_DENIED = re.compile(rf"{_START}(?:{_NOT_ZH}|{_NOT_EN})[^,;]*?{_END}")
_MARKS = ",;/ "
_BARE = frozenset(("非", "无", "no"))
"""Words that deny a thing or begin its name (非晶带材, 无人机, no-code)."""


def affirmed(text: str) -> str:
    """The normalised text without its clauses that begin by denying.

    >>> affirmed("不做正极材料,只做负极材料"), affirmed("not only wafers")
    ('只做负极材料', 'not only wafers')
    """
    return _DENIED.sub("", text).strip(_MARKS)


def without_bare(tokens: Tokens, words: Collection[tuple[int, int]]) -> str | None:
    """The text without clauses of 非, 无 or no and a known word, or None where there is none.

    `words` are the known words' first tokens and the ends after their last ones: what begins with
    the denying token is a name. So is what stands alone (无取向硅钢): who only denies says nothing.
    """
    cuts = [clause for clause in _clauses(tokens) if _is_denied(tokens, *clause, words)]
    if not cuts:
        return None
    kept, place = "", 0
    for start, end in cuts:
        kept += tokens.text[place : tokens.ends[start - 1] if start else 0]
        place = tokens.ends[end - 1]
    return (kept + tokens.text[place:]).strip(_MARKS)


def _clauses(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """The clauses of a text of several; the sides of a 、 are one."""
    size = len(tokens.words)
    cuts = [n for n in range(1, size) if tokens.is_cut(n - 1, n + 1)]
    return pairwise((0, *cuts, size)) if cuts else iter(())


def _is_denied(tokens: Tokens, start: int, end: int, words: Collection[tuple[int, int]]) -> bool:
    if tokens.words[start] not in _BARE or any(first == start for first, _ in words):
        return False
    return (start + 1, end) in words
