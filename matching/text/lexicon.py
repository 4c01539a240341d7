"""Names and keywords by their tokens: which of them a phrase is, and which it holds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from matching.text.tokens import Tokens

LONGEST_WORD = 12
"""Tokens of the longest word; longer ones (a class's whole name) are left to overlap."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of the lexicon: whose it is (a number of the caller's) and as it was written."""

    owner: int
    word: str


@dataclass(frozen=True, slots=True)
class Span:
    """A lexicon word found in a phrase: the tokens `start` to `end` (exclusive)."""

    start: int
    end: int
    entries: tuple[Entry, ...]

    def beats(self, other: "Span") -> bool:
        """Whether this is a longer word over some of the same tokens (the longest wins)."""
        longer = self.end - self.start > other.end - other.start
        return longer and self.start < other.end and other.start < self.end


class Lexicon:
    """Words by the key of their tokens; a word may have several owners."""

    def __init__(self, words: Iterable[tuple[Tokens, Entry]]) -> None:
        by_key: defaultdict[str, dict[Entry, None]] = defaultdict(dict)
        self._starts: set[str] = set()
        for tokens, entry in words:
            if not tokens.words or len(tokens.words) > LONGEST_WORD:
                continue
            by_key[tokens.key][entry] = None
            self._starts.update(" ".join(tokens.words[:n]) for n in range(1, len(tokens.words) + 1))
        self._by_key: Mapping[str, tuple[Entry, ...]] = {k: tuple(v) for k, v in by_key.items()}

    def get(self, key: str) -> tuple[Entry, ...]:
        """The entries of a whole phrase, by its key."""
        return self._by_key.get(key, ())

    def spans(self, tokens: Tokens) -> list[Span]:
        """Every lexicon word in the phrase that no clause end cuts, leftmost first."""
        return [span for start in range(len(tokens.words)) for span in self._from(tokens, start)]

    def _from(self, tokens: Tokens, start: int) -> Iterator[Span]:
        key = ""
        for end in range(start + 1, min(start + LONGEST_WORD, len(tokens.words)) + 1):
            key = f"{key} {tokens.words[end - 1]}" if key else tokens.words[start]
            if key not in self._starts:
                return
            entries = self._by_key.get(key)
            if entries and not tokens.is_cut(start, end):
                yield Span(start, end, entries)
