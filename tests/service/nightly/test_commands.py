"""`bulian all-pairs` and `bulian lists`."""

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service.cli import main
from service.nightly import running
from service.nightly.workers import StateMoved
from service.runtime import Runtime
from service.settings import Settings
from tests.service.nightly.conftest import ZONES


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_lists_are_made_and_read(runtime: Runtime) -> None:
    none = run("lists", ZONES[0])
    assert (none.exit_code, none.stdout) == (1, "")
    assert "bulian all-pairs" in none.stderr
    made = run("all-pairs", "--top", "2", "--block", "4")
    assert made.exit_code == 0, made.stderr
    assert Path(made.stdout.strip()).parent == Settings().data_dir / "lists"
    told = [json.loads(line) for line in run("lists", ZONES[0]).stdout.splitlines()]
    assert len(told) == 3
    assert {one["zone_id"] for one in told} == {ZONES[0]}
    assert all(len(one["matches"]) <= 2 for one in told)
    assert run("lists", "nowhere").stdout == ""


def test_what_cannot_be_done_is_said_in_a_line(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = run("all-pairs", "--policy-id", "nobody")
    assert unknown.exit_code == 1
    assert "No policy nobody is in force" in unknown.stderr
    monkeypatch.setitem(sys.modules, "ray", None)
    no_ray = run("all-pairs", "--ray")
    assert no_ray.exit_code == 1
    assert "bulian[cluster]" in no_ray.stderr

    def moved(*_: object) -> None:
        raise StateMoved("event 9 is there, 8 was asked for")

    monkeypatch.setattr(running, "make", moved)
    late = run("all-pairs")
    assert late.exit_code == 1
    assert "Start the run again" in late.stderr
    assert "event 9" in late.stderr
