"""The small pieces of a name under which a register finds it.

A piece is a number: two syllables in a row of a Chinese name, so that another character of the
same sound is found too, and so is the pinyin; three letters of a Latin word; two characters of any
other script; a known brand in whichever script.
"""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from zlib import crc32

from matching.names.folding import HAS_HAN
from matching.names.parts import CompanyName, Script
from matching.names.pinyin import SYLLABLES, sounds, syllables

_SYLLABLE_BITS = 9
_OTHER_BASE = 1 << (2 * _SYLLABLE_BITS)
"""Below it are pairs of syllables, from it on everything else by its hash."""
_OTHER_SIZE = 1 << 19
_GAP = "#"


def grams_of(name: CompanyName) -> tuple[int, ...]:
    """The pieces of a name, each once."""
    found: set[int] = set()
    if name.script is Script.HAN:
        text = name.letters if name.core else "".join(map(min, name.places)) + name.letters
        found.update(_of_chinese(text))
        for place in name.places:
            found.update(_of_chinese(min(place)[0] + name.letters[:1]))
    else:
        words = [word for part in name.parts for word in part.text.split()]
        for word in words:
            found.update(_of_word(word))
        found.update(_of_spoken(words))
    if name.brand is not None:
        found.add(_hashed(f"brand {name.brand}"))
    return tuple(found)


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
    """Three letters each, the borders of the word among them."""
    bordered = f"{_GAP}{word}{_GAP}"
    return tuple(_hashed(bordered[at : at + 3]) for at in range(len(bordered) - 2))


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
