"""The guides: each a pair of twins whose commands are typed, in order, before a real server."""

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

from tests.docs import readme
from tests.house.server import Server, running_server

GUIDES = ("portal", "partner", "officer", "operator")
SECONDS = 90


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if shutil.which("curl") is None:
        pytest.skip("NO CURL: THE COMMANDS OF THE GUIDES ARE NOT TYPED")
    with running_server(tmp_path_factory.mktemp("guides")) as running:
        yield running


def names_of(guide: str) -> tuple[str, str]:
    return f"docs/guides/{guide}.md", f"docs/guides/{guide}.zh-CN.md"


@pytest.mark.parametrize("guide", GUIDES)
def test_twins_tell_the_same_commands_in_as_many_parts(guide: str) -> None:
    english, chinese = names_of(guide)
    assert readme.list_blocks(english, "sh walk") == readme.list_blocks(chinese, "sh walk")
    parts = [re.findall(r"^#+", readme.read(name), re.MULTILINE) for name in (english, chinese)]
    assert parts[0] == parts[1]


@pytest.mark.parametrize("name", [name for guide in GUIDES for name in names_of(guide)])
def test_links_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", readme.read(name))
    folder = (readme.ROOT / name).parent
    assert len(links) > 1
    assert [link for link in links if not (folder / link).exists()] == []


def type_commands(guide: str, server: Server, folder: Path) -> None:
    """Type every command of a guide; one that fails ends it with what it said."""
    script = "".join(readme.list_blocks(names_of(guide)[0], "sh walk"))
    program = str(Path(sys.executable).with_name("bulian"))
    done = subprocess.run(
        [
            "sh",
            "-eu",
            "-c",
            script.replace(readme.PRINTED_URL, server.url).replace("./bulian", program),
        ],
        cwd=folder,
        env=os.environ | {"KEY": server.key, "BULIAN_DATA_DIR": str(server.log.parent / "data")},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def told(folder: Path, name: str) -> Any:
    return json.loads((folder / f"{name}.json").read_text("utf-8"))


def test_an_officer_sees_the_overview(server: Server, tmp_path: Path) -> None:
    """First: guests see nothing any more once the others have registered something."""
    type_commands("officer", server, tmp_path)
    assert "/gaps/gap_" in (tmp_path / "overview.html").read_text("utf-8")


def test_an_operator_keeps_it(server: Server, tmp_path: Path) -> None:
    type_commands("operator", server, tmp_path)
    assert (told(tmp_path, "live")["status"], told(tmp_path, "ready")["status"]) == ("ok", "ok")
    assert len(list((tmp_path / "backups").glob("*.zip"))) == 1
    assert "Portal of Suzhou" in (tmp_path / "keys.txt").read_text("utf-8")


def test_a_portal_learns_who_fits(server: Server, tmp_path: Path) -> None:
    type_commands("portal", server, tmp_path)
    ranking = told(tmp_path, "ranking")
    assert len(ranking["matches"]) == 5
    for match in ranking["matches"]:
        assert sum(part["points"] for part in match["components"]) == match["score"]
    assert told(tmp_path, "trial")["results"]["now"]["matches"]


def test_a_partner_hands_in_a_lead(server: Server, tmp_path: Path) -> None:
    type_commands("partner", server, tmp_path)
    lead = told(tmp_path, "lead")
    assert lead["status"] == "submitted"
    assert lead["clocks"]
    assert told(tmp_path, "events")["items"]
    assert (tmp_path / "erased.txt").read_text("utf-8") == ""
