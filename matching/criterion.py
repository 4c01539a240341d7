"""What a criterion is: a scored value, the levels that name it, and the values that met."""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import isnan
from typing import NamedTuple, cast

from matching.profiles import Pair
from matching.rows import Gap, Investor, Tables
from matching.vocabulary import Pillar

YI = 100_000_000
"""亿: a hundred million."""


class Label(NamedTuple):
    """A text people read, Chinese written first."""

    zh: str
    en: str


class Level(NamedTuple):
    """A labelled range of the value, from `threshold` up; texts may name words of the evidence."""

    threshold: float
    key: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One piece of evidence, with where it comes from."""

    zh: str
    en: str
    source: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The two values that met, what the sentence names, and which parts had to be assumed."""

    investor_value: str
    gap_value: str
    words: dict[str, Label] = field(default_factory=dict[str, Label])
    facts: tuple[Fact, ...] = ()
    assumed: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """A part of the score. `assess` gives [0, 1], or NaN where there is no evidence at all."""

    key: str
    pillar: Pillar
    title: Label
    source: str
    levels: tuple[Level, ...]
    unknown: Label
    """The sentence when there is no evidence; it says what would be needed."""
    assess: Callable[[Gap, Investor, Tables], float]
    evidence: Callable[[Pair], Evidence]

    def level(self, value: float) -> Level:
        """The level of the very value that was scored; NaN gives the unknown level."""
        if isnan(value):
            return Level(0.0, "no_evidence", self.unknown.zh, self.unknown.en)
        return next((level for level in self.levels if value >= level.threshold), self.levels[-1])


def assumed_parts(*parts: tuple[float, str, str]) -> tuple[Label, ...]:
    """The names of the parts that are unknown (NaN), in the order given."""
    return tuple(Label(zh, en) for value, zh, en in parts if isnan(value))


def shown(value: object) -> str:
    """A raw value for display; unknown is a dash, never a zero."""
    if value is None or value == () or (isinstance(value, float) and isnan(value)):
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(map(str, cast("tuple[object, ...]", value)))
    return f"{value:,}" if isinstance(value, int) else str(value)


def amount_label(amount: int | None) -> Label:
    """An amount of money as people say it: 亿元 or 万元, millions of CNY.

    >>> amount_label(500_000_000)
    Label(zh='5亿元', en='CNY 500 million')
    """
    if amount is None:
        return Label("未说明", "not stated")
    en = f"CNY {amount / 1e6:,.6g} million"
    return Label(f"{amount / 1e8:,.6g}亿元" if amount >= YI else f"{amount / 1e4:,.6g}万元", en)
