"""Jobs as administrators see them: how far they are, what was refused, cancelling, retrying."""

from typing import Final

from sqlmodel import Session

from models.import_task import ImportTask
from models.job import ENDED, Job, JobDetail, JobProgress, JobPublic, JobStatus, RowRefusal
from models.page import Page
from service.filters import JobFilter
from service.import_errors import JobEnded, JobNotFound, JobNotGivenUp
from service.jobs import turns
from service.pagination import SMALL, PageParams, cut, fingerprint, read_cursor
from service.repositories import jobs
from service.runtime import Visit

FIRST_TOLD: Final = 20


def get(session: Session, job_id: str) -> Job:
    """The job.

    Raises:
        JobNotFound: no such job.
    """
    job = jobs.find(session, job_id)
    if job is None:
        raise JobNotFound
    return job


def import_task(session: Session, job_id: str) -> ImportTask:
    """What an import is about.

    Raises:
        JobNotFound: no such import.
    """
    task = get(session, job_id).task
    if not isinstance(task, ImportTask):
        raise JobNotFound
    return task


def read(visit: Visit, job_id: str) -> JobDetail:
    """A job with the first rows that were refused.

    Raises:
        JobNotFound: no such job.
    """
    job = get(visit.session, job_id)
    refusals = _refusals_after(visit.session, job_id, 0, FIRST_TOLD)
    edition_id = edition_of(job_id) if _has_loaded(job) else None
    told = {"errors": refusals[:FIRST_TOLD], "edition_id": edition_id}
    return JobDetail.model_validate(job, update=told)


def _has_loaded(job: Job) -> bool:
    """Whether rows of a file became an edition."""
    task = job.task
    is_edition = isinstance(task, ImportTask) and task.edition is not None and not task.dry_run
    return is_edition and job.counts.created > 0


def edition_of(job_id: str) -> str:
    """The id of the edition that an import makes: so the one is found from the other.

    >>> edition_of("job_01K")
    'edn_01K'
    """
    return f"edn_{job_id.partition('_')[2]}"


def progress(session: Session, job_id: str) -> JobProgress:
    """How far a job is.

    Raises:
        JobNotFound: no such job.
    """
    return JobProgress.model_validate(get(session, job_id))


def list_page(visit: Visit, wanted: JobFilter, page: PageParams) -> Page[JobPublic]:
    """Jobs, newest first."""
    mark = fingerprint("jobs", wanted)
    before = read_cursor(mark, page.cursor, str)
    rows = jobs.list_before(visit.session, wanted, before, page.limit + 1)
    kept, following = cut(rows, page.limit, mark, lambda row: row.id)
    items = [JobPublic.model_validate(row) for row in kept]
    return Page[JobPublic](items=items, next_cursor=following)


def list_refusals(visit: Visit, job_id: str, page: PageParams) -> Page[RowRefusal]:
    """Rows of a job that were refused so far, in the order of their lines.

    Raises:
        JobNotFound: no such job.
    """
    get(visit.session, job_id)
    mark = fingerprint(f"refusals of {job_id}", None)
    after = read_cursor(mark, page.cursor, int, SMALL) or 0
    found = _refusals_after(visit.session, job_id, after, page.limit + 1)
    kept, following = cut(found, page.limit, mark, lambda refusal: refusal.line)
    return Page[RowRefusal](items=list(kept), next_cursor=following)


def cancel(visit: Visit, job_id: str) -> JobPublic:
    """Have a job end after the portion under way; what is stored stays.

    Raises:
        JobNotFound: no such job.
        JobEnded: it has ended.
    """
    job = _get_for_change(visit, job_id)
    if job.status in ENDED:
        raise JobEnded
    turns.cancel(visit.session, job, visit.caller.key_id)
    return JobPublic.model_validate(job)


def retry(visit: Visit, job_id: str) -> JobPublic:
    """Have a job that was given up go on where it stopped.

    Raises:
        JobNotFound: no such job.
        JobNotGivenUp: it has another status.
    """
    job = _get_for_change(visit, job_id)
    if job.status is not JobStatus.FAILED:
        raise JobNotGivenUp
    turns.retry(visit.session, job, visit.caller.key_id)
    return JobPublic.model_validate(job)


def _get_for_change(visit: Visit, job_id: str) -> Job:
    job = jobs.find_for_change(visit.session, job_id)
    if job is None:
        raise JobNotFound
    return job


def _refusals_after(session: Session, job_id: str, line: int, most: int) -> list[RowRefusal]:
    """Refusals after a line, as many at least where there are: a portion holds one or more."""
    portions = jobs.portions_refused(session, job_id, line, most)
    return [one for portion in portions for one in portion.refusals if one.line > line]
