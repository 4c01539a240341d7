"""The commands of nightly lists: `bulian all-pairs` makes them, `bulian lists` reads them."""

import json
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from service import logs
from service.nightly import running
from service.nightly.keeping import lists_of_zone, newest_whole
from service.nightly.running import LISTS, Asked
from service.nightly.workers import NoRay, StateMoved
from service.opening import assembled, read_settings, stop, told_plainly

BARS: Final = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())


def all_pairs(
    *,
    top: Annotated[int, typer.Option(min=1, max=1000, help="Investors a list holds")] = 50,
    block: Annotated[int, typer.Option(min=1, max=100_000, help="Gaps a block holds")] = 100,
    policy_id: Annotated[str | None, typer.Option(help="The policy, else the one in force")] = None,
    threads: Annotated[int | None, typer.Option(min=1, max=256, help="Of this process")] = None,
    ray: Annotated[bool, typer.Option("--ray", help="Work on a Ray cluster")] = False,
) -> None:
    """Rank all investors for every open gap; run it again when it was broken off."""
    logs.configure()
    root = read_settings().data_dir / LISTS
    asked = Asked(top, block, policy_id, threads, is_on_ray=ray)
    bars = Progress(*BARS, TimeRemainingColumn(), console=Console(stderr=True))
    try:
        with assembled(compiled=True) as runtime, told_plainly(), bars:
            run = running.make(runtime, root, asked, _shown_on(bars))
    except (NoRay, StateMoved) as error:
        raise stop(f"{(type(error).__doc__ or '').strip()} {error}".rstrip()) from None
    typer.echo(str(run.folder))


def _shown_on(bars: Progress) -> running.Progress:
    shown = bars.add_task("blocks")
    return lambda done, of: bars.update(shown, completed=done, total=of)


def print_lists(zone: Annotated[str, typer.Argument(help="The zone's code")]) -> None:
    """Print the lists of a zone, a gap a line, from the newest run that is whole."""
    root: Path = read_settings().data_dir / LISTS
    run = newest_whole(root)
    if run is None:
        raise stop("There are no lists yet: run `bulian all-pairs` first")
    typer.echo(f"{run.folder.name}, ruleset {run.manifest.basis.ruleset}", err=True)
    for told in lists_of_zone(run, zone):
        typer.echo(json.dumps(told, ensure_ascii=False, separators=(",", ":")))
