"""How the processes of one server know each other's figures: each writes its own to a file.

A scrape reaches whichever process takes the connection. It answers for all of them, from what the
others wrote some seconds ago; a process that ended is left out as soon as its file is old.
"""

import os
import time
from collections.abc import Callable, Generator, MutableMapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

EVERY_SECONDS: Final = 5.0
OLD_SECONDS: Final = 15.0
SUFFIX: Final = ".prom"
SETTING: Final = "BULIAN_METRICS_DIR"


@contextmanager
def meeting_place(environment: MutableMapping[str, str], chosen: Path | None) -> Generator[None]:
    """A folder for the processes of one server, told by their environment, while it runs.

    Args:
        environment: what the processes will have.
        chosen: by the operator, who then keeps it; None = one is made, and removed at the end.
    """
    if chosen is not None:
        yield
        return
    with TemporaryDirectory(prefix="bulian-metrics-", ignore_cleanup_errors=True) as folder:
        environment[SETTING] = folder
        try:
            yield
        finally:
            del environment[SETTING]


class Neighbours:
    """The files of one server's processes.

    Args:
        folder: where they lie; only the service may write there.
        now: seconds since 1970; given by tests.
    """

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._own = folder / f"{os.getpid()}{SUFFIX}"
        self._now = now

    def show(self, text: str) -> None:
        """Put this process's figures where the others find them: whole, or the ones before."""
        self._folder.mkdir(parents=True, exist_ok=True)
        made = self._own.with_suffix(".new")
        made.write_text(text, "utf-8")
        made.replace(self._own)

    def leave(self) -> None:
        """Take them away."""
        self._own.unlink(missing_ok=True)

    def texts(self) -> list[str]:
        """What the other processes showed last, those that still do."""
        found: list[str] = []
        for path in sorted(self._folder.glob(f"*{SUFFIX}")):
            with suppress(OSError):  # gone meanwhile
                is_old = self._now() - path.stat().st_mtime > OLD_SECONDS
                if path != self._own and not is_old:
                    found.append(path.read_text("utf-8"))
        return found
