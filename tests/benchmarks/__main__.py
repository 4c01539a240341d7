"""`./bulian bench [ROW ...]`: every row of the speed table, measured beside its peers.

Answers are compared before anything is timed. A bar that is missed is said and fails nothing; a
wrong answer, or a row that breaks down, fails the run.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import chart, report
from tests.benchmarks.bench import Bench, say
from tests.benchmarks.figures import Figure, Row, WrongAnswerError, figures_of, unmeasured
from tests.benchmarks.registry import ROWS

WRONG, FAILED = "WRONG", "FAILED"
DOCUMENTS = Path(__file__).parents[2] / "docs"


def main(arguments: Sequence[str] | None = None, bench: Bench | None = None) -> int:
    """Print the table and write what was asked for; 1 when a row is not as it should be."""
    reader = parser()
    asked = reader.parse_args(arguments)
    if unknown := set(asked.rows) - {row.key for row in ROWS}:
        reader.error(f"no such row: {', '.join(sorted(unknown))}")
    wanted = [row for row in ROWS if not asked.rows or row.key in asked.rows]
    with bench or Bench(is_small=asked.small) as run:
        figures = [figure for row in wanted for figure in measured(row, run)]
    sys.stdout.write(report.table(figures))
    if asked.json:
        text = json.dumps(
            report.written(figures, is_small=asked.small), ensure_ascii=False, indent=1
        )
        asked.json.write_text(text + "\n", encoding="utf-8")
    if asked.chart:
        show(figures, asked.chart)
    return int(any(figure.verdict in {WRONG, FAILED} for figure in figures))


def parser() -> argparse.ArgumentParser:
    """What the command understands."""
    made = argparse.ArgumentParser(prog="bulian bench", description=__doc__)
    keys = [row.key for row in ROWS]
    made.add_argument("rows", nargs="*", metavar="ROW", help=", ".join(keys))
    made.add_argument("--small", action="store_true", help="sizes that take seconds")
    made.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    made.add_argument(
        "--chart",
        type=Path,
        nargs="?",
        const=DOCUMENTS,
        metavar="FOLDER",
        help="write the page and its chart (into docs)",
    )
    return made


def show(figures: Sequence[Figure], folder: Path) -> None:
    """Write the page with its chart."""
    (folder / "benchmarks.svg").write_text(chart.svg(figures), encoding="utf-8")
    (folder / "benchmarks.md").write_text(report.page(figures, "benchmarks.svg"), encoding="utf-8")


def measured(row: Row, bench: Bench) -> list[Figure]:
    """The lines of a row."""
    say(f"{row.key} ...")
    try:
        return figures_of(row, row.measure(bench))
    except WrongAnswerError as error:
        return [unmeasured(row, WRONG, str(error))]
    except Exception as error:  # noqa: BLE001 - what the other rows measure is not lost
        return [unmeasured(row, FAILED, f"{type(error).__name__}: {error}")]


if __name__ == "__main__":
    sys.exit(main())
