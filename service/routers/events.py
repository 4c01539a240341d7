"""`/v1/admin/events`: who did what, when."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from models.event import EventPublic
from models.page import Page
from service.dependencies import AdminReads
from service.filters import EventFilter, EventOrder
from service.pagination import PageParams
from service.usecases import audit
from service.usecases.audit import ExportFormat

router = APIRouter(prefix="/v1/admin/events", tags=["audit"])

MEDIA: Final = {
    ExportFormat.JSONL: "application/jsonl",
    ExportFormat.CSV: "text/csv; charset=utf-8",
}
LINE: Final = (
    '{"number":1,"id":"evt_01M86P00000000000000000001","at":"2026-01-15T08:30:00Z",'
    '"actor":"system","action":"installation.created",…}\n'
)
EXPORTED: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The events, oldest first: an object a line, or a table with a head.",
        "content": {
            "application/jsonl": {"schema": {"type": "string"}, "example": LINE},
            "text/csv": {
                "schema": {"type": "string"},
                "example": f"{','.join(audit.COLUMNS)}\r\n1,evt_01M86P00000000000000000001,…\r\n",
            },
        },
    }
}


@router.get("", summary="审计日志 · List events")
def list_events(
    work: AdminReads,
    wanted: Annotated[EventFilter, Query()],
    page: Annotated[PageParams, Query()],
    order: Annotated[EventOrder, Query(description="newest or oldest first")] = EventOrder.NEWEST,
) -> Page[EventPublic]:
    """Every change of a record, by whom and when, newest first; all filters given must hold.

    Events are only ever added, and each one's `hash` follows from the one before: `./bulian verify`
    walks along them and tells where one was changed, removed or put in.
    """
    return audit.list_page(work, wanted, order, page)


@router.get(
    "/export",
    summary="导出审计日志 · Export events",
    response_class=StreamingResponse,
    responses=EXPORTED,
)
def export_events(
    work: AdminReads,
    wanted: Annotated[EventFilter, Query()],
    form: Annotated[
        ExportFormat, Query(alias="format", description="jsonl or csv")
    ] = ExportFormat.JSONL,
) -> StreamingResponse:
    """All events there are now, oldest first, as a stream; all filters given must hold."""
    headers = {"Content-Disposition": f'attachment; filename="events.{form}"'}
    lines = audit.export(work, wanted, form)
    return StreamingResponse(lines, media_type=MEDIA[form], headers=headers)
