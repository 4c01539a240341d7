"""`/v1/zones/{zone_id}/enterprises`: the firms of a zone."""

from typing import Annotated

from fastapi import APIRouter, Query

from models.enterprise import EnterpriseList, EnterprisePublic, EnterprisesReplaced
from models.page import Page
from service.dependencies import PortalReads, PortalWrites
from service.errors import NotYours, ZoneNotFound
from service.pagination import PageParams
from service.problems import responses
from service.usecases import enterprises

router = APIRouter(prefix="/v1/zones/{zone_id}/enterprises", tags=["zones"])


@router.put(
    "",
    summary="更新园区企业 · Replace a zone's enterprises",
    responses=responses(ZoneNotFound, NotYours),
)
def replace_enterprises(
    work: PortalWrites, zone_id: str, body: EnterpriseList
) -> EnterprisesReplaced:
    """Make the zone's list what is sent: new ones are added, known ones changed, others removed.

    An enterprise is known by its `external_id`. Firms that landed by a lead stay in any case. The
    list belongs to the key that sent it first.
    """
    return enterprises.replace(work, zone_id, body)


@router.get(
    "", summary="园区企业列表 · List a zone's enterprises", responses=responses(ZoneNotFound)
)
def list_enterprises(
    work: PortalReads, zone_id: str, page: Annotated[PageParams, Query()]
) -> Page[EnterprisePublic]:
    """The enterprises of a zone in the order of their `external_id`."""
    return enterprises.list_page(work, zone_id, page)
