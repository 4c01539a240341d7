"""Allocations that are too large to wait for: each is a job, and its answer is fetched later."""

from matching.vocabulary import Scope
from models.allocation import AllocationJob, AllocationTask
from models.job import Job, JobKind, JobPortion, JobStatus
from service import database
from service.allocation_errors import AllocationNotFound, AllocationNotPossible
from service.jobs import turns
from service.repositories import jobs
from service.runtime import Work
from service.usecases.market import Asked


def start(work: Work, of: Asked) -> AllocationJob:
    """Store what is asked for as a job of the caller's."""
    request = of.request
    job = Job(
        kind=JobKind.ALLOCATION,
        created_by=work.caller.key_id,
        task=AllocationTask(method=request.method, investors=len(of.positions), gaps=len(of.gaps)),
        rows=1,
        portions=1,
    )
    asked = request.model_dump_json().encode()
    with database.transaction(work.runtime.engine) as session:
        portion = JobPortion(job_id=job.id, number=1, last_line=1, rows=1, content=asked)
        jobs.add(session, job, [portion])
        turns.tell(session, work.caller.key_id, "created", job)
        return AllocationJob(id=job.id, status=job.status.value)


def read(work: Work, job_id: str) -> bytes | AllocationJob:
    """The allocation a job of the caller's has made, or how far it is.

    Raises:
        AllocationNotFound: no such job, or it is another key's.
        AllocationNotPossible: it cannot be made as it was asked for.
    """
    job = jobs.find(work.session, job_id)
    if job is None or job.kind is not JobKind.ALLOCATION or not _may_see(work, job):
        raise AllocationNotFound
    if job.status is not JobStatus.DONE:
        return AllocationJob(id=job.id, status=job.status.value)
    portion = jobs.portion_at(work.session, job_id, 1)
    if portion.refusals:
        raise AllocationNotPossible(portion.refusals[0].faults[0].msg)
    return portion.content


def _may_see(work: Work, job: Job) -> bool:
    return work.caller.scope is Scope.ADMIN or job.created_by == work.caller.key_id
