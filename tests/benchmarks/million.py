"""One ranking over ten times as many gaps, every row scored: how the time grows."""

from functools import partial

from matching.pools import GapPool
from tests.benchmarks import numpy_score
from tests.benchmarks.bench import Bench, medians
from tests.benchmarks.figures import Bar, Measured, Row, same
from tests.benchmarks.made import SUBJECT, all_of, by_name, made_gaps
from tests.benchmarks.one_ranking import MOST, best
from tests.benchmarks.subject import subject_of
from tests.matching.making import RULES
from tests.matching.pooled import HeldGap

ROUNDS = 5
TIMES = 10


def measure(bench: Bench) -> Measured:
    """Compare both answers with numpy's, then time both sizes in turn."""
    count = bench.either(100_000, 3_000)
    works = {
        name: _compared(bench, size) for name, size in (("few", count), ("many", TIMES * count))
    }
    taken = medians(works, ROUNDS)
    note = f"{taken['many'] * 1e3:.0f} ms against {taken['few'] * 1e3:.1f} ms"
    return Measured({"ratio": taken["many"] / taken["few"]}, {"ratio": note})


def _compared(bench: Bench, size: int) -> partial[list[tuple[int, int]]]:
    sheet, near = made_gaps(size), all_of(size)
    work = partial(best, GapPool[HeldGap](sheet=sheet), near, bench.loop)
    subject = subject_of(SUBJECT.row, RULES)
    same(work(), numpy_score.best(by_name(sheet), near.affinity, subject, MOST), "numpy")
    return work


ROW = Row(
    key="million",
    what="the same over 1,000,000",
    peers=(),
    bars=(Bar("ratio", "the time of 100,000", "×", most=13),),
    measure=measure,
)
