"""A text as features for comparing: pairs of Chinese characters, whole words of other scripts."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import log

from matching.text.reading import read
from matching.text.script import has_chinese
from matching.text.tokens import Tokens

_IDLE = frozenset(
    {"and", "of", "the", "in", "for", "other", "not", "with", "on", "to", "a", "an", "as", "by"}
    | {"或", "及其", "其他", "制品", "产品", "和其", "业和"}
)
"""Features without a subject: English function words and what many class names end in."""


@lru_cache(maxsize=20_000)
def grams(text: str) -> frozenset[str]:
    """The features of a name; a single Chinese character counts where it stands alone.

    >>> sorted(grams("铝合金 LED"))
    ['led', '合金', '铝合']
    """
    return frozenset(_features(read(text)))


def rarity(documents: Iterable[frozenset[str]]) -> Mapping[str, float]:
    """How much a feature says: more the fewer documents have it (inverse document frequency)."""
    seen: dict[str, int] = {}
    count = 0
    for document in documents:
        count += 1
        for feature in document:
            seen[feature] = seen.get(feature, 0) + 1
    return {feature: log(1 + count / many) for feature, many in seen.items()}


def _features(tokens: Tokens) -> Iterable[str]:
    words = tokens.words
    for place, word in enumerate(words):
        if not has_chinese(word):
            if word not in _IDLE:
                yield word
            continue
        follows = place + 1 < len(words) and _touches(tokens, place)
        if follows and f"{word}{words[place + 1]}" not in _IDLE:
            yield f"{word}{words[place + 1]}"
        elif not follows and not (place and _touches(tokens, place - 1)):
            yield word


def _touches(tokens: Tokens, place: int) -> bool:
    """Whether a Chinese character follows the one at a place, with nothing between."""
    return (
        tokens.ends[place] == tokens.starts[place + 1]
        and has_chinese(tokens.words[place])
        and has_chinese(tokens.words[place + 1])
    )
