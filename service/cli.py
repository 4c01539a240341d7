"""The command `bulian`: serve, import, work, lists, migrate, backup, verify, keys and so on."""

import json
import os
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Final

import typer
import uvicorn
from rich.console import Console

from matching.compiled import compiled_loop
from matching.vocabulary import Scope
from models.api_key import HOUR, LONGEST_OVERLAP, USUAL_OVERLAP, KeyCreate
from models.import_task import RecordKind
from models.job import JobStatus
from service import commands, installation
from service.app import contract, create_app
from service.archives.commands import backup, restore, verify
from service.imports.arriving import said_of
from service.listener import Listener
from service.nightly.commands import all_pairs, print_lists
from service.opening import (
    assembled,
    open_engine,
    read_settings,
    stop,
    told_plainly,
    visiting,
)
from service.pagination import MOST, PageParams
from service.parts_list import parts_list
from service.scorer import load_scorer
from service.telemetry.neighbours import meeting_place
from service.telemetry.starting import observe
from service.usecases import keys

SLOW_START_SECONDS: Final = 60
"""Uvicorn kills a worker that misses its health check, and a start takes some seconds."""

GRACE_SECONDS: Final = 20

OF_EDITION: Final = (
    "Of links, keywords and encouraged, once for each: name_zh=…, name_en=…, edition=…, source=…, "
    "quality=…; of links chain_id=… too"
)
TOLD_OF_IMPORTS: Final = {"id", "status", "error", "counts", "errors", "edition_id"}

main = typer.Typer(
    help="补链: which investor would mend a zone's weak link, and why.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
key_commands = typer.Typer(help="Keys of callers.", no_args_is_help=True)
main.add_typer(key_commands, name="keys")
main.command("all-pairs")(all_pairs)
main.command("lists")(print_lists)
for data_care in (backup, restore, verify):
    main.command()(data_care)


@main.command()
def serve(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=256, help="Processes")] = 1,
    demo: Annotated[bool, typer.Option(help="Load demo data at the first start")] = True,
) -> None:
    """Set up the database at the first start, then answer calls until stopped."""
    settings = read_settings()
    observe(os.environ)
    compiled = compiled_loop(settings.loop_dir)  # several workers will find it made
    scorer = cache(lambda: load_scorer(settings.reference_dir, compiled))
    with open_engine(settings) as engine:
        installed = installation.install(engine, settings, scorer, demo=demo)
    typer.echo(f"补链 Bulian: http://{host}:{port}/  docs: http://{host}:{port}/docs")
    if installed.new_admin_key is not None:
        typer.echo(f"Administrator's key, shown this once: {installed.new_admin_key}")
    options: dict[str, Any] = {
        "host": host,
        "port": port,
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "http": Listener,
        "ws": "none",
        "forwarded_allow_ips": settings.trusted_proxies,
        "timeout_graceful_shutdown": GRACE_SECONDS,
        "timeout_worker_healthcheck": SLOW_START_SECONDS,
    }
    if workers == 1:
        uvicorn.run(create_app(settings, scorer()), **options)
        return
    with meeting_place(os.environ, settings.metrics_dir):
        uvicorn.run("service.asgi:create", factory=True, workers=workers, **options)


@main.command()
def migrate() -> None:
    """Bring the database's schema up to date; nothing else is changed."""
    with open_engine(read_settings()) as engine:
        installation.migrate(engine)
    typer.echo("The schema is up to date")


@main.command("compile")
def compile_loop() -> None:
    """Compile the loop over pairs, some seconds, so that the next start finds it made."""
    settings = read_settings()
    made = compiled_loop(settings.loop_dir)
    where = (
        f"compiled, kept in {settings.loop_dir}" if made else "not compiled: plain Python is used"
    )
    typer.echo(f"The loop is {where}")


@main.command()
def openapi() -> None:
    """Print the OpenAPI document."""
    typer.echo(json.dumps(contract().openapi(), ensure_ascii=False, indent=1))


@main.command()
def sbom() -> None:
    """Print what this installation is made of, as CycloneDX."""
    typer.echo(json.dumps(parts_list(), ensure_ascii=False, indent=1))


