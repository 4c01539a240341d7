"""One ranking of which every row is scored, against those who could have made it."""

from functools import partial

from matching import ordering
from matching.loop import Candidates, Loop
from matching.pools import GapPool
from matching.ranking import rank_gaps
from tests.benchmarks import numpy_score, packages, sql_score, tables, weighted_sums
from tests.benchmarks.bench import SELDOM, Bench, medians
from tests.benchmarks.figures import Bar, Measured, Row, same
from tests.benchmarks.made import SUBJECT, all_of, by_name, made_gaps
from tests.benchmarks.subject import subject_of
from tests.matching.making import RULES
from tests.matching.pooled import HeldGap

MOST = 20
PLAIN = 2_000
"""Rows that the loop in Python goes through; its time is scaled."""

Best = list[tuple[int, int]]


def best(pool: GapPool[HeldGap], near: Candidates, loop: Loop | None, most: int = MOST) -> Best:
    """(position, score) of the best gaps for the subject, as the service ranks them."""
    keys = rank_gaps(SUBJECT, pool, near, RULES, loop).keys[:most]
    positions, scores = ordering.positions(keys).tolist(), (keys >> ordering.SCORE).tolist()
    return list(zip(positions, scores, strict=True))


def measure(bench: Bench) -> Measured:
    """Compare all answers, then time all."""
    count = bench.either(100_000, 3_000)
    sheet, near = made_gaps(count), all_of(count)
    pool, few = GapPool[HeldGap](sheet=sheet), near.only(near.positions < PLAIN)
    gaps, subject = by_name(sheet), subject_of(SUBJECT.row, RULES)
    columns = {**gaps, "affinity": near.affinity}
    tables.load(bench.connection, "gaps", columns, "link")
    stored = weighted_sums.stored_of(gaps, near.affinity, subject)
    tables.load(bench.connection, "stored", stored.columns, "severity")
    quick = {
        "ours": partial(best, pool, near, bench.loop),
        "numpy": partial(numpy_score.best, gaps, near.affinity, subject, MOST),
        "kernel": partial(weighted_sums.by_kernel, stored, MOST),
    }
    slow = {
        "postgresql": tables.asked(bench.connection, sql_score.ranking(subject, "gaps", MOST)),
        "stored": tables.asked(bench.connection, weighted_sums.in_sql(stored, "stored", MOST)),
    }
    for name, work in (quick | slow).items():
        same(quick["ours"](), work(), name)
    plain = partial(best, pool, few, None)
    same(best(pool, few, bench.loop), plain(), "the loop in Python")
    summed = packages.sums(stored)
    taken = medians(quick) | medians({**slow, **summed, "plain": plain}, SELDOM)
    taken["plain"] *= count / len(few.positions)
    values = {name: taken[name] / taken["ours"] for name in taken if name != "ours"}
    values |= {"kernel": 1 / values["kernel"], "ours": taken["ours"] * 1e9 / count}
    return Measured(values, NOTES | packages.absent())


NOTES = {
    "ours": f"{MOST} best of all, ordered",
    "postgresql": "all 14 formulas and the gates in SQL, parts of the investor alone as numbers",
    "stored": "reads the 14 values ready made and adds up; ours works them out",
    "numpy": "all 14 formulas over whole columns; values here are drawn about every threshold, so "
    "that a third of a pair's time is branches guessed wrong, which whole columns do not take",
    "plain": f"the same loop in Python over {PLAIN:,} rows, scaled; it, too, gains nothing by the "
    "branches that are guessed wrong",
    "kernel": "the kernel reads 14 values ready made; most of what ours does is to read 36 fields "
    "and make the values of them",
}

ROW = Row(
    key="ranking",
    what="one ranking, every row scored",
    peers=("PostgreSQL", "numpy", "Python", "numba by hand", "pymcdm", "scikit-criteria"),
    bars=(
        Bar("ours", "a pair", "ns"),
        Bar("postgresql", "against PostgreSQL ORDER BY … LIMIT", "×", least=8),
        Bar("stored", "against PostgreSQL over stored values", "×"),
        Bar("numpy", "against numpy columns", "×", least=3),
        Bar("plain", "against a plain Python loop", "×", least=200),
        Bar("kernel", "the time of a hand-written weighted sum", "×", most=2.5),
        Bar("pymcdm", "against pymcdm, sum alone", "×"),
        Bar("skcriteria", "against scikit-criteria, sum alone", "×"),
    ),
    measure=measure,
)
