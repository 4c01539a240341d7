"""The list of parts: what is installed and pinned, with its licences, in the standard's form."""

import json
import re
from importlib.metadata import Distribution
from typing import Any

import pytest
from packaging.utils import canonicalize_name
from typer.testing import CliRunner

from service.cli import main
from service.parts_list import licences_of, needs, parts_list, usual
from tests.house.test_packaging import read_constraints

PARTS = parts_list()


class Told(Distribution):
    """A package that says what a test wants."""

    def __init__(self, text: str) -> None:
        self._text = text

    def read_text(self, filename: str) -> str | None:
        return self._text if filename == "METADATA" else None

    def locate_file(self, path: Any) -> Any:
        raise NotImplementedError


def test_it_has_the_form_of_the_standard() -> None:
    assert (PARTS["bomFormat"], PARTS["specVersion"], PARTS["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", PARTS["serialNumber"])
    assert PARTS["metadata"]["component"]["type"] == "application"
    assert PARTS["metadata"]["component"]["licenses"] == [{"expression": "Apache-2.0"}]
    for one in PARTS["components"]:
        assert one["purl"] == one["bom-ref"] == f"pkg:pypi/{one['name']}@{one['version']}"
        assert one["name"] == canonicalize_name(one["name"])


def test_parts_are_those_that_are_pinned_and_none_of_the_tests() -> None:
    pinned = read_constraints()
    found = {one["name"]: one["version"] for one in PARTS["components"]}
    assert found == {name: pinned[name] for name in found}
    assert {"fastapi", "starlette", "numba", "llvmlite", "psycopg-binary", "joserfc"} <= set(found)
    assert not {"pytest", "ruff", "hatchling", "schemathesis"} & set(found)


def test_every_part_tells_its_licence() -> None:
    """Whoever adds a package that says nothing has to look it up."""
    assert [one["name"] for one in PARTS["components"] if "licenses" not in one] == []


def test_who_needs_whom_is_closed() -> None:
    known = {one["bom-ref"] for one in PARTS["components"]}
    edges = {one["ref"]: one["dependsOn"] for one in PARTS["dependencies"]}
    root = PARTS["metadata"]["component"]["bom-ref"]
    assert set(edges) == known | {root}
    assert {target for targets in edges.values() for target in targets} <= known
    assert not any(target.startswith("pkg:pypi/starlette@") for target in edges[root])
    (fastapi,) = (ref for ref in edges if ref.startswith("pkg:pypi/fastapi@"))
    assert any(target.startswith("pkg:pypi/starlette@") for target in edges[fastapi])
    assert fastapi in edges[root]


def test_the_command_prints_the_same_each_time() -> None:
    printed = CliRunner().invoke(main, ["sbom"]).stdout
    assert json.loads(printed) == PARTS


@pytest.mark.parametrize(
    ("told", "licences"),
    [
        ("License-Expression: MIT OR X\nLicense: long", [{"expression": "MIT OR X"}]),
        (
            "Classifier: License :: OSI Approved :: MIT License\nLicense: x",
            [{"license": {"name": "MIT License"}}],
        ),
        ("License: BSD", [{"license": {"name": "BSD"}}]),
        (f"License: {'x' * 500}", []),
        ("", []),
    ],
)
def test_licences_are_read_however_they_are_told(told: str, licences: list[Any]) -> None:
    assert licences_of(Told(f"Name: x\nVersion: 1\n{told}\n\n")) == licences


def test_extras_are_asked_for_only_where_they_are_wanted() -> None:
    package = Told(
        'Name: x\nVersion: 1\nRequires-Dist: A.b[c, d]>=1; python_version > "3"\n'
        'Requires-Dist: e; extra == "f"\n\n'
    )
    assert list(needs(package)) == [("a-b", frozenset({"c", "d"}))]
    assert ("e", frozenset()) in list(needs(package, frozenset({"f"})))
    assert usual("A_b.-c") == "a-b-c"
