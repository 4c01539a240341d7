"""Which lines of business a description names, and how strongly."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from matching.describing.passages import Passage
from matching.describing.thesaurus import Business
from matching.text.reading import read
from matching.text.tokens import tokenise

LONGEST = 6
"""Tokens of the longest word that is looked for."""

SATURATION = 0.7
"""A word said with this weight counts half of one said without end."""

LENGTH = 0.3
"""How much more a longer word says: the count of its tokens to this power (ours)."""

Key = tuple[str, ...]


class Reader:
    """Finds the words of lines of business in texts, the longest first."""

    def __init__(self, found: Sequence[Business]) -> None:
        owners: defaultdict[Key, dict[int, None]] = defaultdict(dict)
        for number, business in enumerate(found):
            for word in business.words:
                key = read(word).words
                if 0 < len(key) <= LONGEST:
                    owners[key][number] = None
        self._owners: Mapping[Key, tuple[int, ...]] = {k: tuple(v) for k, v in owners.items()}

    def read(self, parts: Iterable[Passage]) -> dict[int, float]:
        """The numbers of the lines of business named, each with a weight above 0.

        A word repeated counts less each time; one with several owners counts less for each.
        """
        said: defaultdict[Key, float] = defaultdict(float)
        for part in parts:
            for key in self._words(part.text):
                said[key] += part.weight
        weights: defaultdict[int, float] = defaultdict(float)
        for key, heard in said.items():
            owners = self._owners[key]
            value = saturate(heard) * len(key) ** LENGTH / len(owners) ** 0.5
            for number in owners:
                weights[number] += value
        return weights

    def _words(self, text: str) -> Iterator[Key]:
        words, place = tokenise(text).words, 0
        while place < len(words):
            key = self._longest(words[place : place + LONGEST])
            if key:
                yield key
            place += len(key) or 1

    def _longest(self, words: Key) -> Key:
        lengths = range(len(words), 0, -1)
        return next((words[:n] for n in lengths if words[:n] in self._owners), ())


def saturate(weight: float) -> float:
    """How much a word says that was said with a weight, in [0, 1)."""
    return weight / (weight + SATURATION)
