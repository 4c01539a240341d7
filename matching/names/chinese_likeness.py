"""How alike two names with Chinese characters are.

A registered name is place + 字号 + business + form, and two companies of one place may not share
the first three: two registered names are the same when these are. A brand or a short name (no legal
form) is the same when the other name holds it.
"""

from rapidfuzz.distance import LCSseq

from matching.names.judged import KIN, STRANGE, Judged, part_strangers, stretch
from matching.names.lexicon import load_words
from matching.names.parts import CompanyName
from matching.names.pinyin import sounds
from matching.names.places import PlaceRelation, relate_places
from matching.names.reasons import ReasonKey
from matching.names.words import Role

_FROM = (0.7, 0.4)
"""Raw likenesses of short names that mean "same" and "related"."""
_SHORTEST = 2
_BEGINS, _SOUNDS, _SHARED = 0.85, 0.9, 0.75
"""Where one 字号 begins with the other, sounds like it, shares its first half."""
_WITHIN = 0.8
"""A short name that is found whole inside the other, after its 字号."""
_ACRONYM = 0.74
_ACRONYM_LENGTHS = range(3, 7)
_OTHER_TRADE, _NO_TRADE, _KIN_TRADE, _BROAD_TRADE = 0.6, 0.72, 0.8, 0.95
"""A short name states a business that the other replaces, leaves out, varies, or keeps open."""
_RARE_OTHER_TRADE = 0.85
"""… of a 字号 of three characters or more, which hardly two firms have by chance."""
_OTHER_CORE, _OTHER_NAME = 0.5, 0.6
"""What registered names with different 字号, and short names with others, reach at most."""
_NEARLY_ALL = 0.8
"""The share of a short name's letters, by weight, that makes it perhaps an abbreviation."""
_PLACE_MISSING = 0.985
"""Says next to nothing, but of two names the one that states the same place fits better."""

_PLACE_REASONS = {
    PlaceRelation.SAME: ReasonKey.SAME_PLACE,
    PlaceRelation.MISSING: ReasonKey.PLACE_MISSING,
    PlaceRelation.WIDER: ReasonKey.WIDER_PLACE,
    PlaceRelation.OTHER_CITY: ReasonKey.OTHER_CITY,
    PlaceRelation.OTHER_COUNTRY: ReasonKey.OTHER_COUNTRY,
}


def judge_chinese(one: CompanyName, other: CompanyName) -> Judged:
    """The likeness of two Chinese names; the order does not matter."""
    place = relate_places(one.places, other.places)
    place_reason = _PLACE_REASONS.get(place)
    judged = _judge_letters(one, other, place)
    factor, reasons = _blockers(one, other, place)
    shown = () if place_reason is None else (place_reason,)
    if place is PlaceRelation.MISSING:
        factor *= _PLACE_MISSING
    return Judged(judged.likeness * factor, (*judged.reasons, *shown, *reasons))


def _blockers(
    one: CompanyName, other: CompanyName, place: PlaceRelation
) -> tuple[float, tuple[ReasonKey, ...]]:
    """What keeps names from being the same, whatever their letters."""
    if place in (PlaceRelation.OTHER_CITY, PlaceRelation.OTHER_COUNTRY):
        is_kin = one.brand is not None and one.brand == other.brand
        return (KIN if is_kin else STRANGE), ()
    if one.is_branch != other.is_branch:
        return KIN, (ReasonKey.BRANCH,)
    is_registered = one.is_full and other.is_full
    if place is PlaceRelation.WIDER and is_registered:
        return KIN, ()
    if place is PlaceRelation.MISSING and is_registered and _is_national(one, other):
        return KIN, ()
    if is_registered and one.form != other.form:
        return 0.95, (ReasonKey.OTHER_FORM,)
    return 1.0, ()


def _is_national(one: CompanyName, other: CompanyName) -> bool:
    """Whether a country is all that either states: its subsidiary there (西门子(中国))."""
    levels = load_words().levels
    return all(
        levels.get(place) == "country" for stated in one.places + other.places for place in stated
    )


def _judge_letters(one: CompanyName, other: CompanyName, place: PlaceRelation) -> Judged:
    if not one.letters or not other.letters:
        return Judged(0.0, (ReasonKey.NO_NAME,))
    if one.letters == other.letters:
        if one.core or place is PlaceRelation.SAME:
            return Judged(1.0, (ReasonKey.SAME_CORE, ReasonKey.SAME_TRADE))
        return Judged(KIN, (ReasonKey.SAME_TRADE,))
    covered, covering = _coverage(one, other)
    if one.is_full and other.is_full:
        return _judge_registered(one, other, min(covered, covering))
    if other.is_full or (not one.is_full and covered >= covering):
        return _judge_short(one, other, covered, covering)
    return _judge_short(other, one, covering, covered)


