"""The rows of the speed table, in their order: a row is a module with its `ROW`, named here."""

from tests.benchmarks import million, one_ranking, relevance_floor

ROWS = (
    one_ranking.ROW,
    relevance_floor.ROW,
    million.ROW,
)
