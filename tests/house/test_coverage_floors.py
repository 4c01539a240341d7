import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import coverage_floors


@pytest.mark.parametrize(
    ("percentages", "short"),
    [
        ({"matching": 100.0, "service": 95.0}, []),
        ({"matching": 99.99, "service": 95.0}, ["matching"]),
        ({"matching": 100.0, "service": 94.99}, ["service"]),
        ({"matching": 0.0, "service": 0.0}, ["matching", "service"]),
    ],
)
def test_packages_under_their_floor_are_named(
    percentages: dict[str, float], short: list[str]
) -> None:
    measured = {package: (total, "missing: 7") for package, total in percentages.items()}
    lines = coverage_floors.judge(measured, {"matching": 100, "service": 95})
    assert [line.split()[1] for line in lines] == [f"{package}/" for package in short]
    assert all("missing: 7" in line for line in lines)


TEST = """
def double(x):
    if x < 0:
        return 0
    return 2 * x

def test_double():
    assert double({value}) >= 0
    assert double(1) == 2
"""


def run_suite(folder: Path, value: int, *options: str) -> tuple[int, str]:
    package = folder / "matching"
    package.mkdir()
    (package / "test_double.py").write_text(TEST.format(value=value))
    (folder / "plugin.py").write_text(
        "from pathlib import Path\n"
        "from tests.house import coverage_floors\n"
        "from tests.house.coverage_floors import *\n"
        "coverage_floors.ROOT = Path(__file__).parent\n"
        "coverage_floors.FLOORS = {'matching': 100.0}\n"
    )
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "plugin", "-p", "no:cacheprovider"),
            *("--rootdir", str(folder), "-c", "/dev/null", "--cov=matching", "--cov-branch"),
            *("--cov-report=", "matching", *options),
        ],
        cwd=folder,
        env={"PYTHONPATH": f"{folder}:{coverage_floors.ROOT}", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_whole_suite_passes_at_its_floor(tmp_path: Path) -> None:
    status, out = run_suite(tmp_path, -1)
    assert status == 0
    assert "coverage: matching/ 100.00 %" in out
    assert "1 passed" in out.splitlines()[-1]


def test_several_processes_are_judged_together(tmp_path: Path) -> None:
    status, out = run_suite(tmp_path, 1, "-n", "2")
    assert status == 1
    assert out.count("coverage: matching/ has") == 1
    assert "INTERNALERROR" not in out


def test_whole_suite_fails_under_its_floor_and_still_ends_with_its_closing_line(
    tmp_path: Path,
) -> None:
    status, out = run_suite(tmp_path, 1)
    assert status == 1
    assert "its floor is 100 %" in out
    assert "test_double.py" in out
    assert "1 passed" in out.splitlines()[-1]