def _coverage(one: CompanyName, other: CompanyName) -> tuple[float, float]:
    """The share of each name's letters, by weight, that the other has in the same order."""
    mine = theirs = 0.0
    for block in LCSseq.opcodes(one.letters, other.letters):
        if block.tag == "equal":
            mine += sum(one.weights[block.src_start : block.src_end])
            theirs += sum(other.weights[block.dest_start : block.dest_end])
    return mine / sum(one.weights), theirs / sum(other.weights)


def _judge_registered(one: CompanyName, other: CompanyName, least: float) -> Judged:
    """Two names with a legal form: another business or one more word is another company."""
    if _key(one) == _key(other):
        return Judged(KIN * (0.6 + 0.4 * least), (ReasonKey.SAME_CORE, ReasonKey.OTHER_TRADE))
    degree, reason = _relate_cores(_key(one), _key(other), is_brand=False)
    if not degree:
        return Judged(part_strangers(_OTHER_CORE * least), (ReasonKey.OTHER_CORE,))
    return Judged(_OTHER_CORE * least * (0.3 + 0.7 * degree), (reason,))


def _judge_short(short: CompanyName, whole: CompanyName, covered: float, covering: float) -> Judged:
    """A brand or short name against a name that may hold it."""
    degree, reason = _relate_cores(_key(short), _key(whole), is_brand=True)
    trade = _relate_trades(short, whole)
    reasons = (reason,) if trade == 1 else (reason, ReasonKey.OTHER_TRADE)
    if degree == 1:
        raw = trade * (0.7 + 0.2 * covered + 0.1 * covering)
    elif degree:
        raw = trade * degree * (0.6 + 0.3 * covered + 0.1 * covering)
    elif covered == 1 and any(part.text[:2] == short.letters[:2] for part in whole.parts):
        raw, reasons = _WITHIN, (ReasonKey.CORE_WITHIN,)
    elif _is_acronym(short, whole):
        raw, reasons = _ACRONYM, (ReasonKey.ABBREVIATED,)
    elif covered >= _NEARLY_ALL:
        raw, reasons = _OTHER_NAME * covered * covered, (ReasonKey.ABBREVIATED,)
    else:
        strange = part_strangers(_OTHER_NAME * covered * covered)
        return Judged(strange, (ReasonKey.OTHER_CORE,))
    return Judged(stretch(raw, *_FROM), reasons)


def _is_acronym(short: CompanyName, whole: CompanyName) -> bool:
    """Whether a short name takes characters of the full one from its start on (深水规院)."""
    text = short.folded.removesuffix("股份")
    if short.places or len(text) not in _ACRONYM_LENGTHS or text[0] not in whole.folded[:2]:
        return False
    letters = iter(whole.folded)
    return all(letter in letters for letter in text)


def _key(name: CompanyName) -> str:
    """The 字号, or all letters where there is none."""
    return name.core or name.letters


def _relate_cores(one: str, other: str, *, is_brand: bool) -> tuple[float, ReasonKey]:
    """How two 字号 go together, 0-1, and what to call it."""
    if one == other:
        return 1.0, ReasonKey.SAME_CORE
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) >= _SHORTEST and long.startswith(short):
        return _BEGINS, ReasonKey.CORE_WITHIN
    if len(short) == len(long) and sounds(short) == sounds(long):
        return _SOUNDS, ReasonKey.SAME_SOUND
    half = max(_SHORTEST, (len(short) + 1) // 2)
    if is_brand and len(short) > half and short[:half] == long[:half]:
        return _SHARED, ReasonKey.CORE_WITHIN
    return 0.0, ReasonKey.OTHER_CORE


def _relate_trades(short: CompanyName, whole: CompanyName) -> float:
    """What the business that a short name states means for a name that may be its full one."""
    stated = [part.text for part in short.parts if part.role is Role.TRADE]
    met = [sum(letter in whole.letters for letter in text) / len(text) for text in stated]
    if not short.core or all(share == 1 for share in met):
        return 1.0
    if all(met):
        return _KIN_TRADE
    roles = {part.role for part in whole.parts}
    if Role.TRADE in roles:
        return _OTHER_TRADE if len(short.core) <= _SHORTEST else _RARE_OTHER_TRADE
    return _BROAD_TRADE if Role.BROAD in roles else _NO_TRADE
