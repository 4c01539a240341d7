"""A description placed among the classes of any list, best first.

A class's score is the sum over the lines of business that the text names, each by its weight in
the text times its affinity to the class, and over the text's own characters. The affinity is the
share of the class's names that the line of business's words cover, rare features first; for a class
that is a division of GB/T 4754 it is given by the code. Nothing is learnt from descriptions.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from matching.describing.divisions import find_divisions
from matching.describing.grams import grams, rarity
from matching.describing.passages import Passage, passages
from matching.describing.reader import Reader, saturate
from matching.describing.thesaurus import Business, businesses
from matching.reference.loader import Reference

LEVELS = (1.0, 0.3, 0.2)
"""What the names of a class count: its own, then those above it from the nearest up."""

SHARPNESS = 2.0
"""The nearest classes of a line of business take most of its weight."""

SECOND_DIVISION = 0.5
"""The affinity of a division that a line of business belongs to in second place."""

LEAST_AFFINITY = 0.12
DIRECT = 0.5
"""What the text's own characters count beside its lines of business."""

Grams = frozenset[str]


class IndustryClass(NamedTuple):
    """A class of a list: its code, its name, and the names from the top down to it."""

    code: str
    name: str
    path: tuple[str, ...]


class Placed(NamedTuple):
    """A class and how well a description fits it; a score compares within one list only."""

    code: str
    score: float


class ClassPlacer:
    """Places descriptions among the classes of one list; built once, then only read."""

    def __init__(self, classes: Sequence[IndustryClass], reference: Reference) -> None:
        self._codes = tuple(one.code for one in classes)
        self._levels = [_levels(one) for one in classes]
        self._rarity = rarity(frozenset[str]().union(*levels) for levels in self._levels)
        known = businesses(reference)
        self._reader = Reader(known)
        divisions = find_divisions([(one.code, one.name) for one in classes], reference)
        self._near = [self._affinities(one, divisions) for one in known]

    def place(self, text: str) -> tuple[Placed, ...]:
        """The classes a description touches, best first, equal ones in the order of the list.

        Chinese (either script) or English, of any length; `normalise.MAX_CHARACTERS` are read.
        Empty for a text that says nothing of any class.
        """
        parts = tuple(passages(text))
        scores: defaultdict[int, float] = defaultdict(float)
        for number, weight in self._reader.read(parts).items():
            for place, near in self._near[number].items():
                scores[place] += weight * near
        for place, value in self._direct(parts):
            scores[place] += DIRECT * value
        order = sorted(scores, key=lambda place: (-scores[place], place))
        return tuple(Placed(self._codes[place], scores[place]) for place in order)

    def _direct(self, parts: Iterable[Passage]) -> Iterable[tuple[int, float]]:
        said: defaultdict[str, float] = defaultdict(float)
        for part in parts:
            for gram in sorted(grams(part.text)):
                said[gram] += part.weight
        heard = {gram: saturate(w) for gram, w in said.items() if gram in self._rarity}
        covers = ((place, self._cover(levels, heard)) for place, levels in enumerate(self._levels))
        return [(place, value) for place, value in covers if value > 0.0]

    def _affinities(self, business: Business, divisions: Mapping[int, str]) -> dict[int, float]:
        own = _whole(business.words)
        outer = own | _whole(business.sectors)
        raw: dict[int, float] = {}
        for place, levels in enumerate(self._levels):
            value = self._cover(levels, own, outer)
            if divisions.get(place) in business.divisions:
                is_main = divisions[place] == business.divisions[0]
                value = max(value, 1.0 if is_main else SECOND_DIVISION)
            if value >= LEAST_AFFINITY:
                raw[place] = value
        best = max(raw.values(), default=0.0)
        return {place: best * (value / best) ** SHARPNESS for place, value in raw.items()}

    def _cover(
        self,
        levels: Sequence[Grams],
        heard: Mapping[str, float],
        at_top: Mapping[str, float] | None = None,
    ) -> float:
        """How much of a class's names is heard, in [0, 1]; of the topmost name by `at_top`."""
        value = whole = 0.0
        for place, (weight, level) in enumerate(zip(LEVELS, levels, strict=False)):
            is_top = place == len(levels) - 1
            met = at_top if at_top is not None and is_top else heard
            value += weight * self._share(level, met)
            whole += weight
        return value / whole

    def _share(self, level: Grams, heard: Mapping[str, float]) -> float:
        total = met = 0.0
        for gram in sorted(level):  # a set has no order of its own, and sums depend on it
            total += self._rarity[gram]
            met += self._rarity[gram] * heard.get(gram, 0.0)
        return met / total if total else 0.0


def _levels(one: IndustryClass) -> tuple[Grams, ...]:
    """The features of the class's own name, then of those above it, from the nearest up."""
    above = [name for name in reversed(one.path) if name != one.name and len(name) > 1]
    return tuple(grams(name) for name in (one.name, *above))


def _whole(words: Iterable[str]) -> dict[str, float]:
    return {gram: 1.0 for word in words for gram in sorted(grams(word))}
