"""What a run says and how it ends, with rows that are made up."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.benchmarks import __main__ as bench_command
from tests.benchmarks.bench import Bench, medians
from tests.benchmarks.figures import Bar, Measured, Row, WrongAnswerError, figures_of, same

BARS = (
    Bar("fast", "against a peer", "×", least=8),
    Bar("slow", "a pair", "ns", most=5),
    Bar("told", "against another", "×"),
    Bar("absent", "against one that is not there", "×", least=2),
)


def answered(_bench: Bench) -> Measured:
    return Measured({"fast": 16.0, "slow": 50.0, "told": 1.5}, {"slow": "because", "absent": "no"})


def differs(_bench: Bench) -> Measured:
    same([1, 2], [2, 1], "the peer")
    raise AssertionError


def breaks(_bench: Bench) -> Measured:
    raise OSError("the disk is full")


GOOD = Row("good", "a row", ("a peer",), BARS, answered)
BAD = Row("bad", "another row", (), BARS, differs)
BROKEN = Row("broken", "a third row", (), BARS, breaks)


@pytest.mark.parametrize(
    ("bar", "value", "better"),
    [
        (BARS[0], 16.0, 2.0),
        (BARS[0], 4.0, 0.5),
        (BARS[1], 2.5, 2.0),
        (BARS[1], 10.0, 0.5),
        (BARS[2], 3.0, None),
    ],
)
def test_a_figure_is_so_many_times_as_good_as_its_bar(
    bar: Bar, value: float, better: float | None
) -> None:
    assert bar.better(value) == better


def test_every_bar_has_a_line_whatever_was_measured() -> None:
    figures = figures_of(GOOD, answered(Bench(is_small=True)))
    assert [figure.verdict for figure in figures] == ["ok", "MISSED", "–", "SKIPPED"]
    assert [figure.bar for figure in figures] == ["≥ 8 ×", "≤ 5 ns", "–", "≥ 2 ×"]
    assert [figure.note for figure in figures] == ["", "because", "", "no"]


def test_a_missed_bar_fails_nothing_and_all_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench_command, "ROWS", (GOOD,))
    file = tmp_path / "figures.json"
    assert bench_command.main(["--json", str(file), "--chart", str(tmp_path)]) == 0
    written = json.loads(file.read_text("utf-8"))
    assert [figure["measured"] for figure in written["figures"]] == [16.0, 50.0, 1.5, None]
    table = capsys.readouterr().out
    page = (tmp_path / "benchmarks.md").read_text("utf-8")
    assert table in page
    assert written["machine"] in page
    drawn = ET.parse(tmp_path / "benchmarks.svg").getroot()  # noqa: S314 - our own
    bars = [one for one in drawn.iter() if one.get("height") == "14"]
    assert len(bars) == 2


@pytest.mark.parametrize(
    ("row", "verdict", "reason"),
    [
        (BAD, "WRONG", "the peer answers [2, 1], not [1, 2]"),
        (BROKEN, "FAILED", "OSError: the disk is full"),
    ],
)
def test_a_row_that_goes_wrong_fails_the_run_and_stops_no_other(
    row: Row,
    verdict: str,
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(bench_command, "ROWS", (row, GOOD))
    assert bench_command.main([]) == 1
    out = capsys.readouterr().out
    assert f"| {verdict}" in out
    assert reason in out
    assert "16.0 ×" in out


def test_a_row_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bench_command.main(["nothing"])
    assert "no such row: nothing" in capsys.readouterr().err


def test_all_have_a_turn_in_every_round() -> None:
    calls: list[str] = []
    taken = medians({"a": lambda: calls.append("a"), "b": lambda: calls.append("b")}, 3)
    assert calls == ["a", "b"] * 3
    assert all(seconds >= 0 for seconds in taken.values())


def test_equal_answers_pass() -> None:
    same([(1, 2)], [(1, 2)], "the peer")
    with pytest.raises(WrongAnswerError):
        same(1, 2, "the peer")
