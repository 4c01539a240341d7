"""The rows of the speed table, in their order: a row is a module with its `ROW`, named here."""

from tests.benchmarks import (
    all_pairs,
    cached,
    changed_row,
    importing,
    investors,
    million,
    names,
    one_ranking,
    relevance_floor,
    serving,
)

ROWS = (
    one_ranking.ROW,
    relevance_floor.ROW,
    million.ROW,
    investors.ROW,
    all_pairs.ROW,
    changed_row.ROW,
    cached.ROW,
    names.ROW,
    importing.ROW,
    serving.ROW,
)
