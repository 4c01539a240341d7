"""The job of a large allocation: made outside any transaction, then its answer is kept."""

from matching.vocabulary import Scope
from models.allocation import AllocationRequest
from models.job import Job, JobCounts, JobPortion, RowFault, RowRefusal
from service import database
from service.errors import Refused
from service.jobs.turns import Outcome
from service.jobs.worker import Store
from service.repositories import jobs
from service.runtime import Runtime, Work
from service.security import Caller
from service.usecases import allocations


def prepare(runtime: Runtime, job: Job, portion: JobPortion) -> Store:
    """The allocation asked for; a refusal is kept as that of a row is."""
    request = AllocationRequest.model_validate_json(portion.content)
    with database.snapshot(runtime.engine) as session:
        work = Work(session, Caller(job.created_by, Scope.PORTAL), runtime)
        try:
            made = allocations.allocate(work, allocations.asked(work, request))
        except Refused as refusal:
            return _refused(str(refusal))
    answer = made.model_dump_json().encode()

    def store(work: Work) -> Outcome:
        jobs.keep_answer(work.session, portion, answer)
        return Outcome(JobCounts(created=1), [])

    return store


def _refused(msg: str) -> Store:
    fault = RowFault(column="", field="", msg=msg)
    return lambda _: Outcome(JobCounts(refused=1), [RowRefusal(line=1, faults=[fault])])
