"""The small pieces of a name under which a register finds it.

A piece is a number: two syllables in a row of a Chinese name, so that another character of the
same sound is found too, and so is the pinyin; three letters of a Latin word, how it begins, all of
it; two characters of any other script; a known brand in whichever script.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from zlib import crc32

from matching.names.folding import HAS_HAN
from matching.names.parts import CompanyName, Script
from matching.names.pinyin import SYLLABLES, sounds, syllables
from matching.names.words import Role

_SYLLABLE_BITS = 9
_OTHER_BASE = 1 << (2 * _SYLLABLE_BITS)
"""Below it are pairs of syllables, from it on everything else by its hash."""
_OTHER_SIZE = 1 << 19
_GAP = "#"
_BEGINNING = 5
"""Letters: shorter beginnings are in too many words, longer ones are seldom all that is kept."""
_TRADE = 0.4
"""What a piece of a Latin word tells that any firm of a trade may bear."""


def grams_of(name: CompanyName) -> Mapping[int, float]:
    """The pieces of a name, each with what it tells of who the company is, 0-1."""
    found: dict[int, float] = {}
    if name.script is Script.HAN:
        found.update(_of_places(name))
        _gather(found, _of_letters(name))
    else:
        words = [word for part in name.parts for word in part.text.split()]
        found.update(dict.fromkeys(_of_spoken(words), 1.0))
        _gather(found, _of_parts(name))
    if name.brand is not None:
        found[_hashed(f"brand {name.brand}")] = 1.0
    return found


def _gather(found: dict[int, float], grams: Iterable[tuple[int, float]]) -> None:
    """Adds grams; one that stands twice tells what it tells most."""
    for gram, telling in grams:
        found[gram] = max(telling, found.get(gram, 0.0))


def _of_places(name: CompanyName) -> Iterator[tuple[int, float]]:
    """The first character of a place with the first of the letters, as acronyms have them."""
    for place in name.places:
        for gram in _of_chinese(min(place)[0] + name.letters[:1]):
            yield gram, 1.0


def _of_letters(name: CompanyName) -> Iterator[tuple[int, float]]:
    """Two characters each; of a name without a core the places go before them."""
    places = "" if name.core else "".join(map(min, name.places))
    weights = (1.0,) * len(places) + name.weights
    for at, gram in enumerate(_of_chinese(places + name.letters)):
        yield gram, max(weights[at : at + 2])


def _of_parts(name: CompanyName) -> Iterator[tuple[int, float]]:
    """Three letters each of every word."""
    for part in name.parts:
        telling = 1.0 if part.role is Role.CORE else _TRADE
        for word in part.text.split():
            for gram in _of_word(word):
                yield gram, telling


def _of_chinese(text: str) -> Iterator[int]:
    numbers = [_number(character) for character in text]
    if len(text) == 1:
        yield _paired(numbers[0], 0)
    for at, (one, other) in enumerate(pairwise(numbers)):
        if one and other:
            yield _paired(one, other)
        else:
            yield _hashed(text[at : at + 2])


@lru_cache(maxsize=16_384)
def _of_word(word: str) -> tuple[int, ...]:
    """Three letters each, the borders of the word among them; then how it begins, and all of it.

    The last two are rare: they find a word whose letters are in many others.
    """
    bordered = f"{_GAP}{word}{_GAP}"
    letters = [bordered[at : at + 3] for at in range(len(bordered) - 2)]
    return tuple(map(_hashed, [*letters, bordered[: 1 + _BEGINNING], bordered]))


def _of_spoken(words: Sequence[str]) -> Iterator[int]:
    """Pairs of syllables within pinyin words, and across words of one syllable."""
    loose: list[str] = []
    for word in words:
        spoken = syllables(word)
        if len(spoken) == 1:
            loose += spoken
            continue
        yield from _of_syllables(loose)
        loose = []
        yield from _of_syllables(spoken)
    yield from _of_syllables(loose)


def _of_syllables(spoken: Sequence[str]) -> Iterator[int]:
    numbers = _numbers()
    for one, other in pairwise(spoken):
        yield _paired(numbers[one], numbers[other])


def _paired(one: int, other: int) -> int:
    return one << _SYLLABLE_BITS | other


def _hashed(text: str) -> int:
    return _OTHER_BASE + crc32(text.encode("utf-8", "surrogatepass")) % _OTHER_SIZE


@lru_cache(maxsize=16_384)
def _number(character: str) -> int:
    """The number of a character's usual sound; 0 for one without."""
    return _numbers().get(sounds(character)[0], 0) if HAS_HAN.match(character) else 0


@cache
def _numbers() -> dict[str, int]:
    plain = sorted({syllable.replace("v", "u") for syllable in SYLLABLES})
    return {syllable: number for number, syllable in enumerate(plain, start=1)}
