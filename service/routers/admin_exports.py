"""`/v1/admin/exports`: administrators take records out as files."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from models.import_task import ExportKind, FileFormat
from service.dependencies import AdminReads
from service.downloads import streamed
from service.exports import writing
from service.exports.writing import MEDIA_TYPES

FILES = {
    "application/jsonl": {"example": '{"code": "JS-EXAMPLE-01", "name_zh": "示例高新区"}\n'},
    "text/csv": {"example": "code,name_zh,province_code\r\nJS-EXAMPLE-01,示例高新区,32\r\n"},
    MEDIA_TYPES[FileFormat.XLSX]: {"example": "(a workbook)"},
}

router = APIRouter(prefix="/v1/admin/exports", tags=["administration"])


@router.get(
    "",
    response_class=Response,
    summary="导出 · Export records",
    responses={200: {"content": FILES}},
)
def export_records(
    work: AdminReads,
    kind: Annotated[ExportKind, Query(description="Which records")],
    form: Annotated[
        FileFormat, Query(alias="format", description="jsonl, csv or xlsx")
    ] = FileFormat.JSONL,
) -> Response:
    """All records of a kind as a file, in one view of the database, streamed.

    The columns are those of an import, so that a file that went out comes in again as the same.
    Text that a spreadsheet would take for a formula gets an apostrophe. Leads come without persons
    and notes; investors and gaps that are closed, and firms that landed by a lead, are left out.
    """
    blocks = writing.export(work.runtime.engine, kind, form)
    return streamed(blocks, f"{kind}.{form}", form)
