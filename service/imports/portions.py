"""An import's work at one portion of its file: check outside a transaction, then store in one."""

from collections.abc import Mapping
from typing import Any, Final

from matching.reference.loader import Reference
from models.import_task import RecordKind
from models.job import Job, JobPortion, RowRefusal
from service import clock, database
from service.imports import editions
from service.imports.checking import Checked, Reader, check_rows
from service.imports.kinds import enterprises, gaps, investors, zones
from service.imports.packing import unpack
from service.imports.taking import Kind, take
from service.jobs.turns import Outcome
from service.jobs.worker import Store
from service.library import Bench
from service.runtime import Runtime, Work

KINDS: Final[Mapping[RecordKind, Kind]] = {
    RecordKind.INVESTORS: investors.KIND,
    RecordKind.GAPS: gaps.KIND,
    RecordKind.ZONES: zones.KIND,
    RecordKind.ENTERPRISES: enterprises.KIND,
}


def prepare(runtime: Runtime, job: Job, portion: JobPortion) -> Store:
    """The rows of a portion, checked and placed; what is called then stores them."""
    task, content = job.import_task, unpack(portion)
    if task.edition is not None:
        return editions.prepare(job, portion, task.edition)
    kind, reader = KINDS[task.kind], Reader(task)
    bench = _bench_today(runtime)

    def checked(reference: Reference) -> list[Checked[Any] | RowRefusal]:
        return list(check_rows(kind.rule, reference, reader, content))

    rows = checked(bench.scorer.reference)
    for row in rows:
        if isinstance(row, Checked):
            kind.warm(bench.scorer, row.body)

    def store(work: Work) -> Outcome:
        """Checked anew where another edition of the reference has begun to rule meanwhile."""
        is_same = work.reference.digest == bench.scorer.reference.digest
        known = rows if is_same else checked(work.reference)
        return take(work, kind, reader, known, dry_run=task.dry_run)

    return store


def _bench_today(runtime: Runtime) -> Bench:
    with database.snapshot(runtime.engine) as session:
        shelf = runtime.rulebook.at(session).shelf
    return runtime.library.bench(shelf.reference(clock.china_day()))
