"""Allocations: many investors and many gaps matched at once."""

from fastapi import APIRouter, Response

from models.allocation import AllocationPublic, AllocationRequest
from service.allocation_errors import AllocationNotPossible, AllocationTooLarge
from service.dependencies import PortalReads
from service.problems import responses
from service.usecases import allocations

router = APIRouter(prefix="/v1/allocations", tags=["matching"])


@router.post(
    "",
    summary="统筹配置投资者与需求 · Allocate investors to gaps",
    responses=responses(AllocationNotPossible, AllocationTooLarge),
)
def allocate(work: PortalReads, response: Response, body: AllocationRequest) -> AllocationPublic:
    """Match many at once, under capacities, stably or for the best total; nothing is stored.

    Gaps rank by score, investors by the points of the pillar of value (which hold what they prefer)
    and then by score; of equals whoever was registered first comes first. The stable allocation is
    the one that is best for investors (deferred acceptance). With floors a stable one need not
    exist, so they go with the best total.
    """
    response.headers["Cache-Control"] = "no-store"
    return allocations.allocate(work, body)
