"""A real server for the tests: a process, its own folder, a free port."""

import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from subprocess import Popen, TimeoutExpired

from tests.house.forked import Forked

Process = Forked | Popen[bytes]
Start = Callable[[Sequence[str], Mapping[str, str], Path, Path], Process]
"""Begins the program with these arguments and variables; what it prints and logs goes to files."""

PROGRAM = str(Path(sys.executable).with_name("bulian"))
START_SECONDS = 60.0
STOP_SECONDS = 15.0
ADMIN_KEY = "a-key-for-the-tests-of-the-readme-only"


@dataclass(frozen=True, slots=True)
class Server:
    """Where it answers, and the administrator's key."""

    url: str
    key: str
    log: Path
    process: int = 0
    """The number of its process."""


def find_free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def is_ready(url: str) -> bool:
    """Whether the server answers that it is ready."""
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=2) as answer:  # noqa: S310 - our own
            return answer.status == 200
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False


def wait_until_ready(process: Process, server: Server) -> None:
    """Returns when the server is ready.

    Raises:
        RuntimeError: it ended, or was not ready in time; the message holds its log.
    """
    last = time.monotonic() + START_SECONDS
    while not is_ready(server.url):
        if process.poll() is not None or time.monotonic() > last:
            text = server.log.read_text(errors="replace")
            raise RuntimeError(f"the server did not become ready:\n{text}")
        time.sleep(0.05)


def without_settings() -> dict[str, str]:
    """The environment without our variables, but for the folder where a compiled loop is kept."""
    ours = {name for name in os.environ if name.startswith("BULIAN_")} - {"BULIAN_CACHE_DIR"}
    return {name: value for name, value in os.environ.items() if name not in ours}


def from_nothing(
    arguments: Sequence[str], environment: Mapping[str, str], out: Path, err: Path
) -> Popen[bytes]:
    """The console script, as anyone starts it; what it prints goes to the files."""
    with out.open("wb") as printed, err.open("ab") as logged:
        return Popen(
            [PROGRAM, *arguments], cwd=out.parent, env=environment, stdout=printed, stderr=logged
        )


def running_server(
    folder: Path, *arguments: str, **settings: str
) -> AbstractContextManager[Server]:
    """A ready server with its data in the folder; see `started`."""
    return started(Forked, folder, *arguments, **settings)


@contextmanager
def started(start: Start, folder: Path, /, *arguments: str, **settings: str) -> Generator[Server]:
    """A ready server with its data in the folder; stopped at the end, whatever happened.

    Args:
        start: how the process comes to be.
        folder: made where it is not there.
        arguments: options of `bulian serve`.
        settings: variables of its environment; of the tests' own, only one is handed on.
    """
    folder.mkdir(exist_ok=True)
    (folder / "server.log").touch()
    port = find_free_port()
    server = Server(f"http://127.0.0.1:{port}", ADMIN_KEY, folder / "server.log")
    own = {"BULIAN_DATA_DIR": str(folder / "data"), "BULIAN_ADMIN_KEY": ADMIN_KEY}
    kept = without_settings()
    asked = ["serve", "--port", str(port), *arguments]
    process = start(asked, kept | own | settings, server.log, server.log)
    try:
        wait_until_ready(process, server)
        yield replace(server, process=process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except TimeoutExpired:
            process.kill()
            process.wait()
