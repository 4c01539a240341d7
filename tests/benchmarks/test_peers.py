"""The score as the peers write it, for investors of whom anything may be unknown."""

import numpy as np
import pytest

from matching.loop import ELIGIBLE, Loop, judge_gaps
from tests.benchmarks import numpy_score, sql_score, tables, weighted_sums
from tests.benchmarks.all_pairs import investors
from tests.benchmarks.bench import Bench
from tests.benchmarks.made import all_of, by_name, made_gaps
from tests.benchmarks.subject import Subject, subject_of
from tests.matching.making import RULES

COUNT, INVESTORS, ASKED = 2_000, 60, 12
ROWS = [who.row for who in investors(INVESTORS)]
SUBJECTS = [subject_of(row, RULES) for row in ROWS]
SHEET, EVERY = made_gaps(COUNT), all_of(COUNT)
GAPS = by_name(SHEET)


def best(subject: Subject) -> list[tuple[int, int]]:
    return numpy_score.best(GAPS, EVERY.affinity, subject, COUNT)


def test_numpy_scores_every_pair_as_the_loop_does(machine_code: Loop) -> None:
    for row, subject in zip(ROWS, SUBJECTS, strict=True):
        judged = judge_gaps(machine_code, row, SHEET, EVERY, RULES)
        score, coverage = numpy_score.scores(GAPS, EVERY.affinity, subject)
        stands = judged.verdict == ELIGIBLE
        assert np.array_equal(score >= 0, stands)
        assert np.array_equal(score[stands], judged.score[stands])
        assert np.array_equal(coverage[stands], judged.coverage[stands])


@pytest.fixture(scope="module")
def server(postgres_url: str) -> Bench:
    made = Bench(is_small=True)
    made.postgres = postgres_url
    return made


def test_postgresql_ranks_as_numpy_does(server: Bench) -> None:
    with server:
        tables.load(server.connection, "peers", {**GAPS, "affinity": EVERY.affinity}, "link")
        for subject in SUBJECTS[:ASKED]:
            query = sql_score.ranking(subject, "peers", COUNT)
            assert tables.asked(server.connection, query)() == best(subject)


def test_the_weighted_sum_of_stored_values_ranks_as_the_formulas_do() -> None:
    open_to_all = [s for s in SUBJECTS if not numpy_score.stopped(GAPS, s).any()]
    assert len(open_to_all) >= ASKED
    for subject in open_to_all[:ASKED]:
        stored = weighted_sums.stored_of(GAPS, EVERY.affinity, subject)
        assert weighted_sums.by_kernel(stored, COUNT) == best(subject)
