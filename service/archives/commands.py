"""The commands of data care: `bulian backup`, `bulian restore`, `bulian verify`."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer
from sqlmodel import Session

from service import database
from service.archives import checking
from service.archives.reading import Archive, NotWhole, opened
from service.archives.restoring import NotEmpty, TooNew
from service.archives.restoring import restore as put_back
from service.archives.writing import back_up
from service.opening import open_engine, read_settings, set_up_engine, stop
from service.repositories.whole import InUse
from service.usecases import log_check
from service.usecases.log_check import Head

PERSONAL: Final = "It holds persons' data and all that the database holds: keep it as safe"
Archived = Annotated[
    Path, typer.Argument(metavar="FILE", help="An archive", exists=True, dir_okay=False)
]


def backup(
    to: Annotated[Path, typer.Argument(metavar="FILE|FOLDER", help="A new file, or a folder")],
) -> None:
    """Write everything the database holds into one file, while the service goes on."""
    with set_up_engine() as engine, _told():
        file, manifest = back_up(engine, to)
    typer.echo(f"{manifest.rows} rows at revision {manifest.revision}, head {manifest.head}")
    typer.echo(f"{file}\n{PERSONAL}", err=True)


def restore(
    file: Archived,
    *,
    replace: Annotated[bool, typer.Option(help="Give up what is in the database")] = False,
) -> None:
    """Put an archive into the database, all or nothing; the servers must have been stopped."""
    with opened_plainly(file) as archive, open_engine(read_settings()) as engine, _told():
        restored = put_back(engine, archive, replaces=replace)
    manifest = archive.manifest
    typer.echo(f"{manifest.rows} rows, the state of {manifest.made_at:%Y-%m-%d %H:%M:%S} UTC")
    if restored.erased_again:
        typer.echo(f"Persons of {restored.erased_again} leads, erased since, were erased again")
    if restored.revoked_again:
        typer.echo(f"{restored.revoked_again} keys, revoked since, were revoked again")


def verify(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="An archive", exists=True, dir_okay=False),
    ] = None,
    head: Annotated[
        str | None, typer.Option(help="NUMBER:HASH of an earlier check, noted elsewhere")
    ] = None,
) -> None:
    """Check that the database is what was written, or an archive; 1 where it is not."""
    try:
        noted = None if head is None else log_check.read_head(head)
    except ValueError as error:
        raise stop(str(error)) from None
    if file is not None:
        _verify_archive(file)
        return
    with set_up_engine() as engine, database.snapshot(engine) as session:
        _verify_database(session, noted)


def _verify_archive(file: Path) -> None:
    with opened_plainly(file) as archive, _told():
        archive.check()
    manifest = archive.manifest
    typer.echo(f"{manifest.rows} rows at revision {manifest.revision}, head {manifest.head}")
    typer.echo("The archive is whole")


def _verify_database(session: Session, noted: Head | None) -> None:
    others = checking.check(session)
    found = log_check.check(session, noted)
    for told in (*others, *(finding.what for finding in found.findings)):
        typer.echo(told, err=True)
    if found.more_findings:
        typer.echo(f"… and {found.more_findings} more", err=True)
    typer.echo(f"{found.events} events, head {found.head}")
    if found.findings:
        raise stop("The event log is not what was written")
    if others:
        raise stop("The database is not as it should be")
    typer.echo("The event log is whole")


@contextmanager
def opened_plainly(file: Path) -> Generator[Archive]:
    """An archive; what is wrong with it ends the command with its words."""
    with _told(), opened(file) as archive:
        yield archive


@contextmanager
def _told() -> Generator[None]:
    """What cannot be done ends the command with its words."""
    try:
        yield
    except NotWhole as error:
        raise stop(f"Not a whole archive: {error}") from None
    except (InUse, NotEmpty, TooNew) as error:
        raise stop((type(error).__doc__ or "").strip()) from None
    except OSError as error:
        raise stop(f"Cannot be written or read: {error}") from None
