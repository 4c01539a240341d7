"""Which parts of a description say what a company does, and how much each part says."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from matching.text.normalise import readings

FIRST, SECOND, LATER, LEAST = 1.0, 0.7, 0.5, 0.3
"""What a sentence counts by its place among those that say something (ours)."""

MAIN = 1.5
"""A sentence that says it names the main business counts this much more."""

USE = 0.3
"""What is said of customers and uses: where products go, not what they are."""

_MAIN = re.compile(
    r"主营|主要从事|主要业务|专业从事|专注于|主要产品|主要经营|经营范围|是一家|致力于"
    r"|engage[ds]? in|primarily|principal|mainly|speciali[sz]es|focus(?:es)? on"
    r"|is an? |core business|main business"
)
_ASIDE = re.compile(
    r"formerly known|headquartered|was (?:founded|incorporated|established)|is based in"
    r"|subsidiary of|changed its name|listed on|stock exchange"
    r"|荣获|获得|荣誉|称号|评为|认定|上市|注册资本|占地|员工|通过iso|管理体系|愿景|使命|理念"
)
_USE = re.compile(
    r"应用于|用于|适用于|面向|服务于|客户|领域"
    r"|\bused (?:in|for|by)\b|\buse in\b|\bfor use\b|\bappl(?:ied|ications?) in\b"
    r"|\bserv(?:es|ing)\b|\bcustomers?\b|\bindustries\b"
)
_SENTENCE = ";"


class Passage(NamedTuple):
    """A part of a description, normalised, and how much it counts."""

    text: str
    weight: float


def passages(text: str) -> Iterator[Passage]:
    """The parts of a description in their order; Taiwan's words are read as the mainland's."""
    place = 0
    for sentence in filter(None, readings(text)[-1].split(_SENTENCE)):
        if _ASIDE.search(sentence):
            yield Passage(sentence, LEAST)
            continue
        weight = _by_place(place) * (MAIN if _MAIN.search(sentence) else 1.0)
        place += 1
        yield from _parts(sentence, weight)


def _by_place(place: int) -> float:
    return (FIRST, SECOND, LATER)[place] if place < len((FIRST, SECOND, LATER)) else LEAST


def _parts(sentence: str, weight: float) -> Iterator[Passage]:
    """A sentence; from the words that begin its uses on it counts less."""
    use = _USE.search(sentence)
    yield Passage(sentence[: use.start()] if use else sentence, weight)
    if use:
        yield Passage(sentence[use.start() :], weight * USE)
