"""Figures as lines of text and as JSON."""

import platform
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.figures import Figure

PAGE = """\
# Speed

Written by `./bulian bench --chart` from one run. Answers are compared before anything is timed: a
wrong one fails the run, a bar that is missed does not. Figures are medians of several rounds in
which all have a turn, each against a peer in the same run; what is `–` is for information.
Data are made from fixed seeds, with values at and around every threshold and a third unknown.

Measured on {machine}.

![Each figure against its bar: to the right of the line it is better]({picture})

{table}
`./bulian bench ROW` measures one row, `--small` all of them in seconds, `--json FILE` writes the
figures. pymcdm and scikit-criteria are peers where they are installed (dependency group `bench`).
"""
HEAD = ("what", "bar", "measured", "", "note")


def shown(figure: Figure) -> str:
    """What was measured, with its unit, in three figures."""
    if figure.measured is None:
        return "–"
    value = figure.measured
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f} {figure.unit}"


def table(figures: Sequence[Figure]) -> str:
    """A table in Markdown, wide enough to be read as it is."""
    rows = [HEAD, *((f.what, f.bar, shown(f), f.verdict, f.note) for f in figures)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(HEAD))]
    widths[-1] = 0
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:], ""])


def written(figures: Sequence[Figure], *, is_small: bool) -> dict[str, Any]:
    """The same for programs."""
    return {
        "machine": machine(),
        "small": is_small,
        "figures": [figure._asdict() for figure in figures],
    }


def page(figures: Sequence[Figure], picture: str) -> str:
    """The page of the documents that shows them."""
    return PAGE.format(machine=machine(), table=table(figures), picture=picture)


def machine() -> str:
    """What kind of machine it is: cores, processor and versions."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.is_file() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    kind = models[0] if models else platform.machine()
    cores = len(models) or "some"
    python = platform.python_version()
    return f"{cores} cores ({kind}), {platform.system()}, Python {python}, numpy {np.__version__}"
