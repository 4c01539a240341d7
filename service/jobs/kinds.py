"""What a worker knows to do, by the kind of a job."""

from collections.abc import Mapping
from typing import Final

from models.job import JobKind
from service import allocating
from service.imports import portions
from service.jobs.worker import Prepare

JOBS: Final[Mapping[JobKind, Prepare]] = {
    JobKind.IMPORT: portions.prepare,
    JobKind.ALLOCATION: allocating.prepare,
}
