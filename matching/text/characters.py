"""What is the same in characters, for texts and names alike: the unseen, accents, the script."""

import re
import unicodedata
from functools import cache
from typing import Protocol, cast

from opencc import OpenCC

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ud800-\udfff"
    "\ue000-\uf8ff\ufff0-\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]+"
)
_MARKED = re.compile(
    "[\u00c0-\u024f\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1eff\u20d0-\u20ff\ufe20-\ufe2f]"
)
"""Latin letters with marks, and marks."""


def without_invisible(text: str) -> str:
    """The text without what the eye does not see; spaces and line breaks stay."""
    return _INVISIBLE.sub("", text)


def without_accents(text: str) -> str:
    """A text in lower case without the marks on its Latin letters, composed (NFKC).

    >>> without_accents("façade ガ")
    'facade ガ'
    """
    if not _MARKED.search(text):
        return unicodedata.normalize("NFKC", text)
    kept: list[str] = []
    is_latin = False
    for character in unicodedata.normalize("NFKD", text):
        if not unicodedata.combining(character):
            is_latin = "a" <= character <= "z"
        elif is_latin:
            continue
        kept.append(character)
    return unicodedata.normalize("NFKC", "".join(kept))


def simplified(text: str) -> str:
    """Traditional characters as simplified ones, character by character."""
    return text if text.isascii() else _converter("t2s").convert(text)


def in_mainland_words(text: str) -> str:
    """The same, with Taiwan's words (矽晶圓, 軟體) as the mainland's (硅晶圆, 软件)."""
    return _converter("tw2sp").convert(text)


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _converter(config: str) -> _Converter:
    return cast("_Converter", OpenCC(config))  # the package has no types
