"""The threat model names tests that are there, and leaves no threat without one."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
THREATS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.split("shown by |\n|---|---|---|\n")[1].split("\n\n")[0].splitlines()
]


@pytest.mark.parametrize("threat", THREATS, ids=lambda threat: threat[0][:40])
def test_threat_is_held_by_something_that_is_shown(threat: list[str]) -> None:
    what, holds, shown = threat
    files = re.findall(r"`([^`]+)`", shown)
    assert what
    assert holds
    assert files
    for name in files:
        assert (ROOT / name).is_file(), name
        assert re.search(r"^def (test_|run)", (ROOT / name).read_text("utf-8"), re.MULTILINE), name


def test_the_model_is_whole() -> None:
    assert len(THREATS) >= 20
    for part in ("What is worth protecting", "Who comes in", "What is left to you"):
        assert f"## {part}\n" in TEXT
