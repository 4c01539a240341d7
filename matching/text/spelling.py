"""One form of an English word: American, singular.

The rules are applied to both sides of every comparison, so they may be rough ("shoes" becomes
"she"): what counts is that spellings of one word meet and different words do not.
"""

import re
from functools import lru_cache

_IRREGULAR = {"gases": "gas", "lenses": "lens", "buses": "bus", "dies": "die", "lens": "lens"}
_AMERICAN = (
    (re.compile("aluminium"), "aluminum"),
    (re.compile("sulph"), "sulf"),
    (re.compile("mould"), "mold"),
    (re.compile("tyre"), "tire"),
    (re.compile("programme$"), "program"),
    (re.compile("ageing$"), "aging"),
    (re.compile("grey"), "gray"),
    (re.compile("[ao]e"), "e"),
    (re.compile("([bt])re(?=d?$)"), r"\1er"),
    (re.compile("our(?=ed$|ing$|less$|ful$|$)"), "or"),
    (re.compile("(?<=[a-z]{2})([iy])s(?=e[drs]?$|ing$|ation$|able$)"), r"\1z"),
    (re.compile("ll(?=ed$|ing$|er$)"), "l"),
    (re.compile("ogue$"), "og"),
    (re.compile("(?<=[a-z]{3})ence$"), "ense"),
)
_SHORTEST_PLURAL = 4
_ENDING = re.compile("(?<=[a-z]{4})(?:ings?|er|or|ions?)$")
_SHORTEST_ROOTED = 6
_SYNONYMS = {
    "photovoltaic": "solar",
    "pv": "solar",
    "automobile": "car",
    "automotive": "car",
    "vehicle": "car",
    "pharmaceutical": "drug",
    "pharma": "drug",
    "medicine": "drug",
    "semiconductor": "chip",
    "aeroplane": "aircraft",
    "airplane": "aircraft",
    "aerospace": "aviation",
}
"""Words that this field uses for one another (ours)."""


@lru_cache(maxsize=20_000)
def canonical(word: str) -> str:
    """The one form of a lower-case word; words in other scripts and numbers stay as they are.

    >>> [canonical(w) for w in ("fibres", "batteries", "aluminium", "polarisers", "gas", "4680")]
    ['fiber', 'battery', 'aluminum', 'polarizer', 'gas', '4680']
    """
    if not word.isascii() or not word.isalpha():
        return word
    single = singular(word)
    for pattern, american in _AMERICAN:
        single = pattern.sub(american, single)
    return single


@lru_cache(maxsize=20_000)
def root(word: str) -> str:
    """What a canonical word has in common with its relatives: cutter and cutting, sensor, sensing.

    Only for overlap, where a word in common is weighed against others; never for sameness.

    >>> [root(word) for word in ("cutter", "cutting", "pv", "photovoltaic", "laser")]
    ['cutt', 'cutt', 'solar', 'solar', 'laser']
    """
    same = _SYNONYMS.get(word, word)
    return _ENDING.sub("", same) if len(same) >= _SHORTEST_ROOTED else same


def singular(word: str) -> str:
    """The singular of an English noun by its ending; other words pass through."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or word.endswith(("ss", "is")):
        return word
    if word.endswith("us") and len(word) > _SHORTEST_PLURAL:
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]
