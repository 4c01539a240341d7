import json
from pathlib import Path

import pytest

from tests.evaluation.__main__ import main
from tests.evaluation.measures import Goal, Task, judge, measure, render

SCORER = """
import json, sys
sys.path.insert(0, ".")
from tests.evaluation import adapters
name = sys.argv[sys.argv.index("--callable") + 1].split(":")[1]
assert callable(getattr(adapters, name))
value = float(open(__file__.replace("score.py", "value")).read())
with open(sys.argv[sys.argv.index("--json") + 1], "w") as out:
    json.dump({"accuracy": value}, out)
"""


def a_folder(folder: Path, value: str) -> Path:
    (folder / "validation").mkdir()
    for name in ("score.py", "value", "validation/uscc.csv", "validation/names.jsonl"):
        (folder / name).write_text("", encoding="utf-8")
    (folder / "score.py").write_text(SCORER, encoding="utf-8")
    (folder / "value").write_text(value, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("value", "status"), [("1.0", 0), ("0.99", 1)])
def test_a_missed_floor_fails_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], value: str, status: int
) -> None:
    out = tmp_path / "out.json"
    assert main([str(a_folder(tmp_path, value)), "--json", str(out)]) == status
    table = capsys.readouterr().out
    assert "uscc" in table
    assert "industry" not in table
    written = json.loads(out.read_text(encoding="utf-8"))
    assert written["raw"]["uscc"] == {"accuracy": float(value)}
    assert {figure["task"] for figure in written["figures"]} == {"uscc", "name"}


def test_without_data_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert "score.py" in capsys.readouterr().err


def test_a_failing_scorer_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="could not convert"):
        measure(a_folder(tmp_path, "no number"))


def test_figures_are_found_in_lists_and_tables() -> None:
    raw = {"a": [{"target": "x", "top1": 0.5}], "b": {"zh": {"auc": 0.2}}}
    goals = (
        Goal("a", ("x", "top1"), 0.4),
        Goal("b", ("zh", "auc"), 0.3, is_held=False),
        Goal("b", ("zh", "auc")),
        Goal("absent", ("f1",)),
    )
    figures = judge(raw, goals)
    assert [figure.is_ok for figure in figures] == [True, False, True]
    assert [line.split()[-1] for line in render(figures).splitlines()[1:]] == ["yes", "yet)", "–"]


def test_a_task_names_what_it_needs() -> None:
    assert Task("t", ("x",), "placer", "f").data == "f"
