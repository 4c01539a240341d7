"""An import's work at one portion of its file: check outside a transaction, then store in one."""

from collections.abc import Mapping
from typing import Final

from models.import_task import RecordKind
from models.job import Job, JobKind, JobPortion
from service.imports.checking import Checked, Reader, check_rows
from service.imports.kinds import enterprises, gaps, investors, zones
from service.imports.packing import unpack
from service.imports.taking import Kind, take
from service.jobs.worker import Prepare, Store
from service.runtime import Runtime

KINDS: Final[Mapping[RecordKind, Kind]] = {
    RecordKind.INVESTORS: investors.KIND,
    RecordKind.GAPS: gaps.KIND,
    RecordKind.ZONES: zones.KIND,
    RecordKind.ENTERPRISES: enterprises.KIND,
}


def prepare(runtime: Runtime, job: Job, portion: JobPortion) -> Store:
    """The rows of a portion, checked and placed; what is called then stores them."""
    task, reference = job.task, runtime.scorer.reference
    kind, reader = KINDS[task.kind], Reader(task)
    rows = list(check_rows(kind.rule, reference, reader, unpack(portion)))
    for row in rows:
        if isinstance(row, Checked):
            kind.warm(runtime, row.body)
    return lambda work: take(work, kind, reader, rows, dry_run=task.dry_run)


JOBS: Final[Mapping[JobKind, Prepare]] = {JobKind.IMPORT: prepare}
"""What a worker knows to do."""
