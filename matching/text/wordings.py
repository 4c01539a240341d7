"""Many wordings, and those among them that a text means: `word_affinity`, asked of all at once.

What cannot have an affinity is passed over by an index; what is found is exact. A phrase means a
word only where they are the same but for spaces, the word's first token is one of the phrase's, or
their letters are alike.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz, process

from matching.text.likeness import LEAST_CHARACTERS, LEAST_RATIO
from matching.text.reading import read, read_phrase
from matching.text.tokens import Tokens
from matching.text.words import word_affinity

MOST_KEPT = 10_000
"""Answers that are kept; then they are begun anew."""


class Marks(NamedTuple):
    """What two wordings must share so that one can mean the other: a token, or near letters."""

    tokens: frozenset[str]
    texts: tuple[str, ...]


def _of_phrase(phrase: str) -> Marks:
    read_ways = read_phrase(phrase)
    tokens = frozenset(token for tokens in read_ways for token in (*tokens.words, _whole(tokens)))
    return Marks(tokens, tuple(tokens.text for tokens in read_ways))


def _of_word(word: str) -> Marks:
    tokens = read(word)
    return Marks(frozenset((*tokens.words[:1], _whole(tokens))), (tokens.text,))


def _whole(tokens: Tokens) -> str:
    """All tokens as one, which no single token looks like."""
    return " " + "".join(tokens.words)


@dataclass(frozen=True, slots=True)
class Kind:
    """Which side is held and which is asked about."""

    held: Callable[[str], Marks]
    asked: Callable[[str], Marks]
    affinity: Callable[[str, str], float]
    """Of what is asked about to what is held."""


WORDS = Kind(_of_word, _of_phrase, word_affinity)
"""Words are held: which of them does a phrase mean?"""

PHRASES = Kind(_of_phrase, _of_word, lambda word, phrase: word_affinity(phrase, word))
"""Phrases are held: which of them mean a word?"""


class Wordings:
    """Distinct wordings, only ever added to; one thread adds while others ask."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._held: set[str] = set()
        self._by_token: defaultdict[str, list[str]] = defaultdict(list)
        self._owners: list[str] = []
        self._texts: list[str] = []
        self._kept: dict[tuple[str, int], Mapping[str, float]] = {}

    def add(self, wordings: Iterable[str]) -> None:
        """Hold these too."""
        for wording in wordings:
            if wording not in self._held:
                self._add(wording)

    def _add(self, wording: str) -> None:
        marks = self._kind.held(wording)
        for token in marks.tokens:
            self._by_token[token].append(wording)
        for text in marks.texts:
            if len(text) >= LEAST_CHARACTERS:
                self._owners.append(wording)  # first, so that every text has its owner
                self._texts.append(text)
        self._held.add(wording)

    def met_by(self, asked: str) -> Mapping[str, float]:
        """The wordings that `asked` means (or that mean it), each with its affinity in (0, 1]."""
        name = asked, len(self._held)
        if name not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept = {}
            near = {held: self._kind.affinity(asked, held) for held in set(self._near(asked))}
            self._kept[name] = {held: value for held, value in near.items() if value > 0.0}
        return self._kept[name]

    def _near(self, asked: str) -> Iterator[str]:
        marks = self._kind.asked(asked)
        for token in marks.tokens:
            yield from self._by_token.get(token, ())
        for text in marks.texts:
            for _, _, at in process.extract(
                text, tuple(self._texts), scorer=fuzz.ratio, score_cutoff=LEAST_RATIO, limit=None
            ):
                yield self._owners[at]
