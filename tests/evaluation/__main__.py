"""`python -m tests.evaluation [folder] [--json FILE]`: the project measured on real data."""

import argparse
import json
import sys
from pathlib import Path

from tests.evaluation.adapters import zone_ranker
from tests.evaluation.intervals import landing_intervals, render_intervals
from tests.evaluation.measures import Figure, judge, measure, render

ROOT = Path(__file__).parents[2]
DEFAULT = ROOT.parent / "shared" / "eval"


def main(arguments: list[str] | None = None) -> int:
    """Print the table and write the figures; 1 when a floor is missed, 2 without data."""
    parser = argparse.ArgumentParser(prog="bulian evaluate", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--json", type=Path, default=Path("evaluation.json"), metavar="FILE")
    asked = parser.parse_args(arguments)
    if not (asked.folder / "score.py").is_file():
        sys.stderr.write(f"no score.py in {asked.folder}: name the folder of the data\n")
        return 2
    raw = measure(asked.folder)
    figures = judge(raw)
    intervals = landing_intervals(asked.folder, zone_ranker)
    sys.stdout.write(render(figures) + render_intervals(intervals))
    written = {
        "figures": [figure._asdict() for figure in figures],
        "intervals": [one._asdict() for one in intervals],
        "raw": raw,
    }
    asked.json.write_text(json.dumps(written, ensure_ascii=False, indent=1), encoding="utf-8")
    return int(any(is_missed(figure) for figure in figures))


def is_missed(figure: Figure) -> bool:
    """Whether the figure is held to a floor and below it."""
    return figure.is_held and not figure.is_ok


if __name__ == "__main__":
    sys.exit(main())
