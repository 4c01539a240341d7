"""How alike a Chinese name and one in Latin letters are: by sound, meaning, trade and place."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz.distance import Indel

from matching.names.judged import KIN, STRANGE, Judged, part_strangers, stretch
from matching.names.lexicon import load_words
from matching.names.parts import CompanyName, Part
from matching.names.pinyin import sounds, syllables
from matching.names.places import PlaceRelation, relate_places
from matching.names.reasons import ReasonKey
from matching.names.tokens import stem
from matching.names.words import Role

_WEIGHTS = {
    Role.CORE: 1.0,
    Role.TRADE: 0.5,
    Role.BROAD: 0.4,
    Role.GENERAL: 0.2,
    Role.PLACE: 0.4,
}
_FROM = (0.8, 0.55)
"""Raw likenesses that mean "same" and "related"; sound alone seldom is enough for "same"."""
_CORE, _TRADE, _EXPLAINED = 0.6, 0.25, 0.15
"""What the core, the trade and the share of the Latin words that are explained count."""
_NO_TRADE = 0.5
"""The trade's share when the Chinese name has none."""
_INITIALS = 0.8
_PLACES = {
    PlaceRelation.SAME: (1.1, ReasonKey.SAME_PLACE),
    PlaceRelation.UNSTATED: (0.95, ReasonKey.PLACE_MISSING),
    PlaceRelation.MISSING: (0.85, ReasonKey.PLACE_MISSING),
    PlaceRelation.WIDER: (0.95, ReasonKey.WIDER_PLACE),
}
_STRANGE_PINYIN = 0.4
"""What is left of a likeness of sound when the word is plain pinyin of other characters."""
_STRANGE_TRADE = 0.8
"""… and of the whole likeness when the businesses have no word in common."""
_LONGEST_MEANING = 5
_LONGEST_JOIN = 5


def judge_bilingual(han: CompanyName, latin: CompanyName) -> Judged:
    """The likeness of a Chinese name and a Latin one."""
    if not han.parts or not latin.parts:
        return Judged(0.0, (ReasonKey.NO_NAME,))
    likeness, reasons = _judge_stated(han, latin)
    if ReasonKey.OTHER_CORE in reasons:
        likeness = part_strangers(likeness)
    if han.is_branch != latin.is_branch:
        return Judged(likeness * KIN, (*reasons, ReasonKey.BRANCH))
    return Judged(likeness, reasons)


def _judge_stated(han: CompanyName, latin: CompanyName) -> tuple[float, tuple[ReasonKey, ...]]:
    """The likeness of the names with the places they state."""
    if _is_transcript(han, latin):
        return 1.0, (ReasonKey.SAME_SOUND,)
    raw, reason = _judge_parts(han, latin)
    relation = relate_places(han.places, latin.places)
    if relation in _PLACES:
        factor, place = _PLACES[relation]
        return stretch(min(1.0, raw * factor), *_FROM), (reason, place)
    is_kin = han.brand is not None and han.brand == latin.brand
    is_country = relation is PlaceRelation.OTHER_COUNTRY
    place = ReasonKey.OTHER_COUNTRY if is_country else ReasonKey.OTHER_CITY
    return stretch(raw, *_FROM) * (KIN if is_kin else STRANGE), (reason, place)


def _is_transcript(han: CompanyName, latin: CompanyName) -> bool:
    """Whether the Latin name is the Chinese one in pinyin, places or not, form left out."""
    spoken = "".join(sounds(han.letters))
    places = "".join("".join(sounds(min(place))) for place in han.places)
    written = "".join(part.text for part in latin.parts).replace(" ", "")
    return bool(han.core) and written in (spoken, places + spoken)


def _judge_parts(han: CompanyName, latin: CompanyName) -> tuple[float, ReasonKey]:
    words = [part for part in latin.parts if part.role is not Role.PLACE]
    trade, used = _judge_trades(han, words)
    rest = [part.text for at, part in enumerate(words) if at not in used]
    core, reason = _judge_cores(han, latin, rest, [part.text for part in words])
    weights = [_WEIGHTS[part.role] for part in words]
    explained = sum(weights[at] for at in used)
    total = sum(weights) or 1.0
    share = (explained + core * (total - explained)) / total
    raw = _CORE * core + _TRADE * trade + _EXPLAINED * share
    states = any(part.role is Role.TRADE for part in han.parts) and any(
        part.role is Role.TRADE for part in words
    )
    return raw * (_STRANGE_TRADE if states and not trade else 1.0), reason


