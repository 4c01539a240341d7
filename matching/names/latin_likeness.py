"""How alike two names in Latin letters are: word against word, abbreviations and slips allowed."""

from collections.abc import Sequence

from matching.names.alignment import align
from matching.names.judged import KIN, RELATED, STRANGE, Judged, stretch
from matching.names.parts import CompanyName, Part
from matching.names.places import PlaceRelation, relate_places
from matching.names.reasons import ReasonKey
from matching.names.words import Role

_WEIGHTS = {
    Role.CORE: 1.0,
    Role.TRADE: 0.6,
    Role.BROAD: 0.6,
    Role.GENERAL: 0.4,
    Role.PLACE: 0.6,
}
_FROM = (0.8, 0.5)
"""Raw likenesses that mean "same" and "related"."""
_LEAST_COUNTS = 0.85
"""How much the less covered name counts against the better covered one."""
_HEADLESS = 0.5
"""What is left of a likeness when the first core word of one name is not in the other."""
_KIN_FORM, _OTHER_FORM = 0.9, 0.72
"""Other form of the same law or kind (SA, SE); another altogether (GmbH, Inc.)."""
_PLACES = {
    PlaceRelation.MISSING: (0.92, ReasonKey.PLACE_MISSING),
    PlaceRelation.WIDER: (0.8, ReasonKey.WIDER_PLACE),
    PlaceRelation.OTHER_CITY: (STRANGE, ReasonKey.OTHER_CITY),
    PlaceRelation.OTHER_COUNTRY: (KIN, ReasonKey.OTHER_COUNTRY),
}


def judge_latin(one: CompanyName, other: CompanyName) -> Judged:
    """The likeness of two names in Latin letters; the order does not matter."""
    if not one.parts or not other.parts:
        return Judged(0.0, (ReasonKey.NO_NAME,))
    mine, theirs = align(one.parts, other.parts)
    raw, reasons = _judge_words((one.parts, mine), (other.parts, theirs))
    form = _relate_forms(one, other)
    raw *= form
    place, place_reason = _PLACES.get(
        relate_places(one.places, other.places), (1.0, ReasonKey.SAME_PLACE)
    )
    likeness = stretch(raw * place if place > KIN else raw, *_FROM)
    if place <= KIN:
        is_kin = one.brand is not None and one.brand == other.brand
        likeness *= KIN if is_kin else place
    if one.brand is not None and one.brand == other.brand and likeness < RELATED:
        likeness = RELATED + likeness / 10
        reasons = (ReasonKey.SAME_BRAND, *reasons)
    if one.is_branch != other.is_branch:
        likeness *= KIN
        reasons = (*reasons, ReasonKey.BRANCH)
    if one.places or other.places:
        reasons = (*reasons, place_reason)
    return Judged(likeness, reasons if form == 1 else (*reasons, ReasonKey.OTHER_FORM))


Covered = tuple[Sequence[Part], Sequence[float]]
"""The words of a name with how well each is met in the other."""


def _judge_words(one: Covered, other: Covered) -> tuple[float, tuple[ReasonKey, ...]]:
    covered = sorted((_coverage(one), _coverage(other)))
    raw = _LEAST_COUNTS * covered[0] + (1 - _LEAST_COUNTS) * covered[1]
    head = min(_head(one), _head(other))
    reasons = (_core_reason(head),)
    if covered[0] < 1 and 0 in (*one[1], *other[1]) and head:
        reasons = (*reasons, ReasonKey.MORE_WORDS)
    return raw * (_HEADLESS + (1 - _HEADLESS) * head), reasons


def _core_reason(head: float) -> ReasonKey:
    if head == 1:
        return ReasonKey.SAME_CORE
    return ReasonKey.ABBREVIATED if head else ReasonKey.OTHER_CORE


def _coverage(name: Covered) -> float:
    weights = [_WEIGHTS[part.role] for part in name[0]]
    return sum(w * met for w, met in zip(weights, name[1], strict=True)) / sum(weights)


def _head(name: Covered) -> float:
    """How well the first core word is met; the first word where there is none."""
    for part, met in zip(*name, strict=True):
        if part.role is Role.CORE:
            return met
    return name[1][0]


def _relate_forms(one: CompanyName, other: CompanyName) -> float:
    mine, theirs = one.form, other.form
    if mine is None or theirs is None or mine.form_id == theirs.form_id:
        return 1.0
    if "company" in (mine.form_id, theirs.form_id):
        return 1.0
    if mine.family == theirs.family or mine.kind == theirs.kind:
        return _KIN_FORM
    return _OTHER_FORM
