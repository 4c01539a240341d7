"""`/v1/admin/imports`: administrators send files of records."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from models.import_task import FileFormat, RecordKind, SheetFormat
from models.job import JobDetail
from service.conditional import render_accepted
from service.dependencies import AdminReads, AdminWrites, IdempotencyKey
from service.downloads import attachment
from service.edge import UPLOAD_BYTES
from service.errors import KeyReused, NotValid, StillRunning
from service.exports import refusals
from service.exports.refusals import Language
from service.exports.writing import MEDIA_TYPES
from service.import_errors import FileTooLarge, NotMultipart, TemplateNotFound
from service.problems import responses
from service.uploads import PackedUpload
from service.usecases import imports, jobs

FORM = {
    "type": "object",
    "title": "ImportForm",
    "required": ["file", "kind"],
    "properties": {
        "file": {
            "type": "string",
            "format": "binary",
            "description": "CSV (UTF-8 or GB18030), XLSX (its first sheet) or JSON Lines",
        },
        "kind": {
            "type": "string",
            "enum": [kind.value for kind in RecordKind],
            "description": "Which records it holds; links, keywords and encouraged are rows of an "
            "edition of the reference",
        },
        "dry_run": {
            "type": "boolean",
            "default": False,
            "description": "Check everything, store nothing",
        },
        "mapping": {
            "type": "string",
            "contentMediaType": "application/json",
            "description": "A JSON object: header → field, or null to leave the column out; for "
            "headers that the template does not have",
        },
        "encoding": {
            "type": "string",
            "enum": ["utf-8", "gb18030", "gbk"],
            "description": "Of a text file; absent = found out",
        },
        "chain_id": {"type": "string", "description": "Of links: the chain whose links these are"},
        "name_zh": {"type": "string", "description": "Of an edition: its name in Chinese"},
        "name_en": {"type": "string", "description": "Of an edition: its name in English"},
        "edition": {"type": "string", "description": "Of an edition: what it is quoted by"},
        "source": {"type": "string", "description": "Of an edition: where the rows come from"},
        "quality": {
            "type": "string",
            "description": "Of an edition: how far they can be relied on; absent = not stated",
        },
    },
}

TEMPLATE = {
    "text/csv": {"example": "code,name_zh,province_code\r\nJS-EXAMPLE-01,示例高新区,32\r\n"},
    MEDIA_TYPES[FileFormat.XLSX]: {"example": "(a workbook)"},
}

router = APIRouter(prefix="/v1/admin/imports", tags=["administration"])


@router.post(
    "",
    status_code=202,
    response_model=JobDetail,
    max_body_size=UPLOAD_BYTES,
    summary="批量导入 · Import a file",
    openapi_extra={
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": FORM}}}
    },
    responses=responses(FileTooLarge, NotMultipart, NotValid, StillRunning, KeyReused),
)
def import_file(
    packed: PackedUpload, work: AdminWrites, idempotency_key: IdempotencyKey = None
) -> Response:
    """Import records from a file, in the background; the answer is the job to follow.

    Every row is checked like a call. Good rows are stored, bad ones are told with their lines and
    reasons and come back as a file. A row is the record with the same `external_id` (of a zone the
    same code) of the same key: what is known is brought to what the row says, so a file may be
    sent again. A row without an `external_id` is known by what it says.

    A file of `links` (all of one chain, with the edges), `keywords` or `encouraged` items becomes
    one draft edition of the reference, `edition_id` of the job; see `/v1/admin/reference`. It needs
    `name_zh`, `name_en`, `edition` and `source`. An edition is loaded only when every row is good:
    correct the rows that are refused and send the whole file again.
    """
    ticket = imports.ticket_for(idempotency_key, "/v1/admin/imports", packed)
    made = imports.start(work, packed, ticket)
    shape = jobs.read(work, made.id)
    return render_accepted(shape, f"/v1/admin/jobs/{made.id}", is_replay=made.is_replay)


@router.get(
    "/templates/{kind}",
    response_class=Response,
    summary="导入模板 · Get a template",
    responses={200: {"content": TEMPLATE}} | responses(TemplateNotFound),
)
def get_template(
    _work: AdminReads,
    kind: str,
    form: Annotated[
        SheetFormat, Query(alias="format", description="csv or xlsx")
    ] = SheetFormat.XLSX,
    lang: Annotated[Language, Query(description="Headers in Chinese or as the API says")] = "zh",
) -> Response:
    """A sheet to fill in: the headers of one kind of records or rows, and a sample row."""
    body = refusals.template(kind, form, lang)
    return attachment(body, f"{kind}-template.{form}", form)
