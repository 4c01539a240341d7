"""Letters that only look Latin: read as what they look like, or as their own language says.

A word of Cyrillic or Greek letters is either that language (Газпром) or Latin in disguise
(АВВ in Cyrillic letters). It is taken for a disguise when it is mixed with Latin letters, or when
every such letter of the whole name has a Latin twin; otherwise it is written in Latin letters by
its sound.
"""

import re
from collections.abc import Mapping

_TWIN_PAIRS = (
    "Аa аa Вb Еe еe Ёe ёe Іi іi Їi їi Јj јj Кk кk Мm мm Нh нh Оo оo Рp рp Сc сc Тt тt Уy уy Үy үy "
    "Хx хx Ѕs ѕs ԁd Ԛq ԛq Ԝw ԝw Һh һh ӏl Ӏl вb "
    "Αa αa Βb βb Εe εe Ζz ζz Ηh ηn Ιi ιi Κk κk Μm Νn νv Οo οo Ρp ρp Τt τt Υy υu Χx χx κk ϲc Ϲc ϳj"
)
TWINS: Mapping[str, str] = {pair[0]: pair[1] for pair in _TWIN_PAIRS.split()}
"""A Cyrillic or Greek letter → the Latin letter it looks like."""

_SOUND_PAIRS = (
    "а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh "
    "ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya і=i ї=i є=ye ґ=g ў=u ј=j љ=lj њ=nj ћ=c ђ=dj "
    "џ=dz ѓ=g ќ=k "
    "ѕ=dz α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s "
    "τ=t υ=y φ=f χ=ch ψ=ps ω=o"
)
_SOUNDS: Mapping[str, str] = {
    letter: sound for letter, _, sound in (pair.partition("=") for pair in _SOUND_PAIRS.split())
}
_OTHER = "\u0370-\u03ff\u0400-\u052f"
_WORD = re.compile(f"[A-Za-z{_OTHER}]+")
_OTHER_LETTER = re.compile(f"[{_OTHER}]")
_LATIN_LETTER = re.compile("[A-Za-z]")


def unmask(text: str) -> str:
    """The text with Cyrillic and Greek letters written in Latin ones.

    >>> unmask("Siеmеns АG"), unmask("Газпром нефть")
    ('Siemens aG', 'gazprom neft')
    """
    if not _OTHER_LETTER.search(text):
        return text
    is_language = any(
        letter not in TWINS
        for word in _WORD.findall(text)
        if not _LATIN_LETTER.search(word)
        for letter in word
    )
    return _WORD.sub(lambda found: _unmask_word(found.group(), is_language), text)


def _unmask_word(word: str, is_language: bool) -> str:
    if is_language and not _LATIN_LETTER.search(word):
        return "".join(_SOUNDS.get(letter, letter) for letter in word.casefold())
    return "".join(TWINS.get(letter) or _SOUNDS.get(letter.casefold(), letter) for letter in word)
