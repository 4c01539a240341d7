"""Slips of the pen in single words: a word nobody has, an edit away from one that somebody has."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from matching.text.likeness import is_slip

SHORTEST = 6
"""Characters from which an unknown word may be a known one misspelt (ours)."""


class Speller:
    """The words of a vocabulary by their first letters."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        by_letter: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(vocabulary):
            if len(word) >= SHORTEST - 1:
                by_letter[word[0]].append(word)
        self._known = frozenset(vocabulary)
        self._by_letter = dict(by_letter)

    def corrected(self, words: Sequence[str]) -> tuple[str, ...] | None:
        """The words with unknown ones put right; None where there is nothing to put right."""
        right = tuple(self._right(word) for word in words)
        return right if right != tuple(words) else None

    def _right(self, word: str) -> str:
        if word in self._known or len(word) < SHORTEST:
            return word
        near = process.extractOne(
            word,
            self._by_letter.get(word[0], ()),
            scorer=Levenshtein.distance,
            processor=None,
            score_cutoff=2,
        )
        return near[0] if near is not None and is_slip(word, near[0]) else word
