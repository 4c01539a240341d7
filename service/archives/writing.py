"""Writing an archive: from one state of the database, while the service goes on."""

import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import Connection, Engine, Table
from sqlmodel import Session

from service import clock, database
from service.archives.form import MANIFEST, Manifest, TableEntry, line_of
from service.repositories import feed, whole
from service.repositories.events import hash_before
from service.usecases.log_check import Head

LEVEL: Final = 1
"""Of compression: a third larger than at the usual level, and three times as fast."""

SECRET: Final = 0o600
"""An archive holds persons and the digests of keys: for its owner alone."""


def back_up(engine: Engine, to: Path) -> tuple[Path, Manifest]:
    """Write an archive; it is there whole or not at all.

    Args:
        engine: a database that has been set up.
        to: a file that is not there yet, or a folder in which it gets a name by time.

    Raises:
        FileExistsError: there is a file of that name.
        OSError: it cannot be written.
    """
    moment = clock.now()
    file = to / f"bulian-{moment:%Y%m%dT%H%M%SZ}.zip" if to.is_dir() else to
    if file.exists():
        raise FileExistsError(f"{file} is there already")
    with database.snapshot(engine) as session, _whole(file) as out:
        manifest = _write(session, out)
    return file, manifest


@contextmanager
def _whole(file: Path) -> Generator[IO[bytes]]:
    """A file that takes its place, and is on the disk, once all is written."""
    beside = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL, SECRET), "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        beside.replace(file)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()
    folder = os.open(file.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _write(session: Session, out: IO[bytes]) -> Manifest:
    connection = session.connection()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        tables = [_add(archive, connection, one) for one in whole.tables_in(connection)]
        manifest = Manifest(
            version=version("bulian"),
            revision=whole.revision_of(connection) or "",
            made_at=clock.now(),
            database=connection.dialect.name,
            head=_head_of(session) if any("hash" in one.columns for one in tables) else None,
            tables=tuple(tables),
        )
        archive.writestr(_member(MANIFEST), manifest.model_dump_json(indent=1))
    return manifest


def _head_of(session: Session) -> str:
    number = feed.last_mark(session).number
    return str(Head(number, hash_before(session, number + 1)))


def _add(archive: ZipFile, connection: Connection, table: Table) -> TableEntry:
    digest, rows = sha256(), 0
    entry = TableEntry(name=table.name, columns=tuple(table.c.keys()), rows=0, sha256="")
    with archive.open(_member(entry.member), "w", force_zip64=True) as lines:
        for row in whole.rows_of(connection, table):
            line = line_of(row)
            digest.update(line)
            lines.write(line)
            rows += 1
    return entry.model_copy(update={"rows": rows, "sha256": digest.hexdigest()})


def _member(name: str) -> ZipInfo:
    member = ZipInfo(name)
    member.compress_type = ZIP_DEFLATED
    member.external_attr = SECRET << 16
    return member
