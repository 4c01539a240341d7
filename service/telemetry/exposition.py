"""The text Prometheus reads: this process, the other ones of its server, and the database."""

from contextlib import suppress
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Final

from service.repositories.backlog import Backlog
from service.telemetry.watching import Watch

if TYPE_CHECKING:  # some MB, which nobody needs who is not scraped
    from service.runtime import Runtime
    from service.telemetry.instruments import Instruments

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


class Exposition:
    """Safe to share between threads."""

    def __init__(self, watch: Watch | None = None) -> None:
        self._watch = watch or Watch()
        self._lock = Lock()

    @cached_property
    def _instruments(self) -> "Instruments":
        from service.telemetry.instruments import Instruments  # noqa: PLC0415 - see above

        return Instruments()

    def of_process(self, runtime: "Runtime") -> str:
        """What this process alone has to say; the others of its server read it (`neighbours`)."""
        return self._of_process(runtime, self._watch.backlog(runtime.engine))

    def text(self, runtime: "Runtime") -> str:
        """All of it. The database away costs what it alone knows, never the answer."""
        found = self._watch.backlog(runtime.engine)
        mine = self._of_process(runtime, found)
        with self._lock:
            shared = self._instruments.of_database(found)
        return merged([mine, *_others(runtime, mine), shared])

    def _of_process(self, runtime: "Runtime", found: Backlog | None) -> str:
        with self._lock:
            return self._instruments.of_process(runtime, None if found is None else found.events)


def _others(runtime: "Runtime", mine: str) -> list[str]:
    """What the other processes of this server know, who are told of what is said here.

    Otherwise one of them might answer the next scrape with older, smaller counts of this process,
    and Prometheus would take that for a start from zero.
    """
    if runtime.neighbours is None:
        return []
    with suppress(OSError):  # a full disk costs the others' view, not the answer
        runtime.neighbours.show(mine)
    return runtime.neighbours.texts()


def merged(texts: list[str]) -> str:
    r"""One text of several: the lines of a metric must stand together.

    >>> merged(["# HELP a A\na 1\n", "# HELP b B\nb 1\n", "# HELP a A\na 2\n"])
    '# HELP a A\na 1\na 2\n# HELP b B\nb 1\n'
    """
    families: dict[str, list[str]] = {}
    for text in texts:
        name = ""
        for line in text.splitlines():
            if line.startswith("# HELP "):
                name = line.split(" ", 3)[2]
            family = families.setdefault(name, [])
            if not (line.startswith("#") and line in family):
                family.append(line)
    return "".join(f"{line}\n" for family in families.values() for line in family)
