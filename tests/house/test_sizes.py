from pathlib import Path

import pytest

from tests.house import sizes


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def find_breaches(root: Path, files: dict[str, str]) -> list[str]:
    write(root, files)
    return sizes.find_breaches(sizes.count(root))


def make_function(name: str, lines: int) -> str:
    body = "".join(f"    {name}_{number} = {number}\n" for number in range(lines - 1))
    return f"def {name}():\n{body}"


def make_branches(count: int) -> str:
    body = "".join(f"    if x == {number}:\n        x += 1\n" for number in range(count - 1))
    return f"def branch(x):\n{body}    return x\n"


ENOUGH_TESTS = {"tests/test_all.py": "x = 1\n" * 299}


@pytest.mark.parametrize(
    ("files", "breach"),
    [
        ({}, None),
        ({"models/a.py": "#\n" * 300}, "tests: 299 lines, fewer than the 300 of code"),
        ({"tests/a.py": "x = 1\n" * 301}, "tests/a.py: 301 lines, at most 300"),
        ({"service/a.py": make_function("f", 25)}, None),
        ({"service/a.py": make_function("f", 50)}, "functions: p90 is 50 lines, at most 25"),
        ({"tests/a.py": make_function("f", 50)}, None),
        ({"tests/a.py": make_function("f", 51)}, "tests/a.py:1 f: 51 lines, at most 50"),
        ({"matching/a.py": make_branches(8)}, None),
        ({"matching/a.py": make_branches(9)}, "matching/a.py:1 branch: 9 paths, at most 8"),
        (
            {"models/a.py": make_function("f", 6), "models/b.py": "\n" + make_function("f", 6)},
            "models/b.py:2 repeats models/a.py:1",
        ),
        ({"models/a.py": make_function("f", 5), "models/b.py": make_function("f", 5)}, None),
    ],
)
def test_limits(tmp_path: Path, files: dict[str, str], breach: str | None) -> None:
    assert find_breaches(tmp_path, ENOUGH_TESTS | files) == ([breach] if breach else [])


def test_figures_name_what_was_counted(tmp_path: Path) -> None:
    write(tmp_path, ENOUGH_TESTS | {"models/a.py": make_function("f", 9) + make_branches(3)})
    text = "\n".join(sizes.describe(sizes.count(tmp_path)))
    assert "code: 1 files, 15 lines, median 15, max 15" in text
    assert "functions: 2, p90 9 lines, max 9" in text
    assert "complexity: p90 3, max 3" in text
    assert "tests: 1 files, 299 lines (19.93 of code), max 299" in text
