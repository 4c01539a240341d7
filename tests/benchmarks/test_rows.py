"""The speed table in small sizes: every row runs, and what it compares is equal."""

import json
from pathlib import Path

import pytest

from matching.loop import Loop
from service.scorer import Scorer
from tests.benchmarks.__main__ import main
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Row
from tests.benchmarks.registry import ROWS
from tests.databases import PostgresCopies


@pytest.fixture
def bench(
    machine_code: Loop, postgres_url: str, postgres_copies: PostgresCopies, scorer: Scorer
) -> Bench:
    made = Bench(is_small=True)
    made.loop, made.postgres = machine_code, postgres_url
    made.copies, made.scorer = postgres_copies, scorer
    return made


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_row_runs_and_its_answers_are_equal(row: Row, bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    assert main([row.key, "--small", "--json", str(file)], bench) == 0
    figures = json.loads(file.read_text("utf-8"))["figures"]
    assert [figure["bar"] for figure in figures] == [bar.text for bar in row.bars]
