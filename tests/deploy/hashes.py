"""`python -m tests.deploy.hashes`: the hashes of what the image installs, written anew.

Needs uv and the package index; the versions are those of constraints.txt. Nothing is written of
where the files come from.
"""

import subprocess
import sys
from typing import Final

from tests.deploy.dockerfile import ROOT

FOLDER: Final = ROOT / "deploy/hashes"
EXTRAS: Final = ("fast", "postgres", "admin", "oidc")
"""What the image holds; `cluster` is for machines of its own."""

HEAD: Final = (
    "# In the form of `pip install --require-hashes`; written by `python -m tests.deploy.hashes`.\n"
)
PYTHON: Final = "3.11.14"
"""The one of the image; no package is asked for that only older ones need."""


def resolve(*wanted: str, given: str = "") -> str:
    """Names, versions and hashes of what is wanted and of what it needs."""
    command = [
        "uv", "pip", "compile", "--quiet", *wanted, "--constraint", "constraints.txt",
        "--generate-hashes", "--python-version", PYTHON,
        "--python-platform", "x86_64-unknown-linux-gnu", "--no-header", "--no-annotate",
        "--no-emit-index-url", "--no-emit-find-links",
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=ROOT, input=given, capture_output=True, text=True, check=True
    )
    return HEAD + done.stdout


def main() -> int:
    """Write both files."""
    extras = [word for extra in EXTRAS for word in ("--extra", extra)]
    texts = {"run.txt": resolve("pyproject.toml", *extras)}
    texts["build.txt"] = resolve("-", given="hatchling\n")
    for name, text in texts.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
