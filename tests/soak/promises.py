"""What a soak shows: a promise, what was asked, what was measured, and the table of them."""

from collections.abc import Iterable
from typing import NamedTuple

HEADS = ("promise", "asked", "measured", "")


class Promise(NamedTuple):
    """One row of the table."""

    promise: str
    asked: str
    measured: str
    is_ok: bool

    def cells(self) -> tuple[str, str, str, str]:
        """The row as it is printed."""
        return self.promise, self.asked, self.measured, "ok" if self.is_ok else "FAILED"


def at_most(promise: str, most: float, measured: float, unit: str) -> Promise:
    """A figure that must not be above a limit."""
    return Promise(promise, f"≤ {most:g} {unit}", f"{measured:.3g} {unit}", measured <= most)


def none_of(promise: str, least: int, faults: int, cases: int, more: str = "") -> Promise:
    """No fault in so many cases; too few cases show nothing, so they break the promise as well."""
    told = f"{faults} of {cases:,}" + (f" ({more})" if more else "")
    return Promise(promise, f"0 of ≥ {least:,}", told, faults == 0 and cases >= least)


def render(promises: Iterable[Promise]) -> str:
    """The table, columns aligned."""
    rows = [HEADS, *(promise.cells() for promise in promises)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADS))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join(lines) + "\n"
