"""The figures of the house: `python -m tests.house.sizes` prints them and fails past a limit.

Lines are those of the file, blank ones and comments too; a function's from `def` to its last line.
Complexity is the linter's own count (McCabe).
"""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
CODE = ("service", "models", "matching", "deploy")
TESTS = ("tests",)

MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 50
MAX_FUNCTION_P90 = 25
MAX_COMPLEXITY = 8
DUPLICATE_LINES = 6


def list_files(root: Path, folders: Sequence[str]) -> list[Path]:
    """Python files under the folders, in a fixed order."""
    return sorted(path for folder in folders for path in (root / folder).rglob("*.py"))


def count_files(root: Path, folders: Sequence[str]) -> dict[str, int]:
    """Lines of every file, keyed by its path."""
    return {
        str(path.relative_to(root)): len(path.read_text(encoding="utf-8").splitlines())
        for path in list_files(root, folders)
    }


def count_functions(root: Path, folders: Sequence[str]) -> dict[str, int]:
    """Lines of every function, keyed by file, line and name."""
    return {
        f"{path.relative_to(root)}:{node.lineno} {node.name}": (node.end_lineno or 0)
        - node.lineno
        + 1
        for path in list_files(root, folders)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def find_highest(values: Sequence[int], share: float) -> int:
    """The value that the given share of the values do not exceed; 0 of none."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else 0


def measure_complexity(root: Path, folders: Sequence[str]) -> dict[str, int]:
    """Complexity of every function, keyed by file, line and name."""
    files = list_files(root, folders)
    if not files:
        return {}
    command = [
        *(sys.executable, "-m", "ruff", "check", "--isolated", "--select", "C901", "--exit-zero"),
        *("--config", "lint.mccabe.max-complexity=0", "--output-format", "json"),
        *map(str, files),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    counted: dict[str, int] = {}
    for row in json.loads(done.stdout):
        found = re.search(r"`(.+)` is too complex \((\d+) > 0\)", row["message"])
        if found is None:
            raise ValueError(f"the linter counts otherwise now: {row['message']}")
        where = Path(row["filename"]).resolve().relative_to(root.resolve())
        counted[f"{where}:{row['location']['row']} {found[1]}"] = int(found[2])
    return counted


def find_duplicates(root: Path, folders: Sequence[str]) -> list[str]:
    """Places where six lines with something on them (imports apart) stand a second time."""
    seen: dict[tuple[str, ...], str] = {}
    found: list[str] = []
    for path in list_files(root, folders):
        numbered = [
            (number, line.strip())
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
            if re.search(r"\w", line) and not re.match(r"(from|import) ", line)
        ]
        for start in range(len(numbered) - DUPLICATE_LINES + 1):
            window = numbered[start : start + DUPLICATE_LINES]
            here = f"{path.relative_to(root)}:{window[0][0]}"
            first = seen.setdefault(tuple(line for _, line in window), here)
            if first != here:
                found.append(f"{here} repeats {first}")
    return found


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted under a root: lines a file, lines and complexity a function, repeats."""

    code: dict[str, int]
    tests: dict[str, int]
    functions: dict[str, int]
    test_functions: dict[str, int]
    complexity: dict[str, int]
    duplicates: list[str]


def count(root: Path) -> Counts:
    """Counts everything under a root laid out like this one."""
    return Counts(
        code=count_files(root, CODE),
        tests=count_files(root, TESTS),
        functions=count_functions(root, CODE),
        test_functions=count_functions(root, TESTS),
        complexity=measure_complexity(root, CODE),
        duplicates=find_duplicates(root, CODE),
    )


def describe(counts: Counts) -> list[str]:
    """The figures, a line each."""
    code, tests, functions = counts.code, counts.tests, counts.functions
    complexity = list(counts.complexity.values())
    return [
        f"code: {len(code)} files, {sum(code.values())} lines, "
        f"median {median(code.values()) if code else 0:g}, max {max(code.values(), default=0)}",
        f"functions: {len(functions)}, p90 {find_highest(list(functions.values()), 0.9)} lines, "
        f"max {max(functions.values(), default=0)}",
        f"complexity: p90 {find_highest(complexity, 0.9)}, max {max(complexity, default=0)}",
        f"tests: {len(tests)} files, {sum(tests.values())} lines "
        f"({sum(tests.values()) / max(sum(code.values()), 1):.2f} of code), "
        f"max {max(tests.values(), default=0)}",
        f"repeated runs of {DUPLICATE_LINES} lines: {len(counts.duplicates)}",
    ]


def find_breaches(counts: Counts) -> list[str]:
    """A sentence for each limit that is passed."""
    limits = (
        (counts.code | counts.tests, MAX_FILE_LINES, "lines"),
        (counts.functions | counts.test_functions, MAX_FUNCTION_LINES, "lines"),
        (counts.complexity, MAX_COMPLEXITY, "paths"),
    )
    breaches = [
        f"{where}: {size} {unit}, at most {limit}"
        for sizes, limit, unit in limits
        for where, size in sizes.items()
        if size > limit
    ]
    breaches += counts.duplicates
    p90 = find_highest(list(counts.functions.values()), 0.9)
    if p90 > MAX_FUNCTION_P90:
        breaches.append(f"functions: p90 is {p90} lines, at most {MAX_FUNCTION_P90}")
    code, tests = sum(counts.code.values()), sum(counts.tests.values())
    if tests < code:
        breaches.append(f"tests: {tests} lines, fewer than the {code} of code")
    return breaches


def main() -> int:
    """Print the figures; 1 when a limit is passed."""
    counts = count(ROOT)
    breaches = find_breaches(counts)
    for line in (*describe(counts), *(f"LIMIT {breach}" for breach in breaches)):
        sys.stdout.write(line + "\n")
    return int(bool(breaches))


if __name__ == "__main__":
    sys.exit(main())