@main.command("import")
def import_file(
    path: Annotated[Path, typer.Argument(help="CSV, XLSX or JSON Lines", exists=True)],
    kind: Annotated[RecordKind, typer.Option(help="What its rows are")] = RecordKind.GAPS,
    *,
    dry_run: Annotated[bool, typer.Option(help="Check everything, store nothing")] = False,
    mapping: Annotated[str | None, typer.Option(help="JSON: header → field, or null")] = None,
    encoding: Annotated[str | None, typer.Option(help="utf-8, gb18030 or gbk")] = None,
    field: Annotated[list[str] | None, typer.Option(help=OF_EDITION)] = None,
) -> None:
    """Import records from a file into the database; run it again when it was broken off."""
    of_edition = {name: text for name, _, text in (one.partition("=") for one in field or ())}
    options = {"kind": kind, "dry_run": dry_run, "mapping": mapping, "encoding": encoding}
    given = {name: options[name] for name in options if options[name]}
    observe(os.environ)
    with assembled() as runtime, told_plainly():
        job = commands.import_file(
            runtime, path, said_of({**of_edition, **given}), Console(stderr=True)
        )
    typer.echo(job.model_dump_json(indent=1, include=TOLD_OF_IMPORTS))
    if job.status is not JobStatus.DONE or job.counts.refused:
        raise typer.Exit(1)


@main.command()
def work(
    *,
    until_idle: Annotated[bool, typer.Option(help="Stop when no job waits")] = False,
    background: Annotated[
        bool, typer.Option(help="Also webhooks, clocks, tidying: all but answering")
    ] = False,
) -> None:
    """Work at jobs of the database, on this or any other machine, until stopped."""
    observe(os.environ)
    if until_idle and background:
        raise stop("What is done in the background has no end: leave one of the options out")
    with assembled(compiled=background) as runtime:
        if background:
            typer.echo("Working at jobs, webhooks and clocks")
            commands.work_in_background(runtime)
        else:
            typer.echo("Working at jobs")
            commands.work(runtime, until_idle=until_idle)


@key_commands.command("create")
def create_key(
    scope: Annotated[Scope, typer.Option(help="What it may do")],
    name: Annotated[str, typer.Option(help="Whose key it is")],
    partner_id: Annotated[str | None, typer.Option(help="For a partner's key")] = None,
    expires_at: Annotated[datetime | None, typer.Option(help="UTC, such as 2030-01-01")] = None,
    rate_limit: Annotated[int | None, typer.Option(help="Calls a minute of its own")] = None,
) -> None:
    """Make a key and print its secret, which is not shown again."""
    sent: dict[str, Any] = {"scope": scope, "name": name, "partner_id": partner_id}
    sent["rate_limit"] = rate_limit
    if expires_at is not None:
        sent["expires_at"] = f"{expires_at.isoformat()}Z"
    with visiting() as visit, told_plainly():
        made = keys.create(visit, KeyCreate.model_validate(sent), None)
    typer.echo(made.model_dump_json(indent=1))


@key_commands.command("list")
def list_keys() -> None:
    """Print all keys, one a line, without their secrets."""
    with visiting() as visit:
        page = keys.list_page(visit, PageParams(limit=MOST))
        while True:
            for key in page.items:
                typer.echo(key.model_dump_json())
            if page.next_cursor is None:
                return
            page = keys.list_page(visit, PageParams(limit=MOST, cursor=page.next_cursor))


@key_commands.command("rotate")
def rotate_key(
    key_id: Annotated[str, typer.Argument(help="The key's id, `key_…`")],
    overlap_hours: Annotated[
        int, typer.Option(min=0, max=LONGEST_OVERLAP // HOUR, help="0 stops the old one at once")
    ] = USUAL_OVERLAP // HOUR,
) -> None:
    """Give a key a new secret and print it; the old one goes on working for some hours."""
    with visiting() as visit, told_plainly():
        made = keys.rotate(visit, key_id, overlap_hours * HOUR)
    typer.echo(made.model_dump_json(indent=1))


@key_commands.command("revoke")
def revoke_key(key_id: Annotated[str, typer.Argument(help="The key's id, `key_…`")]) -> None:
    """Stop a key from working, at once and for good."""
    with visiting() as visit, told_plainly():
        keys.revoke(visit, key_id)
    typer.echo(f"{key_id} is revoked")
