"""`./bulian bench [ROW ...]`: every row of the speed table, measured beside its peers.

Answers are compared before anything is timed. A bar that is missed is said and fails nothing; a
wrong answer fails the run.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import report
from tests.benchmarks.bench import Bench, say
from tests.benchmarks.figures import Figure, Row, WrongAnswerError, figures_of, wrong
from tests.benchmarks.registry import ROWS


def main(arguments: Sequence[str] | None = None, bench: Bench | None = None) -> int:
    """Print the table and write what was asked for; 1 when an answer was wrong."""
    asked = parser().parse_args(arguments)
    wanted = [row for row in ROWS if not asked.rows or row.key in asked.rows]
    with bench or Bench(is_small=asked.small) as run:
        figures = [figure for row in wanted for figure in measured(row, run)]
    sys.stdout.write(report.table(figures))
    if asked.json:
        text = json.dumps(
            report.written(figures, is_small=asked.small), ensure_ascii=False, indent=1
        )
        asked.json.write_text(text + "\n", encoding="utf-8")
    return int(any(figure.verdict == "WRONG" for figure in figures))


def parser() -> argparse.ArgumentParser:
    """What the command understands."""
    made = argparse.ArgumentParser(prog="bulian bench", description=__doc__)
    keys = [row.key for row in ROWS]
    made.add_argument("rows", nargs="*", choices=[*keys, []], metavar="ROW", help=", ".join(keys))
    made.add_argument("--small", action="store_true", help="sizes that take seconds")
    made.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    return made


def measured(row: Row, bench: Bench) -> list[Figure]:
    """The lines of a row."""
    say(f"{row.key} ...")
    try:
        return figures_of(row, row.measure(bench))
    except WrongAnswerError as error:
        return [wrong(row, str(error))]


if __name__ == "__main__":
    sys.exit(main())
