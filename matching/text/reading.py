"""Texts as tokens ready to be compared: normalised, "A of B" turned round."""

from functools import lru_cache

from matching.text.fronting import front
from matching.text.negation import affirmed
from matching.text.normalise import normalise, readings
from matching.text.tokens import Tokens, tokenise

KEPT = 20_000
"""Words whose tokens are kept: more than all links have, so that a build reads each word once."""


@lru_cache(maxsize=KEPT)
def read(word: str) -> Tokens:
    """The tokens of a name or keyword; kept, since the same words are read again and again."""
    return tokenise(front(normalise(word)))


def read_phrase(phrase: str) -> list[Tokens]:
    """The tokens of a phrase in each of its readings, without what it denies."""
    return [tokenise(front(affirmed(reading))) for reading in readings(phrase)]
