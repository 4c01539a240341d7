"""A phrase against one word, by the rules that hold for a link's keywords."""

from functools import lru_cache

from matching.text.containment import VALUES
from matching.text.grammar import role_of
from matching.text.likeness import likeness
from matching.text.reading import read, read_phrase
from matching.text.tokens import Tokens


@lru_cache(maxsize=20_000)
def word_affinity(phrase: str, word: str) -> float:
    """How far an investor's phrase means a word, in [0, 1].

    1 for the same, .9 for the word as the phrase's head, less elsewhere (`containment.VALUES`),
    the ratio for a slip; never by shared bigrams, since one word has no rarer and commoner parts.

    >>> word_affinity("KrF光刻膠", "光刻胶"), word_affinity("正极材料", "负极材料")
    (0.9, 0.0)
    """
    sought = read(word)
    if not sought.words:
        return 0.0
    return max(_affinity(tokens, sought) for tokens in read_phrase(phrase))


def _affinity(phrase: Tokens, sought: Tokens) -> float:
    if not phrase.words:
        return 0.0
    if "".join(phrase.words) == "".join(sought.words):
        return 1.0
    length = len(sought.words)
    found = (
        VALUES[role_of(phrase.text, phrase.starts[start], phrase.ends[start + length - 1])]
        for start in range(len(phrase.words) - length + 1)
        if phrase.words[start : start + length] == sought.words
        and not phrase.is_cut(start, start + length)
    )
    return max(*found, likeness(phrase, sought), 0.0)
