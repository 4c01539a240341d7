"""The front door with a pretended uv, in a folder with spaces: what is made, and how often."""

import sys
from pathlib import Path

import pytest

from tests.house.checkout import Checkout


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


@pytest.mark.parametrize(
    "command",
    [
        "serve",
        "import",
        "work",
        "all-pairs",
        "lists",
        "migrate",
        "compile",
        "keys",
        "openapi",
        "verify",
    ],
)
def test_command_is_handed_on_word_for_word(checkout: Checkout, command: str) -> None:
    status, out, _ = checkout.run(command, "--name", "two words")
    assert status == 0
    assert out == f"handed on: {command} --name two words {checkout.root}/data\n"


def test_own_data_folder_is_kept(checkout: Checkout) -> None:
    _, out, _ = checkout.run("serve", BULIAN_DATA_DIR="/else where")
    assert out.endswith(" /else where\n")


def test_the_loop_is_compiled_as_the_environment_is_made(checkout: Checkout) -> None:
    checkout.run("serve")
    checkout.run("serve")
    assert checkout.compiled_into() == [f"{checkout.root}/.venv/cache"]


def test_own_cache_folder_is_kept(checkout: Checkout) -> None:
    checkout.run("serve", BULIAN_CACHE_DIR="/else where")
    assert checkout.compiled_into() == ["/else where"]


def test_a_loop_that_cannot_be_compiled_ahead_stops_nothing(checkout: Checkout) -> None:
    status, out, err = checkout.run("serve", BREAKS="compile")
    assert status == 0
    assert out.startswith("handed on: serve")
    assert "could not compile ahead" in err


def test_serving_installs_no_development_package(checkout: Checkout) -> None:
    checkout.run("serve")
    installs = [call for call in checkout.calls() if call.startswith("pip install")]
    assert len(installs) == 2
    assert installs[-1].endswith(f"-e {checkout.root}[fast,postgres,admin]")
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
    status, out, _ = checkout.run("serve", UV_BREAKS="[fast,postgres,admin]")
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


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ([], ""),
        (["--coverage"], " -p tests.house.coverage_floors --cov --cov-report="),
    ],
)
def test_whole_suite_is_held_to_the_coverage_floors_where_that_is_asked_for(
    checkout: Checkout, asked: list[str], held: str
) -> None:
    status, out, _ = checkout.run("test", *asked, HAS_CHROMIUM="yes")
    assert status == 0
    whole = f"-n 2 --dist loadfile{held}"
    assert out == f"{checkout.root}: -m pytest -q -rs {whole}\nbrowser: /the/chromium\n"


def test_part_of_the_suite_is_not(checkout: Checkout) -> None:
    status, out, err = checkout.run(
        "test", "tests/house", "--require-browser", "-k", "two words", HAS_CHROMIUM="yes"
    )
    assert status == 0
    assert out.splitlines()[0].endswith("-m pytest -q -rs tests/house -k two words")
    assert "SKIPPED" not in err


def test_testing_installs_the_development_packages(checkout: Checkout) -> None:
    checkout.run("serve")
    before = len(checkout.calls())
    checkout.run("test")
    assert f"-r {checkout.root}/.venv/dev-packages.txt" in checkout.calls()[-1]
    listed = (checkout.root / ".venv/dev-packages.txt").read_text().splitlines()
    assert any(line.startswith("pytest>=") for line in listed)
    after = checkout.calls()
    assert not any(call.startswith("venv") for call in after[before:])
    checkout.run("serve")
    checkout.run("check")
    assert checkout.calls() == after


def test_absent_browser_is_said_loudly(checkout: Checkout) -> None:
    status, out, err = checkout.run("test", BULIAN_CHROMIUM="/not/there")
    assert status == 0
    assert "NO CHROMIUM FOUND: THE BROWSER TESTS WILL BE SKIPPED" in err
    assert "browser: none" in out


def test_absent_browser_fails_where_it_is_required(checkout: Checkout) -> None:
    status, out, err = checkout.run("test", "--require-browser")
    assert status != 0
    assert "no Chromium was found" in err
    assert "pytest" not in out


STEPS = ["ruff format --check .", "ruff check .", "pyright ", "lint-imports --no-logo", "sizes"]


def test_check_runs_every_step(checkout: Checkout) -> None:
    status, out, err = checkout.run("check")
    assert status == 0, out + err
    assert [line for line in out.splitlines() if line and not line.startswith("==")] == STEPS


@pytest.mark.parametrize("tool", ["ruff", "pyright", "lint-imports"])
def test_check_names_what_failed_after_all_steps(checkout: Checkout, tool: str) -> None:
    status, out, err = checkout.run("check", BREAKS=tool)
    assert status != 0
    assert f"check failed: [{tool}" in err
    assert [line for line in out.splitlines() if line and not line.startswith("==")] == STEPS
