"""The README files: twins in what they tell to type, and true: their calls are made."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from matching.criteria import CRITERIA
from service.settings import Settings
from tests.docs import readme
from tests.house.server import Server, running_server


def test_sample_is_laid_out_in_short_lines() -> None:
    value: readme.Json = {"a": 1, "b": ["长" * 60, {"c": None}], "d": "文" * 60}
    text = readme.lay_out(value)
    assert json.loads(text) == value
    assert max(len(line) for line in text.splitlines()) <= readme.WIDTH
    assert '{"c": null}' in text


@pytest.mark.parametrize("kind", ["sh", "sh walk", "json pair"])
def test_twins_have_the_same_blocks(kind: str) -> None:
    english, chinese = (readme.list_blocks(name, kind) for name in readme.NAMES)
    assert english
    assert english == chinese


def test_twins_have_the_same_parts() -> None:
    shapes = [
        [
            line.split(" ")[0] if line.startswith("#") else line.split("|")[1].strip()
            for line in readme.read(name).splitlines()
            if line.startswith("#") or re.match(r"\| `", line)
        ]
        for name in readme.NAMES
    ]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("name", readme.NAMES)
def test_settings_are_those_we_have(name: str) -> None:
    shown = re.findall(r"^\| `(BULIAN_\w+)`", readme.read(name), re.MULTILINE)
    assert sorted(shown) == sorted(f"BULIAN_{field.upper()}" for field in Settings.model_fields)


@pytest.mark.parametrize("name", [*readme.NAMES, "CONTRIBUTING.md", "docs/README.md"])
def test_links_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", readme.read(name))
    folder = (readme.ROOT / name).parent
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (folder / link).exists()] == []


def test_options_of_serve_are_those_it_has() -> None:
    program = Path(sys.executable).with_name("bulian")
    shown = subprocess.run(
        [str(program), "serve", "--help"],
        env=os.environ | {"COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    named = set(re.findall(r"--[a-z-]+", " ".join(readme.list_blocks("README.md", "sh"))))
    assert named
    assert {option for option in named if option not in shown} == set()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if shutil.which("curl") is None:
        pytest.skip("NO CURL: THE CALLS OF THE README ARE NOT MADE")
    with running_server(tmp_path_factory.mktemp("readme")) as running:
        yield running


@pytest.fixture(scope="module", params=readme.NAMES)
def walk(
    request: pytest.FixtureRequest, server: Server, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """What the three calls of one file answered, and the sample it shows."""
    answers = readme.make_calls(request.param, server, tmp_path_factory.mktemp("walk"))
    (sample,) = readme.list_blocks(request.param, "json pair")
    return answers | {"sample": sample}


def test_first_call_says_where_the_investor_belongs(walk: dict[str, Any]) -> None:
    best = walk["investor"]["placement"][0]
    assert (best["chain_id"], best["link_id"]) == ("ic", "ic.photoresist")
    assert best["affinity"] >= 900


def test_second_call_ranks_gaps_with_reasons(walk: dict[str, Any]) -> None:
    matches = walk["matches"]["matches"]
    assert [match["rank"] for match in matches] == [1, 2, 3]
    assert matches[0]["gap"]["link_id"] == "ic.photoresist"
    for match in matches:
        parts = match["components"]
        assert (
            len(parts) == len(CRITERIA) - 1
        )  # a gap is weak or missing: one of the two is not asked
        assert sum(part["points"] for part in parts) == match["score"]
        assert all(part["zh"] and part["en"] for part in parts)


def test_third_call_shows_the_same_score_and_what_would_add_points(walk: dict[str, Any]) -> None:
    first, pair = walk["matches"]["matches"][0], walk["pair"]["match"]
    assert pair["gap"]["id"] == first["gap"]["id"]
    assert (pair["score"], pair["components"]) == (first["score"], first["components"])
    assert {"rd_centre_committed": True} in [change["change"] for change in pair["counterfactuals"]]


def test_sample_is_what_is_answered(walk: dict[str, Any]) -> None:
    shown = readme.lay_out(readme.shorten(walk["pair"])) + "\n"
    assert walk["sample"] == shown, "write it anew: python -m tests.docs.readme"
