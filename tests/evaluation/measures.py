"""The tasks of a folder's own scorer run through the adapters, and its figures against floors."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
ADAPTERS = "tests.evaluation.adapters"


class Task(NamedTuple):
    """One call of the scorer: the arguments it takes, and a file without which it is left out."""

    name: str
    arguments: tuple[str, ...]
    function: str
    data: str


class Goal(NamedTuple):
    """Where a figure lies in the scorer's answer, and what quality.md asks of it.

    `is_held` is False where missing the floor is shown but fails nothing yet.
    """

    task: str
    path: tuple[str, ...]
    floor: float | None = None
    aim: float | None = None
    is_held: bool = True


class Figure(NamedTuple):
    """One line of the table."""

    task: str
    metric: str
    value: float
    floor: float | None
    aim: float | None
    is_held: bool
    is_ok: bool


TASKS = (
    *(
        Task(
            f"industry-{lang}",
            ("industry", "--lang", lang),
            "placer",
            f"industry/queries_{lang}.jsonl",
        )
        for lang in ("zh", "en")
    ),
    Task("landings", ("landings",), "zone_ranker", "match/cases.csv"),
    Task("landings-htz", ("landings", "--only", "htz"), "zone_ranker", "match/cases.csv"),
    Task("uscc", ("validation", "--kind", "uscc"), "uscc", "validation/uscc.csv"),
    Task("lei", ("validation", "--kind", "lei"), "lei", "validation/lei.csv"),
    Task("gbt", ("validation", "--kind", "gbt"), "gbt", "validation/gbt4754.csv"),
    Task("region", ("validation", "--kind", "region"), "region", "validation/divisions.csv"),
    Task("name", ("validation", "--kind", "name"), "company_name", "validation/names.jsonl"),
    *(
        Task(
            f"names-{lang}",
            ("names", "--quiet", "--lang", lang),
            "name_similarity",
            f"er/pairs_{lang}.csv",
        )
        for lang in ("zh", "en", "xl")
    ),
    *(
        Task(
            f"lookup-{lang}", ("lookup", "--lang", lang), "register", f"er/retr_{lang}_queries.csv"
        )
        for lang in ("zh", "en")
    ),
)

GOALS = (
    Goal("industry-zh", ("sw_l1", "top1"), 0.40, 0.55),
    Goal("industry-zh", ("sw_l3", "top5"), 0.55, 0.70),
    Goal("industry-zh", ("csrc", "top5"), 0.50, 0.65),
    Goal("industry-en", ("sw_l1", "top1"), 0.30, 0.50),
    Goal("industry-en", ("csrc", "top5"), 0.40, 0.60),
    Goal("landings", ("mrr",), 0.176, 0.35),
    Goal("landings", ("mean_auc",), 0.72, 0.85),
    Goal("landings-htz", ("mrr",)),
    Goal("landings-htz", ("mean_auc",)),
    *(Goal(kind, ("accuracy",), 1.0, 1.0) for kind in ("uscc", "lei", "gbt")),
    Goal("region", ("accuracy",), 0.98, 1.0),
    Goal("name", ("accuracy",), 0.97, 1.0),
    Goal("names-zh", ("zh", "f1"), 0.90, 0.95),
    Goal("names-zh", ("zh", "auc"), 0.93, 0.97),
    Goal("names-en", ("en", "auc"), 0.86, 0.90),
    Goal("names-en", ("en", "recall_at_p95"), 0.55, 0.65),
    Goal("names-xl", ("xl", "auc"), 0.77, 0.85),
    *(
        Goal(f"lookup-{lang}", (lang, metric), floor, aim)
        for lang, metric, floor, aim in (
            ("zh", "hit1", 0.95, 0.97),
            ("zh", "link_f1", 0.88, 0.93),
            ("en", "hit1", 0.99, 0.995),
            ("en", "link_f1", 0.95, 0.97),
        )
    ),
)


def measure(folder: Path) -> dict[str, Any]:
    """The scorer's answer to every task that the folder has data for, by the task's name."""
    return {task.name: _run(folder, task) for task in TASKS if (folder / task.data).is_file()}


def judge(raw: Mapping[str, Any], goals: Iterable[Goal] = GOALS) -> list[Figure]:
    """A line for each goal whose task was run."""
    return [_figure(goal, raw[goal.task]) for goal in goals if goal.task in raw]


def render(figures: Iterable[Figure]) -> str:
    """The table as text, a line each."""
    lines = [f"{'task':<14}{'metric':<16}{'value':>8}{'floor':>8}{'aim':>8}  ok"]
    for one in figures:
        verdict = ("yes" if one.is_ok else "NO") if one.floor is not None else "–"
        later = "" if one.is_held else " (not held to it yet)"
        lines.append(
            f"{one.task:<14}{one.metric:<16}{one.value:>8.4f}{_shown(one.floor)}{_shown(one.aim)}"
            f"  {verdict}{later}"
        )
    return "\n".join(lines) + "\n"


def _shown(value: float | None) -> str:
    return f"{'–':>8}" if value is None else f"{value:>8.3g}"


def _figure(goal: Goal, answer: Any) -> Figure:
    value = float(_find(answer, goal.path))
    is_ok = goal.floor is None or value >= goal.floor
    metric = " ".join(goal.path)
    return Figure(goal.task, metric, value, goal.floor, goal.aim, goal.is_held, is_ok)


def _find(answer: Any, path: tuple[str, ...]) -> Any:
    """Industry answers are a list with a line for each target; the others are tables."""
    for step in path:
        is_list = isinstance(answer, list)
        answer = next(a for a in answer if a["target"] == step) if is_list else answer[step]
    return answer


def _run(folder: Path, task: Task) -> Any:
    """One task in a process of its own, as anyone would run it.

    Raises:
        RuntimeError: the scorer failed; the message is its own.
    """
    with tempfile.TemporaryDirectory() as made:
        out = Path(made) / "out.json"
        called = ("--callable", f"{ADAPTERS}:{task.function}", "--json", str(out))
        command = [sys.executable, str(folder / "score.py"), *task.arguments, *called]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{task.name}: {done.stderr.strip()}")
        return json.loads(out.read_text(encoding="utf-8"))
