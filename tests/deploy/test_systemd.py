"""The unit for one machine: what it may do, and what systemd thinks of it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from service.app import STOP_SECONDS
from service.cli import GRACE_SECONDS
from service.opening import read_settings
from tests.deploy.dockerfile import ROOT
from tests.deploy.manifests import SETTINGS

UNIT = ROOT / "deploy/systemd/bulian.service"
LINES: list[tuple[str, str]] = re.findall(
    r"^(\w+)=(.*)$", UNIT.read_text(encoding="utf-8"), re.MULTILINE
)
TOLD = dict(LINES)
MOST_EXPOSED = 20
"""Of 100, in tenths of what systemd-analyze says; 0 is closed, 100 open."""


def test_it_serves_on_this_machine_alone_with_settings_we_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "serve --host 127.0.0.1" in TOLD["ExecStart"]
    given: dict[str, str] = dict(re.findall(r"(\w+)=(\S+)", TOLD["Environment"]))
    assert {name for name in given if name.startswith("BULIAN_")} <= SETTINGS
    assert given["BULIAN_DATA_DIR"] == f"/var/lib/{TOLD['StateDirectory']}"
    assert given["BULIAN_CACHE_DIR"] == f"/var/cache/{TOLD['CacheDirectory']}"
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert str(read_settings().loop_dir) == "/var/cache/bulian"


def test_it_has_a_user_of_its_own_and_no_rights() -> None:
    assert TOLD["DynamicUser"] == TOLD["NoNewPrivileges"] == TOLD["PrivateUsers"] == "yes"
    assert TOLD["CapabilityBoundingSet"] == TOLD["AmbientCapabilities"] == ""
    assert TOLD["ProtectSystem"] == "strict"
    assert TOLD["StateDirectoryMode"] == TOLD["CacheDirectoryMode"] == "0700"
    assert "MemoryDenyWriteExecute" not in TOLD, "machine code is made while it runs"
    assert not [name for name, value in LINES if re.search("PASSWORD|_KEY|_URL", value)]


def test_it_is_given_the_time_it_needs() -> None:
    assert int(TOLD["TimeoutStopSec"]) >= GRACE_SECONDS + STOP_SECONDS
    assert int(TOLD["TimeoutStartSec"]) >= 120
    assert "143" in TOLD["SuccessExitStatus"]


@pytest.fixture
def analyzed(tmp_path: Path) -> tuple[str, Path]:
    """systemd's own program, and the unit with a program that is there."""
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("THE UNIT IS NOT TESTED BY SYSTEMD: systemd-analyze is not installed")
    unit = tmp_path / "bulian.service"
    text = UNIT.read_text(encoding="utf-8").replace(TOLD["ExecStart"], "/bin/true")
    unit.write_text(text, encoding="utf-8")
    return program, unit


def test_systemd_understands_every_line(analyzed: tuple[str, Path]) -> None:
    program, unit = analyzed
    done = subprocess.run(
        [program, "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False
    )
    assert [line for line in done.stderr.splitlines() if unit.name in line] == []


def test_systemd_finds_it_closed(analyzed: tuple[str, Path]) -> None:
    program, unit = analyzed
    command = [program, "security", "--offline=true", f"--threshold={MOST_EXPOSED}", str(unit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-300:]
