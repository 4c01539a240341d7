"""The front door with a pretended uv, in a folder with spaces: what is made, and how often."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

UV = """#!/bin/sh
echo "$*" >>"$UV_LOG"
[ -z "${UV_BREAKS:-}" ] || case "$*" in *"$UV_BREAKS"*) exit 7 ;; esac
case $1 in
venv)
    for last; do :; done
    mkdir -p "$last/bin"
    ln -s "$REAL_PYTHON" "$last/bin/python"
    printf '#!/bin/sh\\necho "handed on:" "$@" "$BULIAN_DATA_DIR"\\n' >"$last/bin/bulian"
    chmod +x "$last/bin/bulian"
    ;;
pip) sleep "${UV_SLEEPS:-0}" ;;
esac
"""


class Checkout:
    """A copy of the front door with everything around it pretended."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a check out"
        self.programs = folder / "programs"
        self.log = folder / "uv.log"
        self.root.mkdir()
        self.programs.mkdir()
        for name in ("bulian", "pyproject.toml", "constraints.txt"):
            shutil.copy(ROOT / name, self.root)
        self.add_program("uv", UV)
        self.environment = {
            "PATH": f"{self.programs}:{os.environ['PATH']}",
            "UV_LOG": str(self.log),
            "REAL_PYTHON": sys.executable,
        }

    def add_program(self, name: str, text: str) -> None:
        path = self.programs / name
        path.write_text(text)
        path.chmod(0o755)

    def start(self, *arguments: str, **settings: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(self.root / "bulian"), *arguments],
            cwd="/",
            env=self.environment | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, **settings: str) -> tuple[int, str, str]:
        process = self.start(*arguments, **settings)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    def calls(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_help_makes_nothing(checkout: Checkout) -> None:
    for arguments in ((), ("help",), ("--help",)):
        status, out, _ = checkout.run(*arguments)
        assert status == 0
        assert "serve" in out
    assert not (checkout.root / ".venv").exists()


def test_unknown_command_is_refused_before_anything_is_made(checkout: Checkout) -> None:
    status, _, err = checkout.run("sreve")
    assert status != 0
    assert "unknown command: sreve" in err
    assert not (checkout.root / ".venv").exists()


@pytest.mark.parametrize("command", ["serve", "migrate", "keys", "openapi"])
def test_command_is_handed_on_word_for_word(checkout: Checkout, command: str) -> None:
    status, out, _ = checkout.run(command, "--name", "two words")
    assert status == 0
    assert out == f"handed on: {command} --name two words {checkout.root}/data\n"


def test_own_data_folder_is_kept(checkout: Checkout) -> None:
    _, out, _ = checkout.run("serve", BULIAN_DATA_DIR="/else where")
    assert out.endswith(" /else where\n")


def test_serving_installs_no_development_package(checkout: Checkout) -> None:
    checkout.run("serve")
    installs = [call for call in checkout.calls() if call.startswith("pip install")]
    assert len(installs) == 2
    assert installs[-1].endswith(f"-e {checkout.root}[postgres]")
    assert all(f"-c {checkout.root}/constraints.txt" in call for call in installs)


def test_made_environment_is_used_again(checkout: Checkout) -> None:
    checkout.run("serve")
    before = checkout.calls()
    status, _, err = checkout.run("serve")
    assert (status, err) == (0, "")
    assert checkout.calls() == before


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_changed_file_installs_again_into_the_same_environment(
    checkout: Checkout, name: str
) -> None:
    checkout.run("serve")
    before = len(checkout.calls())
    path = checkout.root / name
    path.write_text(path.read_text() + "\n# changed\n")
    assert checkout.run("serve")[0] == 0
    later = checkout.calls()[before:]
    assert [call.split()[0] for call in later] == ["pip", "pip"]


def test_interrupted_making_goes_on_next_time(checkout: Checkout) -> None:
    status, out, _ = checkout.run("serve", UV_BREAKS="[postgres]")
    assert (status, out) == (7, "")
    status, out, _ = checkout.run("serve")
    assert status == 0
    assert out.startswith("handed on: serve")


def test_broken_environment_is_made_anew(checkout: Checkout) -> None:
    (checkout.root / ".venv/bin").mkdir(parents=True)
    assert checkout.run("serve")[0] == 0
    assert checkout.calls()[0].startswith("venv")


def test_moved_folder_makes_its_environment_anew(checkout: Checkout) -> None:
    checkout.run("serve")
    before = len(checkout.calls())
    checkout.root = checkout.root.rename(checkout.root.with_name("moved"))
    status, out, _ = checkout.run("serve")
    assert status == 0
    assert out.endswith("moved/data\n")
    assert checkout.calls()[before].startswith("venv")


def test_two_at_once_make_one_environment(checkout: Checkout) -> None:
    processes = [checkout.start("serve", UV_SLEEPS="0.2") for _ in range(3)]
    answers = [process.communicate(timeout=60)[0] for process in processes]
    assert all(answer.startswith("handed on: serve") for answer in answers)
    assert len([call for call in checkout.calls() if call.startswith("venv")]) == 1
    assert len([call for call in checkout.calls() if call.startswith("pip")]) == 2


def test_no_fitting_python_is_said_plainly(checkout: Checkout) -> None:
    for name in ("python3", "python3.13", "python3.12", "python3.11"):
        checkout.add_program(name, "#!/bin/sh\nexit 1\n")
    status, _, err = checkout.run("serve")
    assert status != 0
    assert "Python 3.11 or newer is needed" in err
    assert not (checkout.root / ".venv").exists()


def test_newer_python_is_found_behind_an_old_one(checkout: Checkout) -> None:
    for name in ("python3", "python3.13"):
        checkout.add_program(name, "#!/bin/sh\nexit 1\n")
    checkout.add_program("python3.12", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    assert checkout.run("serve")[0] == 0
    assert f"--python {checkout.programs}/python3.12" in checkout.calls()[0]
