"""`/v1/zones`: national high-tech zones are there from the start, others are added."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from models.page import Page
from models.zone import ZoneCreate, ZonePublic, ZoneUpdate
from service.conditional import NO_CONDITIONS, render, render_created
from service.dependencies import AnyoneReads, Conditions, PortalWrites, TicketDep
from service.errors import (
    KeyReused,
    NotYours,
    StillRunning,
    VersionPassed,
    ZoneExists,
    ZoneNotFound,
)
from service.filters import ZoneFilter
from service.pagination import PageParams
from service.problems import responses
from service.usecases import zones

router = APIRouter(prefix="/v1/zones", tags=["zones"])


@router.post(
    "",
    status_code=201,
    response_model=ZonePublic,
    summary="登记高新区 · Register a zone",
    responses=responses(ZoneExists, StillRunning, KeyReused),
)
def register_zone(work: PortalWrites, ticket: TicketDep, body: ZoneCreate) -> Response:
    """Register a zone that is not among the national ones; its region follows its province."""
    made = zones.register(work, body, ticket)
    shape = zones.read(work, made.id)
    return render_created(shape, f"/v1/zones/{made.id}", is_replay=made.is_replay)


@router.get("", summary="高新区列表 · List zones")
def list_zones(
    work: AnyoneReads,
    wanted: Annotated[ZoneFilter, Query()],
    page: Annotated[PageParams, Query()],
) -> Page[ZonePublic]:
    """Zones in the order of their codes; all filters given must hold."""
    return zones.list_page(work, wanted, page)


@router.get(
    "/{zone_id}",
    response_model=ZonePublic,
    summary="高新区详情 · Read a zone",
    responses=responses(ZoneNotFound),
)
def read_zone(work: AnyoneReads, conditions: Conditions, zone_id: str) -> Response:
    """One zone, with where its facts come from."""
    return render(zones.read(work, zone_id), conditions)


@router.patch(
    "/{zone_id}",
    response_model=ZonePublic,
    summary="修改高新区 · Change a zone",
    responses=responses(ZoneNotFound, NotYours, VersionPassed),
)
def change_zone(
    work: PortalWrites, conditions: Conditions, zone_id: str, body: ZoneUpdate
) -> Response:
    """Change the fields that are sent; null clears one. National zones take an administrator."""
    return render(zones.change(work, zone_id, body, conditions), NO_CONDITIONS)
