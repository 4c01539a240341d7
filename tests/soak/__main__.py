"""`python -m tests.soak [PART ...] [--small]`: long runs that hold the promises."""

import argparse
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests import databases
from tests.soak import breakdowns, fuzz, hostile, kill, restart, stale
from tests.soak.promises import Promise, render
from tests.soak.site import Part, Site

PARTS: Final[dict[str, Part]] = {
    "stale": stale.run,
    "redis": breakdowns.run,
    "kill": kill.run,
    "hostile": hostile.run,
    "fuzz": fuzz.run,
    "restart": restart.run,
}


def main(arguments: list[str] | None = None) -> int:
    """Run the parts and print a table of each; 1 when a promise is broken."""
    parser = argparse.ArgumentParser(prog="bulian soak", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; none: all"
    )
    parser.add_argument("--small", action="store_true", help="about a minute altogether")
    asked = parser.parse_args(arguments)
    unknown = [part for part in asked.parts if part not in PARTS]
    if unknown:
        parser.error(f"unknown part: {', '.join(unknown)}")
    stop_all_when_told()
    is_ok = True
    for promises in run([*dict.fromkeys(asked.parts)] or list(PARTS), is_small=asked.small):
        sys.stdout.write(render(promises))
        sys.stdout.flush()
        is_ok &= all(promise.is_ok for promise in promises)
    return int(not is_ok)


def stop_all_when_told() -> None:
    """Ended by a signal, what was started is stopped as well."""
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(128 + signal.SIGTERM))


def run(parts: list[str], *, is_small: bool) -> Iterator[list[Promise]]:
    """What each part measured, one part after another."""
    with tempfile.TemporaryDirectory(prefix="soak") as name, databases.postgres_server() as url:
        os.environ.setdefault("BULIAN_CACHE_DIR", f"{name}/loops")
        for part in parts:
            sys.stderr.write(f"bulian soak: {part} ...\n")
            folder = Path(name) / part
            folder.mkdir()
            yield list(PARTS[part](Site(folder, url, is_small)))


if __name__ == "__main__":
    sys.exit(main())
