"""`python -m tests.deploy.lint`: the files of a deployment, judged by the programs made for that.

Each program is used where it is installed and told of where it is not; most come with
`pip install --group deploy`, kubectl and systemd-analyze with the machine.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from tests.deploy.dockerfile import ROOT

HERE: Final = Path(sys.executable).parent
DEPLOY: Final = ROOT / "deploy"
RENDERED: Final = "{rendered}"
"""In a command: what kubectl makes of the kustomization."""

COMMANDS: Final = (
    ("check-jsonschema", "--builtin-schema", "vendor.compose-spec", str(DEPLOY / "compose.yaml")),
    ("kubernetes-validate", "--strict", "--quiet", RENDERED),
    ("kubernetes-validate", "--strict", "--quiet", str(DEPLOY / "kubernetes/secret.example.yaml")),
    ("caddy", "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "proxy/Caddyfile")),
    ("systemd-analyze", "security", "--offline=true", "--threshold=20",
     str(DEPLOY / "systemd/bulian.service")),
)  # fmt: skip


def find(program: str) -> str | None:
    """Where a program is: beside this Python, or on the path."""
    beside = HERE / program
    return str(beside) if beside.exists() else shutil.which(program)


def judge(command: tuple[str, ...], rendered: Path | None) -> bool | None:
    """Whether a program is content; None where it cannot be asked."""
    program = find(command[0])
    if program is None or (RENDERED in command and rendered is None):
        return None
    words = [str(rendered) if word == RENDERED else word for word in command[1:]]
    done = subprocess.run([program, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(f"{done.stdout[-1000:]}{done.stderr[-1000:]}\n")
    return done.returncode == 0


def render(folder: Path) -> Path | None:
    """All objects for the cluster in one file; None without kubectl."""
    program = find("kubectl")
    if program is None:
        return None
    command = [program, "kustomize", str(DEPLOY / "kubernetes")]
    done = subprocess.run(command, capture_output=True, check=True)
    file = folder / "rendered.yaml"
    file.write_bytes(done.stdout)
    return file


def main() -> int:
    """Ask each program; 1 where one is not content."""
    words = {True: "ok", False: "FAILED", None: "NOT ASKED: it is not installed"}
    with tempfile.TemporaryDirectory() as name:
        rendered = render(Path(name))
        found = {command: judge(command, rendered) for command in COMMANDS}
    for command, verdict in found.items():
        sys.stdout.write(f"{command[0]} {Path(command[-1]).name}: {words[verdict]}\n")
    return int(False in found.values())


if __name__ == "__main__":
    sys.exit(main())
