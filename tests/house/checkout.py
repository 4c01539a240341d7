"""A copy of the front door with everything around it pretended: uv, Python, the checking tools."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

UV = """#!/bin/sh
echo "$*" >>"$UV_LOG"
[ -z "${UV_BREAKS:-}" ] || case "$*" in *"$UV_BREAKS"*) exit 7 ;; esac
case $1 in
venv)
    for last; do :; done
    mkdir -p "$last/bin"
    ln -s "$PRETENDED_PYTHON" "$last/bin/python"
    cp "$PRETENDED_BULIAN" "$last/bin/bulian"
    ;;
pip) sleep "${UV_SLEEPS:-0}" ;;
esac
"""

BULIAN = """#!/bin/sh
if [ "$1" = compile ] && [ $# = 1 ]; then
    echo "$BULIAN_CACHE_DIR" >>"$UV_LOG.compiled"
    [ "${BREAKS:-}" != compile ]
else
    echo "handed on:" "$@" "$BULIAN_DATA_DIR"
fi
"""

PYTHON = f"""#!/bin/sh
case "$*" in
"-m tests.browser.chromium") [ -n "${{HAS_CHROMIUM:-}}" ] && echo /the/chromium ;;
"-m pytest "*) echo "$PWD: $*"; echo "browser: ${{BULIAN_CHROMIUM:-none}}" ;;
"-m tests.house.sizes") echo sizes ;;
*) exec "{sys.executable}" "$@" ;;
esac
"""


class Checkout:
    """The copy, in a folder with spaces."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a check out"
        self.programs = folder / "programs"
        self.log = folder / "uv.log"
        self.root.mkdir()
        self.programs.mkdir()
        for name in ("bulian", "pyproject.toml", "constraints.txt"):
            shutil.copy(ROOT / name, self.root)
        self.add_program("uv", UV)
        self.add_program("pretended-python", PYTHON)
        self.add_program("pretended-bulian", BULIAN)
        for name in ("ruff", "pyright", "lint-imports"):
            self.add_program(name, f'#!/bin/sh\necho "{name} $*"\n[ "${{BREAKS:-}}" != {name} ]\n')
        self.environment = {
            "PATH": f"{self.programs}:{os.environ['PATH']}",
            "UV_LOG": str(self.log),
            "PRETENDED_PYTHON": str(self.programs / "pretended-python"),
            "PRETENDED_BULIAN": str(self.programs / "pretended-bulian"),
        }

    def add_program(self, name: str, text: str) -> None:
        path = self.programs / name
        path.write_text(text)
        path.chmod(0o755)

    def start(self, *arguments: str, **settings: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(self.root / "bulian"), *arguments],
            cwd="/",
            env=self.environment | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, **settings: str) -> tuple[int, str, str]:
        process = self.start(*arguments, **settings)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    def calls(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []

    def compiled_into(self) -> list[str]:
        """The folders of machine code, one for each time that the loop was compiled ahead."""
        return self.log.with_name("uv.log.compiled").read_text().splitlines()
