"""Restoring an archive: all of it or nothing, into a database that nobody else is using.

One transaction clears the database, makes the schema of the archive's revision, fills it, brings it
up to the newest revision and tells of it in the log. A process that is killed on the way leaves
what was there before.
"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Table
from sqlmodel import Session

from service import database, installation
from service.archives.form import Lines, Manifest, TableEntry
from service.archives.reading import Archive, NotWhole
from service.errors import KeyNotFound, LastAdminKey
from service.repositories import events, whole
from service.repositories.events import Change
from service.runtime import Visit
from service.security import OPERATOR
from service.usecases import erasure, keys


class NotEmpty(RuntimeError):  # noqa: N818 - house style: the name is the sentence
    """There is an installation in the database: `--replace` puts the archive in its place."""


class TooNew(RuntimeError):  # noqa: N818 - house style: the name is the sentence
    """A newer version of the service wrote the archive: restore it with that one."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done beyond the archive's rows."""

    erased_again: int
    """Leads whose persons had been erased from the database that was replaced."""
    revoked_again: int
    """Keys that had been revoked in it."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What was ended in a database for good and must not come back with an older state."""

    leads: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


def restore(engine: Engine, archive: Archive, *, replaces: bool) -> Restored:
    """Put an archive into a database.

    Args:
        engine: the database, of either kind.
        archive: what to put there.
        replaces: whether an installation that is there may be given up.

    Raises:
        TooNew: the archive's schema is not known here.
        InUse: a server, or somebody else, is connected to the database.
        NotEmpty: there is an installation, and it may not be given up.
        NotWhole: the archive is not what was written.
    """
    if archive.manifest.revision not in database.revisions():
        raise TooNew
    with _alone(engine) as connection:
        if whole.is_set_up(connection) and not replaces:
            raise NotEmpty
        ended = Ended(*whole.ended_in(connection))
        whole.clear(connection)
        database.migrate(connection, archive.manifest.revision)
        _fill(connection, archive)
        database.migrate(connection)
        with Session(connection, expire_on_commit=False) as session:
            restored = _go_on(session, archive.manifest, ended)
            session.flush()
        broken = whole.broken_references(connection)
        if broken:
            raise NotWhole(f"rows refer to none: {', '.join(broken)}")
    whole.take_stock(engine)
    return restored


@contextmanager
def _alone(engine: Engine) -> Generator[Connection]:
    """A transaction that nobody sees half of: nobody else is connected, and no server can start."""
    with database.writing(engine).connect() as connection:
        try:
            if engine.dialect.name == "sqlite":
                whole.shut_others_out(connection)
            with connection.begin():
                installation.lock(connection)
                if engine.dialect.name == "postgresql":
                    whole.check_nobody_else(connection)
                yield connection
        finally:
            connection.invalidate()  # closed, so that an SQLite file is anybody's again


def _fill(connection: Connection, archive: Archive) -> None:
    entries = {entry.name: entry for entry in archive.manifest.tables}
    for table in whole.tables_in(connection):
        entry = entries.pop(table.name, None)
        if entry is None or set(entry.columns) != set(table.c.keys()):
            raise NotWhole(f"{table.name} does not have the columns of revision {_of(archive)}")
        ordered = whole.with_columns(table, entry.columns)
        whole.fill(connection, ordered, _rows(archive, entry, ordered))
    if entries:
        raise NotWhole(f"revision {_of(archive)} has no {', '.join(sorted(entries))}")


def _of(archive: Archive) -> str:
    return archive.manifest.revision


def _rows(archive: Archive, entry: TableEntry, table: Table) -> Iterator[list[Any]]:
    lines = Lines(table, entry.columns)
    for number, line in enumerate(archive.lines(entry), 1):
        try:
            yield lines.row_of(line)
        except (ValueError, TypeError):
            raise NotWhole(f"{entry.member}, line {number}: not a row of its table") from None


def _go_on(session: Session, manifest: Manifest, ended: Ended) -> Restored:
    """Tell of the restore, so that no answer kept before is right, and end again what was ended.

    The last event names the state: this one is new, and with it every kept answer is out of reach.
    """
    version = events.count_of(session, "installation", "1") + 1
    told = Change(
        actor=OPERATOR.key_id,
        action="installation.restored",
        subject_type="installation",
        subject_id="1",
        subject_version=version,
        after={"made_at": manifest.made_at.isoformat(), "head": manifest.head},
    )
    events.append(session, told, events.reserve(session))
    revoked = 0
    for key_id in ended.keys:
        with suppress(KeyNotFound, LastAdminKey):
            revoked += keys.revoke(Visit(session, OPERATOR), key_id)
    return Restored(erasure.erase_again(session, ended.leads), revoked)
