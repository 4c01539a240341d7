"""Files in and out: sent, followed, corrected; templates and exports to keep."""

from typing import Final

from fastapi import Request, Response
from pydantic import BaseModel

from models.import_task import ExportKind, FileFormat, RecordKind, SheetFormat
from models.job import ENDED, JobKind, JobStatus
from service.exports import refusals, writing
from service.filters import JobFilter
from service.imports.arriving import EDITIONS, Packed
from service.pages.admin.house import HOUSE
from service.pages.admin.section import Section, at, reads, writes
from service.pages.asked import shaped
from service.pages.desk import Answer, Desk, File, Gone
from service.pages.front import Template
from service.usecases import imports, jobs, naming

MEGABYTE: Final = 2**20


class Sheet(BaseModel):
    """Which form a sheet is to have."""

    format: SheetFormat = SheetFormat.XLSX


class Export(BaseModel):
    """What to write out."""

    kind: ExportKind
    format: FileFormat = FileFormat.XLSX


class Imports(Section):
    """导入导出."""

    name = "imports"
    path = "/imports"

    @reads()
    def first(self, desk: Desk) -> Answer:
        """The form that sends a file, files to keep, and the jobs."""
        wanted = desk.wanted(JobFilter).model_copy(update={"kind": JobKind.IMPORT})
        page = jobs.list_page(desk, wanted, desk.page)
        return self.show(
            "imports",
            rows=page.items,
            following=desk.next_page(page.next_cursor),
            wanted=wanted,
            statuses=tuple(JobStatus),
            kinds=[kind for kind in RecordKind if kind not in EDITIONS],
            edition_kinds=[kind for kind in RecordKind if kind in EDITIONS],
            exports=tuple(ExportKind),
            sheets=tuple(SheetFormat),
            formats=tuple(FileFormat),
            chains=desk.reference.chains,
            most=desk.runtime.import_bytes // MEGABYTE,
            names=naming.called(desk, [row.created_by for row in page.items]),
        )

    @at("", "POST")
    async def send(self, request: Request) -> Response:
        """Take a file in."""
        request.scope["route"] = Template(f"{HOUSE.base}{self.path}")
        return await self.front.take_file(request, _start)

    @reads("/templates/{id}")
    def template(self, desk: Desk) -> Answer:
        """A sheet to fill in."""
        form = desk.wanted(Sheet).format
        body = refusals.template(desk.id, form, desk.asked.language)
        return File(iter([body]), f"{desk.id}-template.{form}", form)

    @reads("/exports/{id}")
    def export(self, desk: Desk) -> Answer:
        """All records of a kind."""
        said = shaped(Export, {"kind": desk.id, "format": desk.asked.query.get("format")})
        blocks = writing.export(desk.runtime.engine, said.kind, said.format)
        return File(blocks, f"{said.kind}.{said.format}", said.format)

    @reads("/{id}")
    def one(self, desk: Desk) -> Answer:
        """One job: how far it is, and the rows that were refused."""
        jobs.import_task(desk.session, desk.id)  # other jobs have no page here
        job = jobs.read(desk, desk.id)
        refused = jobs.list_refusals(desk, desk.id, desk.page)
        return self.show(
            "job",
            job=job,
            has_ended=job.status in ENDED,
            rows=refused.items,
            following=desk.next_page(refused.next_cursor),
            sheets=tuple(SheetFormat),
            names=naming.called(desk, [job.created_by]),
        )

    @reads("/{id}/refused")
    def refused(self, desk: Desk) -> Answer:
        """The rows that were refused, as a file."""
        form = desk.wanted(Sheet).format
        task = jobs.import_task(desk.session, desk.id)
        blocks = refusals.refused_rows(desk.runtime.engine, desk.id, task, form)
        return File(blocks, f"{desk.id}.{form}", form)

    @writes("/{id}/cancel")
    def cancel(self, desk: Desk) -> Answer:
        """Have a job end."""
        jobs.cancel(desk, desk.id)
        return Gone(f"/imports/{desk.id}", "cancelled")

    @writes("/{id}/retry")
    def retry(self, desk: Desk) -> Answer:
        """Have a job that was given up go on."""
        jobs.retry(desk, desk.id)
        return Gone(f"/imports/{desk.id}", "retried")


def _start(desk: Desk, packed: Packed) -> Answer:
    ticket = imports.ticket_for(desk.asked.said("once"), desk.asked.path, packed)
    made = imports.start(desk, packed, ticket)
    return Gone(f"/imports/{made.id}", "sent")
