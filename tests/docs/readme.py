"""What the two README files hold: blocks, the walk of three calls, a sample of its answer.

`python -m tests.docs.readme` makes the calls and writes the sample anew into both files, which is
due when a formula or a sentence has changed.
"""

import json
import os
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any, TypeAlias, Union

from tests.house.server import Server, running_server

ROOT = Path(__file__).parents[2]
NAMES = ("README.md", "README.zh-CN.md")
PRINTED_URL = "http://127.0.0.1:8000"
SHOWN_CRITERIA = ("link_fit", "weak_link_upgrade", "regional_orientation", "scale_fit")
SHOWN_FIELDS = ("criterion", "weight", "value", "points", "assumed", "band", "zh", "en")
SHOWN_CHANGE = {"rd_centre_committed": True}
WALK_SECONDS = 60
WIDTH = 110
Json: TypeAlias = Union[dict[str, "Json"], list["Json"], str, float, bool, None]  # noqa: UP007 - names itself


def read(name: str) -> str:
    """The text of one of them."""
    return (ROOT / name).read_text(encoding="utf-8")


def list_blocks(name: str, kind: str) -> list[str]:
    """Its fenced blocks of a kind, such as `sh walk`, in order."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", read(name), re.MULTILINE | re.DOTALL)


def make_calls(name: str, server: Server, folder: Path) -> dict[str, Any]:
    """What the three calls of one file answered: `investor`, `matches` and `pair`.

    Raises:
        RuntimeError: a command failed; the message holds what it printed.
    """
    script = "".join(list_blocks(name, "sh walk")).replace(PRINTED_URL, server.url)
    done = subprocess.run(
        ["sh", "-eu", "-c", script],
        cwd=folder,
        env=os.environ | {"KEY": server.key},
        capture_output=True,
        text=True,
        timeout=WALK_SECONDS,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return {path.stem: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}


def shorten(pair: dict[str, Any]) -> dict[str, Any]:
    """The part of the answer for a pair that the files show."""
    match = pair["match"]
    gap = {field: match["gap"][field] for field in ("kind", "link_id", "title_zh", "title_en")}
    return {
        "policy": pair["policy"],
        "match": {
            "gap": gap,
            **{field: match[field] for field in ("score", "coverage", "fdi_relevance", "pillars")},
            "components": [
                {field: component[field] for field in SHOWN_FIELDS}
                for component in match["components"]
                if component["criterion"] in SHOWN_CRITERIA
            ],
            "counterfactuals": [
                {field: change[field] for field in ("change", "points", "zh", "en")}
                for change in match["counterfactuals"]
                if change["change"] == SHOWN_CHANGE
            ],
        },
        "gates": pair["gates"],
    }


def lay_out(value: Json, indent: int = 0) -> str:
    """JSON in lines of `WIDTH` where texts allow: what fits in a line stays in it."""
    inline = json.dumps(value, ensure_ascii=False)
    if len(inline) + indent <= WIDTH or not isinstance(value, dict | list):
        return inline
    deeper = indent + 2
    if isinstance(value, list):
        parts = [lay_out(item, deeper) for item in value]
        return "[\n" + _fill(parts, deeper) + "]"
    members = [f"{json.dumps(key)}: {lay_out(item, deeper)}" for key, item in value.items()]
    return "{\n" + _fill(members, deeper) + "}"


def _fill(parts: list[str], indent: int) -> str:
    lines: list[str] = []
    for part in parts:
        if lines and "\n" not in lines[-1] and len(f"{lines[-1]}, {part}") + indent < WIDTH:
            lines[-1] += f", {part}"
        else:
            lines.append(part)
    return ",\n".join(" " * indent + line for line in lines)


def write_sample(pair: dict[str, Any]) -> None:
    """Put the sample into both files."""
    block = f"```json pair\n{lay_out(shorten(pair))}\n```"
    for name in NAMES:
        text = re.sub(r"```json pair\n.*?\n```", lambda _: block, read(name), flags=re.DOTALL)
        (ROOT / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made, running_server(Path(made)) as running:
        write_sample(make_calls(NAMES[0], running, Path(made))["pair"])
