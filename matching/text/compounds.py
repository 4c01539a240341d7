"""Compounds written apart or together: micro inverter, micro-inverter and microinverter are one."""

from collections.abc import Iterable
from itertools import pairwise

from matching.text.script import has_chinese
from matching.text.tokens import Tokens

SHORTEST = 5
"""Characters of the shortest compound told apart; shorter ones are other words ("in p", InP)."""


class Compounds:
    """The compounds of a vocabulary, learnt from how its words are written."""

    def __init__(self, phrases: Iterable[Tokens]) -> None:
        self.words: set[str] = set()
        self._apart: dict[str, tuple[str, str]] = {}
        for tokens in phrases:
            self.words.update(tokens.words)
            for a, b in pairwise(tokens.words):
                if len(a + b) >= SHORTEST and not has_chinese(a + b):
                    self._apart[a + b] = (a, b)

    def unify(self, tokens: Tokens) -> Tokens:
        """The phrase with its compounds written one way: apart where the vocabulary ever does."""
        if all(has_chinese(word) for word in tokens.words):
            return tokens
        pieces = self._split(self._join(tokens))
        words, starts, ends = zip(*pieces, strict=True)
        return Tokens(tokens.text, words, starts, ends)

    def _join(self, tokens: Tokens) -> list[tuple[str, int, int]]:
        pieces: list[tuple[str, int, int]] = []
        for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
            is_next = bool(pieces) and tokens.text[pieces[-1][2] : start] == " "
            whole = pieces[-1][0] + word if is_next else ""
            if len(whole) >= SHORTEST and whole in self.words and whole not in self._apart:
                pieces[-1] = (whole, pieces[-1][1], end)
            else:
                pieces.append((word, start, end))
        return pieces

    def _split(self, pieces: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
        return [
            (part, start, end)
            for word, start, end in pieces
            for part in self._apart.get(word, (word,))
        ]