def _judge_trades(han: CompanyName, words: Sequence[Part]) -> tuple[float, set[int]]:
    """The share of the Chinese words of business that a Latin word says, and which ones do."""
    trades = load_words().trades
    used: set[int] = set()
    total = met = 0.0
    for part in han.parts:
        if part.role is Role.CORE:
            continue
        english = trades[part.text].english
        said = [at for at, word in enumerate(words) if word.stem in english]
        used.update(said)
        total += _WEIGHTS[part.role]
        met += _WEIGHTS[part.role] if said else 0.0
    return (met / total if total else _NO_TRADE), used


def _judge_cores(
    han: CompanyName, latin: CompanyName, rest: Sequence[str], words: Sequence[str]
) -> tuple[float, ReasonKey]:
    if han.brand is not None and han.brand == latin.brand:
        return 1.0, ReasonKey.SAME_BRAND
    cores = [part.text for part in han.parts if part.role is Role.CORE] or [han.letters]
    tried = [(core_likeness(cores[0], rest), 1.0)]
    if len(rest) < len(words):
        tried.append((core_likeness(cores[0], words), 0.95))
    if len(cores) > 1:
        tried += ((core_likeness(core, rest), 0.9) for core in (cores[1], "".join(cores)))
    likeness, reason = max((likeness * worth, reason) for (likeness, reason), worth in tried)
    return likeness, reason


def core_likeness(core: str, words: Sequence[str]) -> tuple[float, ReasonKey]:
    """How well some of the Latin words say a Chinese 字号, and how: by sound or by meaning."""
    spoken = sounds(core)
    digits = core.translate(_DIGITS)
    if digits.isdigit() and digits in words:
        return 1.0, ReasonKey.SAME_MEANING
    whole, initials = "".join(spoken), "".join(one[0] for one in spoken)
    best = 0.0
    for text in _runs(words):
        if text == whole:
            return 1.0, ReasonKey.SAME_SOUND
        if text == initials and len(text) > 2:  # noqa: PLR2004 — two letters are chance
            best = max(best, _INITIALS)
        best = max(best, sound_likeness(whole, text))
    meant = _meaning(core, words)
    if meant > best:
        return meant, ReasonKey.SAME_MEANING
    return best, ReasonKey.SAME_SOUND if best > 0.7 else ReasonKey.OTHER_CORE  # noqa: PLR2004


def _runs(words: Sequence[str]) -> Iterable[str]:
    """Every run of words in a row, put together."""
    for start in range(len(words)):
        text = ""
        for word in words[start : start + _LONGEST_JOIN]:
            text += word
            yield text


_DIGITS = str.maketrans("零一二三四五六七八九", "0123456789")
_ALIKE = (
    ("zh", "j"), ("ch", "q"), ("sh", "x"), ("ph", "f"), ("ck", "k"), ("tz", "z"), ("ts", "c"),
    ("oo", "u"), ("ee", "i"), ("ou", "u"), ("ui", "ei"), ("y", "i"), ("v", "w"), ("th", "s"),
)  # fmt: skip
"""Letters that pinyin and other spellings use for one sound."""


def sound_likeness(pinyin: str, word: str) -> float:
    """How alike a pinyin word and another word sound, 0-1; plain pinyin of others is not alike."""
    one, other = _crushed(pinyin), _crushed(word)
    if one == other:
        return 0.95
    likeness = Indel.normalized_similarity(one, other)
    if one[:1] != other[:1]:
        likeness = max(0.0, likeness - 0.15)
    if len(syllables(word)) > 1:
        return _STRANGE_PINYIN * likeness
    return likeness


@lru_cache(maxsize=16_384)
def _crushed(word: str) -> str:
    for written, sound in _ALIKE:
        word = word.replace(written, sound)
    return "".join(letter for at, letter in enumerate(word) if not at or word[at - 1] != letter)


def _meaning(core: str, words: Sequence[str]) -> float:
    """The share of a 字号 that the Latin words translate or write in pinyin."""
    stems = {stem(word) for word in words}
    at = met = 0.0
    at = 0
    while at < len(core):
        length = _meant_length(core, at, stems)
        met += length if length > 1 else 0.7 * length
        at += max(1, length)
    return met / len(core) if core else 0.0


def _meant_length(core: str, at: int, stems: set[str]) -> int:
    """How many characters from there on the words say; 0 for none."""
    vocabulary = load_words()
    for length in range(min(_LONGEST_MEANING, len(core) - at), 0, -1):
        piece = core[at : at + length]
        trade = vocabulary.trades.get(piece)
        is_meant = any(stems.issuperset(phrase) for phrase in vocabulary.meanings.get(piece, ()))
        if is_meant or (trade and trade.english & stems):
            return length
        if length > 1 and "".join(sounds(piece)) in stems:
            return length
    return 0
