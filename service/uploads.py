"""Files as they come over HTTP: who sends one is asked first, how much comes is counted."""

from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import IO, Annotated, Final

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect

from models.problem import ProblemError
from service import database, security
from service.dependencies import ADMIN, RuntimeDep, Secret
from service.errors import BodyUnreadable, NotValid, invalid
from service.import_errors import FileTooLarge, NotMultipart
from service.imports.arriving import Packed, Said, packed, said_of
from service.problems import field_problems
from service.runtime import Runtime

READ_AT_ONCE: Final = 2
"""Files that one process looks through at a time; others wait for their turn."""

MOST_FIELDS: Final = 12
MOST_FIELD_BYTES: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on this machine's disk, and what was said of it."""

    file: IO[bytes]
    name: str
    said: Said


async def receive(request: Request, runtime: RuntimeDep, secret: Secret) -> AsyncGenerator[Upload]:
    """The file of a multipart body. Nothing is read of what a stranger sends.

    Raises:
        KeyNotAccepted: no key in force.
        ScopeTooNarrow: no administrator's.
        NotMultipart: another kind of body.
        FileTooLarge: announced or found to be too long; what has come is thrown away.
        BodyUnreadable: it is no multipart form.
        NotValid: a part is missing, unknown, or comes twice.
    """
    await run_in_threadpool(_admit, runtime, secret)
    async with parts_of(request, runtime.import_bytes) as parts:
        yield upload_of(fields_of(parts))


@asynccontextmanager
async def parts_of(request: Request, most_bytes: int) -> AsyncGenerator[FormData]:
    """The parts of a multipart body; its file is thrown away afterwards.

    Raises:
        NotMultipart: another kind of body.
        FileTooLarge: announced or found to be longer than that many bytes.
        BodyUnreadable: it is no multipart form.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise NotMultipart
    parser = MultiPartParser(
        request.headers,
        _counted(request, most_bytes),
        max_files=1,
        max_fields=MOST_FIELDS,
        max_part_size=MOST_FIELD_BYTES,
    )
    try:
        parts = await parser.parse()
    except MultiPartException:
        raise BodyUnreadable("It is no multipart form of one file and some short fields") from None
    except ClientDisconnect:
        raise BodyUnreadable("It ended too early") from None
    try:
        yield parts
    finally:
        await parts.close()


def _admit(runtime: Runtime, secret: str) -> None:
    with database.snapshot(runtime.engine) as session:
        security.admit(session, secret, ADMIN)


async def _counted(request: Request, most: int) -> AsyncGenerator[bytes]:
    """The body as it comes, as long as it is no more than that many bytes."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:20]) > most:
        raise FileTooLarge(most)
    size = 0
    async for block in request.stream():
        size += len(block)
        if size > most:
            raise FileTooLarge(most)
        yield block


def fields_of(parts: FormData) -> dict[str, UploadFile | str]:
    """The parts by their names.

    Raises:
        NotValid: a part comes twice.
    """
    items = parts.multi_items()
    names = [name for name, _ in items]
    for name in set(names):
        if names.count(name) > 1:
            raise invalid("comes more than once", "body", name)
    return dict(items)


def upload_of(fields: Mapping[str, UploadFile | str]) -> Upload:
    """A file and what was said of it.

    Raises:
        NotValid: a field is missing, unknown or not valid.
    """
    sent = fields.get("file")
    if not isinstance(sent, UploadFile):
        raise invalid("is needed, as a part with a file name", "body", "file")
    try:
        said = said_of({name: fields[name] for name in fields if name != "file"})
    except ValidationError as error:
        found = [problem for one in error.errors() for problem in field_problems(one)]
        told = [ProblemError(loc=["body", *one.loc], msg=one.msg) for one in found]
        raise NotValid(told) from None
    return Upload(sent.file, sent.filename or "", said)


def look_through(upload: Annotated[Upload, Depends(receive)]) -> Generator[Packed]:
    """The file, read to its end and packed.

    Raises:
        NotValid: it is in none of the forms, hostile, empty, or has headers that are unknown.
    """
    with packed(upload.file, upload.name, upload.said) as found:
        yield found


PackedUpload = Annotated[Packed, Depends(look_through, max_concurrency=READ_AT_ONCE)]
