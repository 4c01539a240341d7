"""`/v1/chains`, `/v1/regions`, `/v1/placement`: what the score knows of chains and places."""

from fastapi import APIRouter

from models.page import Page
from models.placement import PlacementPublic, PlacementRequest
from models.reference import ChainDetail, ChainPublic, RegionPublic
from service.dependencies import AnyoneReads
from service.errors import ChainNotFound
from service.problems import responses
from service.usecases import placement, reference

router = APIRouter(prefix="/v1", tags=["reference"])


@router.get("/chains", summary="产业链列表 · List chains")
def list_chains(work: AnyoneReads) -> Page[ChainPublic]:
    """All industry chains; there is one page."""
    return reference.list_chains(work.reference)


@router.get(
    "/chains/{chain_id}",
    summary="产业链详情 · Read a chain",
    responses=responses(ChainNotFound),
)
def read_chain(work: AnyoneReads, chain_id: str) -> ChainDetail:
    """One chain with its links, and the edges from supplier to customer that touch it."""
    return reference.read_chain(work.reference, chain_id)


@router.get("/regions", summary="四大板块 · List regions")
def list_regions(work: AnyoneReads) -> Page[RegionPublic]:
    """The four regions with their provinces; there is one page."""
    return reference.list_regions(work.reference)


@router.post("/placement", summary="归链 · Place a description")
def place_description(work: AnyoneReads, body: PlacementRequest) -> PlacementPublic:
    """The links of the chains and the classes of GB/T 4754 that a description belongs to.

    Nothing is stored. Words may be in any language; an industry code alone says little.
    """
    return placement.place(work.bench.scorer, body)
