"""What may not stand in a committed file: one machine's places, registries, secrets."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Written in halves, so that this file does not hold what it looks for.
FORBIDDEN = {
    "a folder of one machine": (
        rf"(?<![\w.])/(?:{'wo'}rk|{'fa'}rm|{'ro'}ot|home/\w+)/|{'bash'}_jobs"
    ),
    "a registry's address": rf"https?://\S*(?:{'py'}pi|{'python'}hosted|{'npm'}js|{'regis'}try)",
    "a private key": rf"-----BEGIN [A-Z ]*{'PRIVATE'} KEY-----",
    "an unfinished place": rf"\b(?:{'TO'}DO|{'FIX'}ME|{'XX'}X)\b",
}
BINARY = {".png", ".ico", ".woff2"}


def list_committed() -> list[str]:
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip("THE TREE IS NOT TESTED: this is no git checkout")
    return [name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def find_forbidden(text: str) -> list[str]:
    return [what for what, pattern in FORBIDDEN.items() if re.search(pattern, text)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (f"see /{'wo'}rk/notes.md", "a folder of one machine"),
        (f"data = '/{'ho'}me/li/data'", "a folder of one machine"),
        (f"https://{'py'}pi.org/simple", "a registry's address"),
        (f"-----BEGIN RSA {'PRIVATE'} KEY-----", "a private key"),
        (f"# {'TO'}DO later", "an unfinished place"),
        ("frame/work/load and the paperwork", None),
        ("https://www.apache.org/licenses/", None),
    ],
)
def test_search_finds_what_it_is_for(text: str, what: str | None) -> None:
    assert find_forbidden(text) == ([what] if what else [])


def test_no_committed_file_holds_what_is_forbidden() -> None:
    found = {
        name: find_forbidden((ROOT / name).read_text(encoding="utf-8"))
        for name in list_committed()
        if Path(name).suffix not in BINARY
    }
    assert {name: what for name, what in found.items() if what} == {}


def test_nothing_made_is_committed() -> None:
    made = re.compile(
        r"(^|/)(\.venv|__pycache__|data/bulian|\.coverage|dist)(/|$)|\.(db|sqlite|pyc)$"
    )
    assert [name for name in list_committed() if made.search(name)] == []


def test_module_names_say_what_is_inside() -> None:
    empty_words = {"utils.py", "helpers.py", "common.py", "misc.py"}
    assert [name for name in list_committed() if Path(name).name in empty_words] == []


@pytest.mark.parametrize(("shell", "script"), [("sh", "bulian"), ("bash", ".ci/run")])
def test_script_can_be_read_and_started(shell: str, script: str) -> None:
    assert (ROOT / script).stat().st_mode & 0o111
    subprocess.run([shell, "-n", str(ROOT / script)], check=True)
