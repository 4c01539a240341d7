"""A file of gaps taken in, against rows that the ORM adds with nothing checked."""

from itertools import islice

from sqlmodel import Session, select

from models.gap import Gap
from models.job import Job
from service import runtime
from service.runtime import Runtime
from service.scorer import Scorer
from tests.benchmarks import imports
from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Bar, Measured, Row, same

FIELDS = ("external_id", "zone_id", "link_id", "severity", "investment_min_cny")
"""What is read back of every row."""
NOWHERE = "CNHTZ-NONE"
"""The zone of rows that are refused."""


def measure(bench: Bench) -> Measured:
    """Take the file in, read it back from the database, then add rows by the ORM."""
    count, few = bench.either((100_000, 1_000), (300, 50))
    scorer, path = bench.scorer, bench.folder / "gaps.csv"
    imports.write_file(path, imports.rows_of(count, scorer))
    with bench.copies.copy() as settings:
        parts = runtime.assemble(settings, scorer)
        found: list[Job] = []
        took = imports.timed(parts, lambda: found.append(imports.import_file(parts, path)))
        _check(parts, found[0], scorer, count)
        once, each = (
            imports.timed(parts, lambda act=act: act(parts, islice(_good(scorer), few)))
            for act in (imports.add_at_once, imports.add_one_by_one)
        )
        parts.close()
    values = {
        "once": once.wall / few / (took.wall / count),
        "each": each.wall / few / (took.wall / count),
    }
    rate = f"{count / took.wall:,.0f} rows/s, each validated and with an event; two fifths of "
    rate += "the time are checks, a half writes rows and events that are chained by hashes"
    return Measured(values, {"once": rate, "each": "a transaction for each row"})


def _good(scorer: Scorer) -> "filter[list[object]]":
    """Rows of zones that are there."""
    return filter(lambda row: row[1] != NOWHERE, imports.rows_of(10**6, scorer))


def _check(parts: Runtime, job: Job, scorer: Scorer, count: int) -> None:
    """Every good row is there as it was written, and no other.

    Raises:
        WrongAnswerError: one is missing, or reads otherwise.
    """
    with Session(parts.engine) as session:
        gaps = session.exec(select(Gap)).all()
        held = sorted(tuple(getattr(gap, field) for field in FIELDS) for gap in gaps)
    places = [imports.HEADERS.index(field) for field in FIELDS]
    rows = (row for row in imports.rows_of(count, scorer) if row[1] != NOWHERE)
    expected = sorted(tuple(row[at] for at in places) for row in rows)
    same(expected, held, "the database")
    same(count - len(expected), job.counts.refused, "the job")


ROW = Row(
    key="import",
    what="import of 100,000 gaps, validated, PostgreSQL",
    peers=("SQLAlchemy",),
    bars=(
        Bar("once", "against one ORM add_all of all, nothing checked", "×", least=20),
        Bar("each", "against ORM add_all row by row, nothing checked", "×"),
    ),
    measure=measure,
)
