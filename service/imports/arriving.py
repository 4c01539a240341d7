"""A file that has come: read once, its rows packed, ready to be stored as a job."""

import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import IO, Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Json

from models.import_task import ImportTask, RecordKind
from models.job import JobPortion
from models.text import clean_line
from service.imports.columns import fields_for
from service.imports.packing import pack
from service.imports.reading import files
from service.imports.reading.limits import Source, counted

IN_MEMORY: Final = 4 * 1024 * 1024
BLOCK: Final = 1024 * 1024
LONGEST_NAME: Final = 200
HeaderName = Annotated[str, Field(max_length=1000)]


def _none_when_blank(value: object) -> object:
    return None if value == "" else value


class ImportForm(BaseModel):
    """What comes with a file."""

    model_config = ConfigDict(extra="forbid")

    kind: RecordKind
    dry_run: bool = False
    mapping: Annotated[
        Json[dict[HeaderName, HeaderName | None]] | None, BeforeValidator(_none_when_blank)
    ] = None
    encoding: Annotated[
        Literal["utf-8", "gb18030", "gbk"] | None, BeforeValidator(_none_when_blank)
    ] = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a packet lies in the spool."""

    last_line: int
    rows: int
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Packed:
    """A file that is fit to be imported, and its rows in packets."""

    task: ImportTask
    places: list[Place]
    spool: IO[bytes]

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return sum(place.rows for place in self.places)

    def portions(self, job_id: str) -> Iterator[JobPortion]:
        """The packets as portions of a job, one in memory at a time."""
        for number, place in enumerate(self.places, 1):
            self.spool.seek(place.start)
            yield JobPortion(
                job_id=job_id,
                number=number,
                last_line=place.last_line,
                rows=place.rows,
                content=self.spool.read(place.length),
            )


@contextmanager
def packed(file: IO[bytes], name: str, form: ImportForm) -> Generator[Packed]:
    """Read a file to its end and pack its rows.

    Raises:
        NotValid: it is in none of the forms, hostile, empty, or has headers that are unknown.
    """
    mapping = form.mapping or {}
    source = files.read(file, name, form.kind, tuple(mapping), form.encoding)
    fields = fields_for(form.kind, source.headers, mapping) if source.headers else []
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        places = list(_spooled(source, spool))
        yield Packed(_task(file, name, form, source, fields), places, spool)


def _spooled(source: Source, spool: IO[bytes]) -> Iterator[Place]:
    for packet in pack(counted(source.rows)):
        start = spool.tell()
        spool.write(packet.content)
        yield Place(packet.last_line, packet.rows, start, len(packet.content))


def _task(
    file: IO[bytes], name: str, form: ImportForm, source: Source, fields: list[str | None]
) -> ImportTask:
    size, digest = _measured(file)
    return ImportTask(
        kind=form.kind,
        dry_run=form.dry_run,
        format=source.format,
        file_name=_shown(name),
        file_digest=digest,
        file_bytes=size,
        headers=source.headers,
        fields=fields,
    )


def _measured(file: IO[bytes]) -> tuple[int, str]:
    """The size of a file and its SHA-256."""
    file.seek(0)
    digest = sha256()
    while block := file.read(BLOCK):
        digest.update(block)
    return file.tell(), digest.hexdigest()


def _shown(name: str) -> str | None:
    """The name of a file as far as it can be shown."""
    try:
        return str(clean_line(name[:LONGEST_NAME]))
    except ValueError:
        return None
