"""How sure the landings' figures are: a bootstrap interval over the cases, which are few."""

import csv
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.evaluation.landings import Row

HIDDEN = ("zone_id", "province", "city", "region", "zone_type", "source", "evidence", "confidence")
"""What the scorer never shows to the ranker: all of them tell the host."""

DRAWS = 10_000
SEED = 20261124
TAIL = 0.025

Ranker = Callable[[Row], list[str]]


class Interval(NamedTuple):
    """A mean over cases with its 95 % interval."""

    metric: str
    cases: int
    mean: float
    low: float
    high: float


def landing_intervals(folder: Path, ranker: Callable[[list[Row]], Ranker]) -> list[Interval]:
    """MRR and mean AUC of the landings in a folder with their intervals; none without data."""
    if not (folder / "match" / "cases.csv").is_file():
        return []
    zones, cases = _read(folder / "match" / "zones.csv"), _read(folder / "match" / "cases.csv")
    rank = ranker(zones)
    places = [place_of(rank(_shown(case)), case["zone_id"], len(zones)) for case in cases]
    return [
        interval("mrr", [1 / place for place in places]),
        interval("mean_auc", [(len(zones) - place) / (len(zones) - 1) for place in places]),
    ]


def place_of(ranking: Sequence[str], host: str, total: int) -> float:
    """The place of the host, from 1; one that is not ranked is in the middle of the rest."""
    return ranking.index(host) + 1 if host in ranking else (len(ranking) + 1 + total) / 2


def interval(metric: str, values: Sequence[float]) -> Interval:
    """The mean with its percentile interval, from the same draws every time."""
    drawing = random.Random(SEED)  # noqa: S311 - a statistic, no secret
    means = sorted(_mean(drawing.choices(values, k=len(values))) for _ in range(DRAWS))
    low, high = means[int(TAIL * DRAWS)], means[int((1 - TAIL) * DRAWS) - 1]
    return Interval(metric, len(values), _mean(values), low, high)


def render_intervals(intervals: Sequence[Interval]) -> str:
    """A line for each interval."""
    return "".join(
        f"landings      {one.metric:<16}{one.mean:>8.4f}  95 % of {DRAWS} draws of {one.cases} "
        f"cases: {one.low:.3f} to {one.high:.3f}\n"
        for one in intervals
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _read(file: Path) -> list[Row]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def _shown(case: Row) -> Row:
    return {name: value for name, value in case.items() if name not in HIDDEN}
