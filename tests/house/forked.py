"""The program in a process forked from one that has read all its modules.

The reading of modules is most of the seconds a start takes, and shows nothing the second time.
Where the start itself is tested or measured, it is `server.from_nothing`.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import TimeoutExpired
from typing import Final

from service.cli import main

FORKS: Final = multiprocessing.get_context("forkserver")


class Forked:
    """One process, with what the tests use of `subprocess.Popen`."""

    def __init__(
        self, arguments: Sequence[str], environment: Mapping[str, str], out: Path, err: Path
    ) -> None:
        FORKS.set_forkserver_preload([__name__])
        asked = (list(arguments), dict(environment), str(out), str(err))
        self._process = FORKS.Process(target=_run, args=asked, daemon=False)
        self._process.start()
        self.pid = self._process.pid or 0

    def poll(self) -> int | None:
        """Its exit status, less than 0 the signal that ended it; None while it runs."""
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """As from a supervisor; nothing where it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """At once, without a word."""
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status when it has ended.

        Raises:
            TimeoutExpired: it has not.
        """
        self._process.join(timeout)
        status = self.poll()
        if status is None:
            raise TimeoutExpired("bulian", timeout or 0.0)
        return status


def _run(arguments: list[str], environment: dict[str, str], out: str, err: str) -> None:
    os.chdir(Path(out).parent)
    os.environ.clear()
    os.environ.update(environment)
    for stream, path in ((sys.stdout, out), (sys.stderr, err)):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)
        os.dup2(file, stream.fileno())
        os.close(file)
    sys.argv = ["bulian", *arguments]
    main()
