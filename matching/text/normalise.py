"""One form of a text for comparing: NFKC, lower case, simplified script, folded punctuation.

Only the first `MAX_CHARACTERS` of a text are read, so that any input costs bounded time. In the
answer ";" ends a sentence and "," a clause, "/" separates alternatives (、, slash, bracket, a space
between Chinese words), " " separates words; nothing else but letters and digits is left, and the
full stop inside a number (2.5d).
"""

import re
import unicodedata

from matching.text.characters import (
    in_mainland_words,
    simplified,
    without_accents,
    without_invisible,
)
from matching.text.script import CJK
from matching.text.tokens import tokenise

MAX_CHARACTERS = 3_000
"""How much of a text is read: three pages of Chinese, more than any product description."""

_POSSESSIVE = re.compile(r"['’`](?:s\b)?")
_SENTENCE_END = re.compile(r"\.(?=\s|$)|[;!?。…•\n\r]+")
_CLAUSE_END = re.compile(r"[:|]+")
_INNER_STOP = re.compile(r"(?<!\d)\.|\.(?!\d)")
_ALTERNATIVE = re.compile(r"[、·/\\()\[\]{}<>《》「」『』【】〔〕“”\"]+")
_OTHER = re.compile(r"[^\w,;/. ]|_")
_CHINESE_GAP = re.compile(f"(?<=[{CJK}])[ \t]+(?=[{CJK}])")
_SPACES = re.compile(r"\s+")
_RUN = re.compile(r" *[,;/][,;/ ]*")
_CUTS = ";,/"
"""From the strongest to the weakest; of several in a row the strongest stays."""


def normalise(text: str) -> str:
    """The comparable form of a text; "" for one without letters or digits. Never fails.

    >>> normalise("ＫｒＦ 光刻膠（半導體）, R&D")
    'krf 光刻胶/半导体,r d'
    """
    return simplified(_fold(text))


def readings(text: str) -> tuple[str, ...]:
    """The forms in which a text may be meant, the normal one first.

    A text in traditional script is also read with Taiwan's words (矽晶圓, 軟體) put into the
    mainland's (硅晶圆, 软件); a text in simplified script has one reading.
    """
    folded = _fold(text)
    normal = simplified(folded)
    if normal == folded:
        return (normal,)
    return tuple(dict.fromkeys((normal, in_mainland_words(folded))))


def contains_words(text: str, words: str) -> bool:
    """Whether a normalised text holds normalised words: Latin ones whole, Chinese ones anywhere.

    >>> contains_words("electron beam substrate", "ate"), contains_words("硅片清洗设备", "清洗")
    (False, True)
    """
    sought = tokenise(words).key
    return bool(sought) and f" {sought} " in f" {tokenise(text).key} "


def _fold(text: str) -> str:
    visible = without_invisible(text[:MAX_CHARACTERS])
    folded = unicodedata.normalize("NFKC", visible)[:MAX_CHARACTERS].casefold()
    if not folded.isascii():
        folded = without_invisible(without_accents(folded))
    folded = _POSSESSIVE.sub("", folded)
    folded = _CLAUSE_END.sub(",", _SENTENCE_END.sub(";", folded))
    folded = _ALTERNATIVE.sub("/", folded)
    folded = _OTHER.sub(" ", _INNER_STOP.sub(" ", folded))
    folded = _SPACES.sub(" ", _CHINESE_GAP.sub("/", folded))
    return _RUN.sub(_strongest, folded).strip(",;/. ")


def _strongest(run: re.Match[str]) -> str:
    return next(cut for cut in _CUTS if cut in run.group())
