"""A pytest plugin: holds the whole suite to its coverage floors, and says so above the last line.

`./bulian test --coverage` loads it beside pytest-cov, which has saved its data by the time
this wrapper goes on.
"""

import io
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path

import coverage
import pytest

ROOT = Path(__file__).parents[2]
FLOORS: Mapping[str, float] = {"matching": 100.0, "models": 95.0, "service": 95.0}
lines_key = pytest.StashKey[list[str]]()


def measure(packages: Sequence[str], data_file: str | None = None) -> dict[str, tuple[float, str]]:
    """Per package, its percentage (lines and branches) and coverage's table of what is missing."""
    data = coverage.Coverage() if data_file is None else coverage.Coverage(data_file=data_file)
    data.load()
    measured: dict[str, tuple[float, str]] = {}
    for package in packages:
        table = io.StringIO()
        total = data.report(include=[f"{ROOT}/{package}/*"], file=table)
        measured[package] = (total, table.getvalue())
    return measured


def judge(measured: Mapping[str, tuple[float, str]], floors: Mapping[str, float]) -> list[str]:
    """One line a package under its floor, with its missing lines; empty when all hold."""
    return [
        f"coverage: {package}/ has {measured[package][0]:.2f} %, its floor is {floor:g} %\n"
        + measured[package][1]
        for package, floor in floors.items()
        if measured[package][0] < floor
    ]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    result = yield
    if hasattr(session.config, "workerinput"):  # one of several processes: they are judged together
        return result
    measured = measure(tuple(FLOORS))
    short = judge(measured, FLOORS)
    held = [f"coverage: {package}/ {total:.2f} %" for package, (total, _) in measured.items()]
    session.config.stash[lines_key] = held + short
    session.testsfailed += bool(short)
    return result


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    terminalreporter.section("coverage")
    for line in config.stash[lines_key]:
        terminalreporter.write_line(line)
