"""Chinese characters as toneless syllables, and Latin words read as such."""

from collections.abc import Mapping
from functools import lru_cache

LONGEST_WORD = 24
"""A longer Latin word is not read as syllables."""

_FINALS: Mapping[str, str] = {
    "": "a ai an ang ao e ei en eng er o ou",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo ue v ve",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu ong ou u uan un uo ue v ve",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
}
SYLLABLES = frozenset(
    initial + final for initial, finals in _FINALS.items() for final in finals.split()
)
"""Every syllable of Mandarin, without tones."""


@lru_cache(maxsize=16_384)
def sounds(text: str) -> tuple[str, ...]:
    """The syllables of Chinese text, in its usual reading; other characters stay as runs.

    >>> sounds("重庆长安")
    ('chong', 'qing', 'chang', 'an')
    """
    from pypinyin import lazy_pinyin  # noqa: PLC0415 — half a second that a start need not wait for

    return tuple(_plain(one) for one in lazy_pinyin(text))


def syllables(word: str) -> tuple[str, ...]:
    """The syllables of a word written in pinyin, the longest first; () when it is not.

    >>> syllables("huaxicun"), syllables("roborock")
    (('hua', 'xi', 'cun'), ())
    """
    return _split(word) if 0 < len(word) <= LONGEST_WORD and word.isascii() else ()


@lru_cache(maxsize=16_384)
def _split(word: str) -> tuple[str, ...]:
    for length in range(min(6, len(word)), 0, -1):
        head = word[:length]
        if head in SYLLABLES:
            if length == len(word):
                return (_plain(head),)
            if rest := _split(word[length:]):
                return (_plain(head), *rest)
    return ()


def _plain(syllable: str) -> str:
    """A syllable with ü written u, as names mostly do."""
    return syllable.replace("ü", "u").replace("v", "u")
