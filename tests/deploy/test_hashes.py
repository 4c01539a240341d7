"""Hashes of what the image installs: of the pinned versions, of all that is needed, no address."""

import importlib.util
import re
import subprocess
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.deploy import hashes
from tests.deploy.dockerfile import ROOT
from tests.house.test_packaging import PROJECT, read_constraints, walk_dependencies

PIN = re.compile(r"(\S+)==(\S+) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)")


def read_hashes(name: str) -> dict[str, tuple[str, int]]:
    """Version and number of hashes of each package; the file holds nothing else."""
    text = (hashes.FOLDER / name).read_text(encoding="utf-8")
    assert text.startswith(hashes.HEAD)
    rest = text.removeprefix(hashes.HEAD)
    assert PIN.sub("", rest) == ""
    return {
        canonicalize_name(package): (version, lines.count("--hash"))
        for package, version, lines in PIN.findall(rest)
    }


@pytest.mark.parametrize("name", ["run.txt", "build.txt"])
def test_versions_are_the_pinned_ones(name: str) -> None:
    pinned = read_constraints()
    found = read_hashes(name)
    assert {package: version for package, (version, _) in found.items()} == {
        package: pinned.get(package) for package in found
    }
    assert all(count >= 1 for _, count in found.values())


def test_all_that_runs_and_nothing_else_has_hashes() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = [*PROJECT["project"]["dependencies"]]
    wanted += [text for extra in hashes.EXTRAS for text in extras[extra]]
    needed = walk_dependencies([Requirement(text) for text in wanted])
    is_complete = all(importlib.util.find_spec(name) for name in ("numba", "psycopg", "joserfc"))
    if not is_complete:
        pytest.skip("THE HASHES ARE NOT HELD AGAINST WHAT IS INSTALLED: an extra is absent")
    assert read_hashes("run.txt").keys() == needed.keys()


def test_compiled_packages_have_hashes_for_other_machines() -> None:
    """One wheel a processor and version of Python, so many hashes."""
    found = read_hashes("run.txt")
    assert all(found[name][1] > 10 for name in ("numpy", "scipy", "llvmlite", "rapidfuzz"))


def test_what_builds_is_the_backend_of_the_project() -> None:
    (backend,) = PROJECT["build-system"]["requires"]
    found = read_hashes("build.txt")
    assert Requirement(backend).specifier.contains(found["hatchling"][0])


def test_writing_them_asks_for_the_pinned_versions_and_keeps_no_address(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    asked: list[list[str]] = []

    def pretend(command: list[str], **_more: Any) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        return subprocess.CompletedProcess(command, 0, "a==1 \\\n    --hash=sha256:0\n", "")

    monkeypatch.setattr(hashes, "FOLDER", tmp_path)
    monkeypatch.setattr(subprocess, "run", pretend)
    assert hashes.main() == 0
    assert len(asked) == 2
    assert all("--constraint" in command for command in asked)
    assert all("--no-emit-index-url" in command for command in asked)
    assert (tmp_path / "run.txt").read_text().startswith(hashes.HEAD)


def test_python_is_the_one_of_the_image() -> None:
    assert f"FROM python:{hashes.PYTHON}-" in (ROOT / "Dockerfile").read_text(encoding="utf-8")
