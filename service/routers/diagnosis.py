"""`/v1/zones/{zone_id}/diagnosis`: from a zone's firms to its gaps."""

from typing import Annotated

from fastapi import APIRouter, Query

from models.computed_gaps import GapsAsked, GapsRegistered
from models.diagnosis import DiagnosisPublic
from models.override import CorrectionPublic, CorrectionSet, OverridePublic, OverrideSet
from models.page import Page
from models.text import ChainId
from models.timeline import TimelineEntry
from service.dependencies import Conditions, PortalReads, PortalWrites
from service.diagnosis_errors import EnterpriseNotFound, LinkNotFound
from service.errors import ChainNotFound, NotYours, VersionPassed, ZoneNotFound
from service.filters import TimelineFilter
from service.pagination import PageParams
from service.problems import responses
from service.usecases import computed_gaps, diagnosis, overrides, timeline

router = APIRouter(prefix="/v1/zones/{zone_id}", tags=["diagnosis"])


@router.get(
    "/diagnosis",
    summary="产业链诊断 · Diagnose a zone",
    responses=responses(ZoneNotFound, ChainNotFound),
)
def read_diagnosis(
    work: PortalReads,
    zone_id: str,
    chain_id: Annotated[
        ChainId | None, Query(description="One chain; without it those with firms, or declared")
    ] = None,
) -> DiagnosisPublic:
    """Which links are strong, steady, weak or missing, how sure that is, and what to do about each.

    Counted from the zone's firms; firms that stand at no link are listed. Without a list of firms
    strengths are unknown, not zero. Declared gaps and leading chains stand beside what is counted.
    """
    return diagnosis.read(work, zone_id, chain_id)


@router.post(
    "/diagnosis/gaps",
    summary="登记计算缺口 · Register the computed gaps",
    responses=responses(ZoneNotFound, ChainNotFound),
)
def register_computed_gaps(
    work: PortalWrites, zone_id: str, body: GapsAsked | None = None
) -> GapsRegistered:
    """Register what the diagnosis computes and refresh what it registered before.

    The same call again changes nothing.

    An officer's word stands: declared and edited gaps stay, one an officer closed does not come
    back. A gap that is no longer computed is closed if nobody edited it and no lead is for it.
    """
    return computed_gaps.register(work, zone_id, body or GapsAsked())


@router.put(
    "/diagnosis/overrides/{link_id}",
    summary="人工认定环节状态 · Set a link's status",
    responses=responses(ZoneNotFound, LinkNotFound, NotYours),
)
def set_link_status(
    work: PortalWrites, zone_id: str, link_id: str, body: OverrideSet
) -> OverridePublic:
    """Let an officer's word stand before the computed status, kept with author and reason.

    It counts in rankings too. It is the word of whoever sent the zone's list, where there is one.
    """
    return overrides.set_status(work, zone_id, link_id, body)


@router.delete(
    "/diagnosis/overrides/{link_id}",
    status_code=204,
    summary="撤销人工认定 · Withdraw a link's status",
    responses=responses(ZoneNotFound, NotYours, VersionPassed),
)
def withdraw_link_status(
    work: PortalWrites, conditions: Conditions, zone_id: str, link_id: str
) -> None:
    """Let the computed status stand again; where no officer set one, nothing changes."""
    overrides.withdraw_status(work, zone_id, link_id, conditions)


@router.put(
    "/enterprises/{external_id:path}/links",
    summary="更正企业所属环节 · Correct where an enterprise stands",
    responses=responses(ZoneNotFound, EnterpriseNotFound, NotYours),
)
def correct_enterprise_links(
    work: PortalWrites, zone_id: str, external_id: str, body: CorrectionSet
) -> CorrectionPublic:
    """Let a firm stand at these links, kept when the zone's list is replaced; empty = at none."""
    return overrides.correct_links(work, zone_id, external_id, body)


@router.delete(
    "/enterprises/{external_id:path}/links",
    status_code=204,
    summary="撤销环节更正 · Withdraw a correction",
    responses=responses(ZoneNotFound, NotYours, VersionPassed),
)
def withdraw_enterprise_links(
    work: PortalWrites, conditions: Conditions, zone_id: str, external_id: str
) -> None:
    """Let the firm stand where its list, words or codes place it; else nothing changes."""
    overrides.withdraw_links(work, zone_id, external_id, conditions)


@router.get(
    "/timeline",
    summary="强弱变化时间线 · Read a zone's timeline",
    responses=responses(ZoneNotFound, ChainNotFound, LinkNotFound),
)
def read_timeline(
    work: PortalReads,
    zone_id: str,
    wanted: Annotated[TimelineFilter, Query()],
    page: Annotated[PageParams, Query()],
) -> Page[TimelineEntry]:
    """What arriving and landing firms did to links and gaps, oldest first, told from the log.

    Each entry has the strength and status of the links it moved, before and after, the gap it
    changed, and for administrators the lead behind it.
    """
    return timeline.read(work, zone_id, wanted, page)
