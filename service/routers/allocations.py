"""Allocations: many investors and many gaps matched at once."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from models.allocation import AllocationJob, AllocationPublic, AllocationRequest
from service.allocation_errors import (
    AllocationNotFound,
    AllocationNotPossible,
    AllocationTooLarge,
)
from service.conditional import JSON
from service.dependencies import PortalReads
from service.problems import responses
from service.usecases import allocation_jobs, allocations

NOT_KEPT = {"Cache-Control": "no-store"}
PENDING = {
    202: {
        "model": AllocationJob,
        "description": "It is a job; ask at `/v1/allocations/{id}`, named in `Location`",
        "content": {
            "application/json": {
                "example": {"id": "job_01M86P00000000000000000001", "status": "queued"}
            }
        },
    }
}

router = APIRouter(prefix="/v1/allocations", tags=["matching"])


@router.post(
    "",
    summary="统筹配置投资者与需求 · Allocate investors to gaps",
    response_model=AllocationPublic,
    responses=PENDING | responses(AllocationNotPossible, AllocationTooLarge),
)
def allocate(work: PortalReads, body: AllocationRequest) -> Response:
    """Match many at once, under capacities, stably or for the best total; no record changes.

    Gaps rank by score, investors by the points of the pillar of value (which hold what they prefer)
    and then by score; of equals whoever was registered first comes first. The stable allocation is
    the one that is best for investors (deferred acceptance). With floors a stable one need not
    exist, so they go with the best total. Of more than a million pairs (investors times gaps) the
    answer is 202 and a job.
    """
    asked = allocations.asked(work, body)
    if allocations.is_large(asked):
        return _pending(allocation_jobs.start(work, asked))
    return _answer(allocations.allocate(work, asked).model_dump_json().encode())


@router.get(
    "/{allocation_id}",
    summary="统筹配置结果 · Read a large allocation",
    response_model=AllocationPublic,
    responses=PENDING | responses(AllocationNotFound, AllocationNotPossible),
)
def read_allocation(
    work: PortalReads, allocation_id: Annotated[str, Path(description="Its job, `job_…`")]
) -> Response:
    """What a large allocation came to, for 30 days; 202 and how far it is until then."""
    found = allocation_jobs.read(work, allocation_id)
    return _pending(found) if isinstance(found, AllocationJob) else _answer(found)


def _answer(body: bytes) -> Response:
    return Response(body, headers=NOT_KEPT, media_type=JSON)


def _pending(job: AllocationJob) -> Response:
    headers = {**NOT_KEPT, "Location": f"/v1/allocations/{job.id}"}
    return Response(job.model_dump_json(), status_code=202, headers=headers, media_type=JSON)
