"""A file that has come: read once, its rows packed, ready to be stored as a job."""

import tempfile
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import IO, Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Json

from matching.vocabulary import EditionKind
from models.edition import MOST_ROWS, EditionHead
from models.import_task import ImportTask, RecordKind
from models.job import JobPortion
from models.problem import ProblemError
from models.text import clean_line
from service.errors import NotValid
from service.imports.columns import fields_for
from service.imports.packing import pack
from service.imports.reading import files, limits
from service.imports.reading.limits import Source, counted
from service.usecases import edition_life

IN_MEMORY: Final = 4 * 1024 * 1024
BLOCK: Final = 1024 * 1024
LONGEST_NAME: Final = 200
EDITIONS: Final = frozenset(EditionKind)
"""Kinds of files whose rows become one edition of the reference."""

HEAD: Final = tuple(name for name in EditionHead.model_fields if name != "kind")
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
class Said:
    """What was said of a file, checked."""

    form: ImportForm
    edition: EditionHead | None = None


def said_of(fields: Mapping[str, object]) -> Said:
    """What was said of a file; of an edition of the reference, its name and source too.

    Raises:
        ValidationError: a field is missing or not valid.
        NotValid: it says something of an edition that is none, or not what an edition needs.
    """
    head = {name: fields[name] for name in HEAD if fields.get(name) not in {None, ""}}
    form = ImportForm.model_validate({n: fields[n] for n in fields if n not in HEAD})
    if form.kind not in EDITIONS:
        msg = "is for links, keywords and encouraged only"
        errors = [ProblemError(loc=["body", name], msg=msg) for name in head]
        if errors:
            raise NotValid(errors)
        return Said(form)
    edition = EditionHead.model_validate({**head, "kind": form.kind.value})
    edition_life.check_chain(edition)
    return Said(form, edition)


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
def packed(file: IO[bytes], name: str, said: Said) -> Generator[Packed]:
    """Read a file to its end and pack its rows.

    Raises:
        NotValid: it is in none of the forms, hostile, empty, or has headers that are unknown.
    """
    form = said.form
    mapping = form.mapping or {}
    source = files.read(file, name, form.kind, tuple(mapping), form.encoding)
    fields = fields_for(form.kind, source.headers, mapping) if source.headers else []
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        places = list(_spooled(source, spool, said))
        yield Packed(_task(file, name, said, source, fields), places, spool)


def _spooled(source: Source, spool: IO[bytes], said: Said) -> Iterator[Place]:
    """An edition is one packet, so that it is stored at once or not at all."""
    packets = pack(counted(source.rows))
    if said.edition is not None:
        packets = pack(counted(source.rows, MOST_ROWS), MOST_ROWS)
    for number, packet in enumerate(packets):
        if number and said.edition is not None:
            raise limits.refused("is longer than an edition may be")
        start = spool.tell()
        spool.write(packet.content)
        yield Place(packet.last_line, packet.rows, start, len(packet.content))


def _task(
    file: IO[bytes], name: str, said: Said, source: Source, fields: list[str | None]
) -> ImportTask:
    size, digest = _measured(file)
    return ImportTask(
        kind=said.form.kind,
        dry_run=said.form.dry_run,
        format=source.format,
        file_name=_shown(name),
        file_digest=digest,
        file_bytes=size,
        headers=source.headers,
        fields=fields,
        edition=said.edition,
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
