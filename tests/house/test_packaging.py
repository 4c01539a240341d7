"""What is installed is ours and pinned, and the wheel holds what a server needs."""

import importlib.metadata
import importlib.util
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PACKAGES = ("service", "models", "matching")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUN_TIME_DATA = {  # in the wheel: in the checkout
    "matching/reference/data": "matching/reference/data",
    "matching/policies": "matching/policies",
    "matching/describing/data": "matching/describing/data",
    "matching/names/data": "matching/names/data",
    "service/leads/data": "service/leads/data",
    "service/pages": "service/pages",
    "service/deploy/migrations": "deploy/migrations",
    "service/deploy/demo": "deploy/demo",
}


def read_constraints() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in pairs}


def list_requirements() -> list[Requirement]:
    project = PROJECT["project"]
    texts = [
        *project["dependencies"],
        *(text for extra in project["optional-dependencies"].values() for text in extra),
        *PROJECT["dependency-groups"]["dev"],
        *PROJECT["build-system"]["requires"],
    ]
    return [Requirement(text) for text in texts]


def walk_dependencies(requirements: list[Requirement]) -> dict[str, str]:
    """Name and version of everything installed that the requirements lead to."""
    found: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    queue = [
        (requirement, extra) for requirement in requirements for extra in ["", *requirement.extras]
    ]
    while queue:
        requirement, extra = queue.pop()
        name = canonicalize_name(requirement.name)
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        try:
            distribution = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        found[name] = distribution.version
        for text in distribution.requires or []:
            needed = Requirement(text)
            if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                queue += [(needed, inner) for inner in ["", *needed.extras]]
    return found


@pytest.mark.parametrize("package", PACKAGES)
def test_package_is_ours_and_nobody_elses(package: str) -> None:
    owners = importlib.metadata.packages_distributions().get(package, ["bulian"])
    assert set(owners) == {"bulian"}
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.origin == str(ROOT / package / "__init__.py")


def test_constraints_hold_versions_only() -> None:
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()[1:]:
        assert re.fullmatch(r"[\w.-]+==[\w.]+", line), line


@pytest.mark.parametrize("requirement", list_requirements(), ids=str)
def test_constraints_satisfy_the_project(requirement: Requirement) -> None:
    pinned = read_constraints()[canonicalize_name(requirement.name)]
    assert requirement.specifier.contains(pinned)


def test_everything_installed_for_the_project_is_pinned_so() -> None:
    installed = walk_dependencies(list_requirements())
    assert {"fastapi", "starlette", "pytest"} <= installed.keys()
    pinned = read_constraints()
    assert installed == {name: pinned.get(name) for name in installed}


def test_every_test_folder_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("THE WHEEL IS NOT TESTED: hatchling is not installed")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def test_wheel_holds_our_packages_only(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert tops == {*PACKAGES, f"bulian-{PROJECT['project']['version']}.dist-info"}
    assert not [name for name in wheel.namelist() if "__pycache__" in name or "tests" in name]


@pytest.mark.parametrize("folder", RUN_TIME_DATA)
def test_wheel_holds_what_is_read_at_run_time(wheel: zipfile.ZipFile, folder: str) -> None:
    files = (ROOT / RUN_TIME_DATA[folder]).rglob("*.*")
    wanted = {path.name for path in files if path.suffix != ".pyc" and path.is_file()}
    held = {Path(name).name for name in wheel.namelist() if name.startswith(f"{folder}/")}
    assert wanted
    assert wanted <= held


def test_wheel_holds_the_contract_and_no_other_page(wheel: zipfile.ZipFile) -> None:
    held = [name for name in wheel.namelist() if name.startswith("service/docs/")]
    assert held == ["service/docs/openapi.json"]
    assert wheel.read(held[0]) == (ROOT / "docs/openapi.json").read_bytes()


def test_wheel_names_the_licence_and_the_console_script(wheel: zipfile.ZipFile) -> None:
    information = f"bulian-{PROJECT['project']['version']}.dist-info"
    metadata = wheel.read(f"{information}/METADATA").decode()
    assert "License-Expression: Apache-2.0" in metadata
    assert "bulian = service.start:main" in wheel.read(f"{information}/entry_points.txt").decode()
    assert b"Apache License" in wheel.read(f"{information}/licenses/LICENSE")
