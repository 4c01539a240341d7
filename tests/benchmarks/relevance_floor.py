"""One ranking of which only candidates near the investor are scored, found by their links."""

from functools import partial

from matching.pools import GapPool
from tests.benchmarks import sql_score, tables
from tests.benchmarks.bench import SELDOM, Bench, medians
from tests.benchmarks.figures import Bar, Measured, Row, same
from tests.benchmarks.made import SUBJECT, all_of, by_name, made_gaps, pool_of
from tests.benchmarks.one_ranking import MOST, Best, best
from tests.benchmarks.subject import subject_of
from tests.matching.making import RULES
from tests.matching.pooled import HeldGap

FITS = {
    number: fit.value
    for number, fit in SUBJECT.fits.items()
    if round(fit.value * 1000) >= RULES.policy.relevance_floor
}
"""The links at which the subject is above the floor, and how near it is there."""


def measure(bench: Bench) -> Measured:
    """Compare the answers, then time."""
    count = bench.either(100_000, 3_000)
    sheet = made_gaps(count)
    pool, gaps, subject = pool_of(sheet), by_name(sheet), subject_of(SUBJECT.row, RULES)
    tables.load(bench.connection, "near_gaps", gaps, "link")
    fits = ", ".join(f"({link}, {value!r}::float8)" for link, value in FITS.items())
    source = f"near_gaps JOIN (VALUES {fits}) AS fit (at_link, affinity) ON link = at_link"
    query = sql_score.ranking(subject, source, MOST)
    ours = partial(_best_near, bench, pool)
    server = tables.asked(bench.connection, query)
    same(ours(), server(), "postgresql")
    every = partial(best, pool, all_of(count), bench.loop)
    taken = medians({"ours": ours, "every": every})
    taken |= medians({"postgresql": server}, SELDOM)
    values = {name: taken[name] / taken["ours"] for name in ("every", "postgresql")}
    share = len(pool.near(SUBJECT).positions) / count
    notes = {
        "every": f"{share:.1%} of the gaps have any affinity; finding them is in the time",
        "postgresql": "an index on the link, the affinity of each link written in",
    }
    return Measured(values, notes)


def _best_near(bench: Bench, pool: GapPool[HeldGap]) -> Best:
    return best(pool, pool.near(SUBJECT), bench.loop)


ROW = Row(
    key="floor",
    what="the same with the relevance floor",
    peers=("PostgreSQL",),
    bars=(
        Bar("every", "against every row scored", "×", least=5),
        Bar("postgresql", "against PostgreSQL with the same floor", "×", least=8),
    ),
    measure=measure,
)
