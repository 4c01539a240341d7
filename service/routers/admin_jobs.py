"""`/v1/admin/jobs`: administrators follow, cancel and retry what is worked at in the background."""

from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from models.import_task import SheetFormat
from models.job import JobDetail, JobProgress, JobPublic, RowRefusal
from models.page import Page
from service.conditional import render
from service.dependencies import AdminReads, AdminWrites, Conditions, RuntimeDep, Secret
from service.downloads import streamed
from service.exports import refusals
from service.exports.writing import MEDIA_TYPES
from service.filters import JobFilter
from service.import_errors import JobEnded, JobNotFound, JobNotGivenUp
from service.jobs import following
from service.pagination import PageParams
from service.problems import responses
from service.usecases import jobs

STREAM = """\
event: progress
data: {"status":"running","rows":1000,"rows_done":500,"counts":{"created":495,"updated":0,\
"unchanged":0,"refused":5},"error":null}

"""

FILES = {
    "text/csv": {
        "example": "link_id,行号 line,原因 reasons\r\n"
        "ic.none,3,link_id: is not in the reference\r\n"
    },
    MEDIA_TYPES[SheetFormat.XLSX]: {"example": "(a workbook)"},
}

router = APIRouter(prefix="/v1/admin/jobs", tags=["administration"])


@router.get("", summary="任务列表 · List jobs")
def list_jobs(
    work: AdminReads,
    wanted: Annotated[JobFilter, Query()],
    page: Annotated[PageParams, Query()],
) -> Page[JobPublic]:
    """Jobs, newest first. `status=failed` lists those that were given up; see `retry`."""
    return jobs.list_page(work, wanted, page)


@router.get(
    "/{job_id}",
    response_model=JobDetail,
    summary="任务详情 · Read a job",
    responses=responses(JobNotFound),
)
def read_job(work: AdminReads, conditions: Conditions, job_id: str) -> Response:
    """How far a job is, what became of its rows, and the first that were refused, with reasons."""
    return render(jobs.read(work, job_id), conditions)


@router.get(
    "/{job_id}/refusals",
    summary="未通过的行 · List refused rows",
    responses=responses(JobNotFound),
)
def list_refusals(
    work: AdminReads, job_id: str, page: Annotated[PageParams, Query()]
) -> Page[RowRefusal]:
    """The rows that were refused so far, in the order of their lines, with all reasons."""
    return jobs.list_refusals(work, job_id, page)


@router.get(
    "/{job_id}/errors",
    response_class=Response,
    summary="未通过的行（文件） · Get refused rows as a file",
    responses={200: {"content": FILES}} | responses(JobNotFound),
)
def get_refused_rows(
    work: AdminReads,
    job_id: str,
    form: Annotated[
        SheetFormat, Query(alias="format", description="csv or xlsx")
    ] = SheetFormat.CSV,
) -> Response:
    """The rows that were refused so far, as they came, each with its line and all reasons.

    Correct them and send the file again: the two columns are passed over. Of an edition of the
    reference correct them in the whole file and send that.
    """
    task = jobs.import_task(work.session, job_id)
    blocks = refusals.refused_rows(work.runtime.engine, job_id, task, form)
    return streamed(blocks, f"{job_id}.{form}", form)


@router.post(
    "/{job_id}/cancel",
    status_code=202,
    summary="取消任务 · Cancel a job",
    responses=responses(JobNotFound, JobEnded),
)
def cancel_job(work: AdminWrites, job_id: str) -> JobPublic:
    """Have a job end after the portion under way. What it has stored so far stays."""
    return jobs.cancel(work, job_id)


@router.post(
    "/{job_id}/retry",
    status_code=202,
    summary="重试任务 · Retry a job",
    responses=responses(JobNotFound, JobNotGivenUp),
)
def retry_job(work: AdminWrites, job_id: str) -> JobPublic:
    """Have a job that was given up go on where it stopped: no row is taken twice."""
    return jobs.retry(work, job_id)


def look_first(runtime: RuntimeDep, secret: Secret, job_id: str) -> JobProgress:
    """How far the job is, or the refusal, before the stream begins."""
    return following.look(runtime, secret, job_id)


FirstLook = Annotated[JobProgress, Depends(look_first)]


@router.get(
    "/{job_id}/events",
    response_class=EventSourceResponse,
    summary="任务进度流 · Follow a job",
    responses={200: {"content": {"text/event-stream": {"example": STREAM}}}}
    | responses(JobNotFound),
)
async def follow_job(
    first: FirstLook, runtime: RuntimeDep, secret: Secret, job_id: str
) -> AsyncGenerator[ServerSentEvent]:
    """Server-sent events: `progress` whenever the job has come on, and `end` at its end.

    A stream lasts ten minutes at most, and as long as the key is in force; connect again to go on.
    """
    async for event in following.follow(first, runtime, secret, job_id):
        yield event
