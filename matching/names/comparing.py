"""Whether two companies are the same, related or different: `compare`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matching.names.bilingual_likeness import judge_bilingual
from matching.names.chinese_likeness import judge_chinese
from matching.names.judged import KIN, SAME, STRANGE, Judged, Relation, relation_of
from matching.names.latin_likeness import judge_latin
from matching.names.parsing import parse
from matching.names.parts import CompanyName, Script
from matching.names.places import PlaceRelation, relate_places
from matching.names.reasons import Reason, ReasonKey, reason

UNIT = 1000
"""The score of certainty."""
_NUMBER = re.compile(r"[0-9]+")
"""Works and sister companies are numbered: two numbers tell two companies apart."""


@dataclass(frozen=True, slots=True)
class Company:
    """What is known of who a company is: its names, and its identifiers in standard form."""

    names: tuple[str, ...]
    uscc: str | None = None
    lei: str | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two companies go together.

    `score` is an integer in 0-1000: from 700 on "same", from 400 on "related". The reasons stand
    in order of weight.
    """

    relation: Relation
    score: int
    reasons: tuple[Reason, ...]


def compare(one: Company, other: Company) -> Likeness:
    """How two companies go together; the order does not matter.

    Identifiers decide where both companies have one of a kind: the credit code first, then the
    LEI. Names decide otherwise; of several names the pair that is most alike, unless the names
    state different cities.

    >>> compare(Company(("上海示例科技有限公司",)), Company(("上海示例科技",))).relation
    <Relation.SAME: 'same'>
    """
    by_code = _compare_codes(one, other)
    if by_code is ReasonKey.SAME_USCC or by_code is ReasonKey.SAME_LEI:
        return Likeness(Relation.SAME, UNIT, (reason(by_code),))
    judged = _compare_names([*map(parse, one.names)], [*map(parse, other.names)])
    likeness, reasons = judged.likeness, judged.reasons
    if by_code is not None:
        likeness, reasons = likeness * KIN, (by_code, *reasons)
    return Likeness(relation_of(likeness), int(likeness * UNIT), tuple(map(reason, reasons)))


def likeness_of(one: CompanyName, other: CompanyName) -> Judged:
    """How alike two names are, whatever their scripts; the order does not matter."""
    if one.folded == other.folded:
        key = ReasonKey.IDENTICAL if one.folded else ReasonKey.NO_NAME
        return Judged(1.0 if one.folded else 0.0, (key,))
    judged = _judge(one, other)
    mine, theirs = (_NUMBER.findall(name.folded) for name in (one, other))
    if mine and theirs and mine != theirs and judged.likeness >= SAME:
        return Judged(judged.likeness * KIN, (ReasonKey.OTHER_NUMBER, *judged.reasons))
    return judged


def _judge(one: CompanyName, other: CompanyName) -> Judged:
    if one.script is other.script:
        first, second = (one, other) if one.folded <= other.folded else (other, one)
        judge = judge_chinese if one.script is Script.HAN else judge_latin
        return judge(first, second)
    return judge_bilingual(one, other) if one.script is Script.HAN else judge_bilingual(other, one)


def _compare_codes(one: Company, other: Company) -> ReasonKey | None:
    """What the identifiers say; None when they say nothing."""
    if one.uscc and other.uscc:
        return ReasonKey.SAME_USCC if one.uscc == other.uscc else ReasonKey.OTHER_USCC
    if one.lei and other.lei:
        return ReasonKey.SAME_LEI if one.lei == other.lei else ReasonKey.OTHER_LEI
    return None


def _compare_names(mine: list[CompanyName], theirs: list[CompanyName]) -> Judged:
    best = max(_pairs(mine, theirs), key=lambda judged: judged.likeness, default=None)
    if best is None:
        return Judged(0.0, (ReasonKey.NO_NAME,))
    stated = [tuple(place for name in names for place in name.places) for names in (mine, theirs)]
    is_apart = relate_places(stated[0], stated[1]) is PlaceRelation.OTHER_CITY
    if is_apart and ReasonKey.OTHER_CITY not in best.reasons:
        return Judged(best.likeness * STRANGE, (*best.reasons, ReasonKey.OTHER_CITY))
    return best


def _pairs(mine: list[CompanyName], theirs: list[CompanyName]) -> Iterator[Judged]:
    for one in mine:
        for other in theirs:
            yield likeness_of(one, other)
