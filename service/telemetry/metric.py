"""What a metric is: its name, its kind, what it says, and where its values come from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Generic, TypeVar

PREFIX = "bulian_"

Source = TypeVar("Source")

Row = tuple[tuple[str, ...], float]
"""The values of the labels, in the order of their names, and the value."""


class Kind(StrEnum):
    """How Prometheus is to take it."""

    COUNTER = auto()
    """Only grows, from the start of a process on; its name gets `_total`."""
    GAUGE = auto()


@dataclass(frozen=True, slots=True)
class Metric(Generic[Source]):
    """One metric.

    Attributes:
        name: after `bulian_`; with its unit, without `_total`.
        kind: counter or gauge.
        zh: what it says, in Chinese.
        en: the same in English.
        rows: its values; none where they are not known, which is never the same as zero.
        labels: their names.
    """

    name: str
    kind: Kind
    zh: str
    en: str
    rows: Callable[[Source], Iterable[Row]]
    labels: tuple[str, ...] = ()

    @property
    def help(self) -> str:
        """Both, for the line `# HELP`."""
        return f"{self.zh} · {self.en}"


def one(value: float | None) -> list[Row]:
    """The only row of a metric without labels; none where it is not known."""
    return [] if value is None else [((), value)]
