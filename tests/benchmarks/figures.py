"""What a row of the speed table is: its bars, what it measured, and how that is judged."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tests.benchmarks.bench import Bench


class WrongAnswerError(Exception):
    """Two that are held against each other answer differently: nothing may be timed."""


class Bar(NamedTuple):
    """One figure of a row and the least or the most that it should be; neither: for information."""

    key: str
    what: str
    unit: str
    least: float | None = None
    most: float | None = None

    @property
    def text(self) -> str:
        """The bar as it is shown."""
        if self.least is None and self.most is None:
            return "–"
        sign, limit = ("≥", self.least) if self.most is None else ("≤", self.most)
        return f"{sign} {limit:g} {self.unit}"

    def better(self, value: float) -> float | None:
        """How many times as good as the bar a figure is; None where there is no bar."""
        if self.least is not None:
            return value / self.least
        return None if self.most is None else self.most / value


class Measured(NamedTuple):
    """Figures by the keys of their bars, and what there is to say of them; the same keys."""

    values: Mapping[str, float]
    notes: Mapping[str, str]


class Row(NamedTuple):
    """One row of the table. `measure` compares all answers before it times any."""

    key: str
    what: str
    peers: tuple[str, ...]
    bars: tuple[Bar, ...]
    measure: "Callable[[Bench], Measured]"


class Figure(NamedTuple):
    """One line of what was measured."""

    row: str
    what: str
    bar: str
    measured: float | None
    unit: str
    better: float | None
    """How many times as good as the bar; None where it was not held against one."""
    verdict: str
    note: str


def figures_of(row: Row, measured: Measured) -> list[Figure]:
    """The row's lines: one for each bar, those not measured (a peer is absent) included."""
    return [_figure(row, bar, measured) for bar in row.bars]


def _figure(row: Row, bar: Bar, measured: Measured) -> Figure:
    value, note = measured.values.get(bar.key), measured.notes.get(bar.key, "")
    better = None if value is None else bar.better(value)
    verdict = "–" if better is None else "ok" if better >= 1 else "MISSED"
    return Figure(
        row=row.key,
        what=f"{row.what}: {bar.what}",
        bar=bar.text,
        measured=value,
        unit=bar.unit,
        better=better,
        verdict="SKIPPED" if value is None else verdict,
        note=note,
    )


def unmeasured(row: Row, verdict: str, reason: str) -> Figure:
    """The only line of a row whose answers differ, or that broke down."""
    return Figure(row.key, row.what, "the same answers", None, "", None, verdict, reason)


def same(ours: object, theirs: object, who: str) -> None:
    """Hold a peer's answer against ours.

    Raises:
        WrongAnswerError: they differ.
    """
    if ours != theirs:
        raise WrongAnswerError(f"{who} answers {theirs!r:.300}, not {ours!r:.300}")
