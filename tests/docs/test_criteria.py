"""The page for officials says what the code does: keys, titles, weights, bands, regional values."""

import re
import tomllib
from pathlib import Path

import pytest

from matching.criteria import CRITERIA
from matching.criterion import Criterion

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/criteria.md").read_text(encoding="utf-8")
POLICY = tomllib.loads((ROOT / "matching/policies/national-2026.toml").read_text(encoding="utf-8"))
CASES = ("weak_foreign", "weak_domestic", "missing_foreign", "missing_domestic")


def find_section(key: str) -> str:
    found = re.search(rf"^## {key} .*?(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None, f"docs/criteria.md has no section {key}"
    return found[0]


def list_rows(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_sections_are_the_criteria_in_reading_order() -> None:
    keys = re.findall(r"^## ([a-z_]+) ", PAGE, re.MULTILINE)
    assert keys == [criterion.key for criterion in CRITERIA]


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda criterion: criterion.key)
def test_section_has_title_pillar_source_and_bands(criterion: Criterion) -> None:
    section = find_section(criterion.key)
    title = f"## {criterion.key} {criterion.title.zh} · {criterion.title.en}"
    assert section.splitlines()[0] == title
    assert f" {criterion.pillar}　" in section
    assert f"来源 source：{criterion.source}\n" in section
    bands = [(key, float(value)) for key, value in re.findall(r"`([a-z_]+)` ≥ (\d[\d.]*)", section)]
    assert bands == [(level.key, level.threshold) for level in criterion.levels]
    assert ("Not assessed in this version" in section) == (not criterion.levels)


def test_weights_are_those_of_the_policy() -> None:
    rows = [row for row in list_rows(PAGE) if row[0] in POLICY["weights"]]
    expected = [
        [key, *(str(weights[case]) for case in CASES)] for key, weights in POLICY["weights"].items()
    ]
    assert rows == expected


def test_regional_values_are_those_of_the_policy() -> None:
    rows = list_rows(find_section("regional_orientation"))[2:]
    shown = {row[0].split()[-1]: [round(float(cell) * 1000) for cell in row[1:]] for row in rows}
    assert shown == {
        region: list(values.values()) for region, values in POLICY["orientation"].items()
    }
