"""Latin words of a folded name, and the stem under which a word is compared."""

import csv
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

_SINGLES = re.compile(r"\b[a-z](?: [a-z]\b)+")
_SHORTEST_PLURAL = 4


def tokenise(folded: str) -> tuple[str, ...]:
    """The words of a folded Latin name; letters that stand alone are put together.

    >>> tokenise("d r horton"), tokenise("novo nordisk a s")
    (('dr', 'horton'), ('novo', 'nordisk', 'as'))
    """
    joined = _SINGLES.sub(lambda found: found.group().replace(" ", ""), folded)
    return tuple(joined.split())


@lru_cache(maxsize=16_384)
def stem(token: str) -> str:
    """The full, singular word of a token; abbreviations are written out.

    >>> stem("intl"), stem("technologies"), stem("gas")
    ('international', 'technology', 'gas')
    """
    abbreviations = _abbreviations()
    singular = abbreviations.get(token) or _singular(token)
    return abbreviations.get(singular, singular)


def _singular(token: str) -> str:
    if (
        len(token) <= _SHORTEST_PLURAL
        or not token.endswith("s")
        or token.endswith(("ss", "us", "is"))
    ):
        return token
    if token.endswith("ies"):
        return token[:-3] + "y"
    return token[:-1]


@cache
def _abbreviations() -> Mapping[str, str]:
    text = (files("matching.names") / "data" / "abbreviations.csv").read_text("utf-8")
    return {row["short"]: row["long"] for row in csv.DictReader(text.splitlines())}
