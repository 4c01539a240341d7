"""What the operating system says of this process."""

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PROC: Final = Path("/proc/self")


@dataclass(frozen=True, slots=True)
class Usage:
    """None where the system does not tell: all but the processor's time needs Linux."""

    cpu_seconds: float
    resident_bytes: int | None
    open_files: int | None


def read(proc: Path = PROC) -> Usage:
    """The figures of this moment.

    Args:
        proc: the process in the file system of Linux; given by tests.
    """
    resident, files = None, None
    with suppress(OSError):
        pages = int((proc / "statm").read_text("ascii").split()[1])
        resident = pages * os.sysconf("SC_PAGE_SIZE")
        files = len(list((proc / "fd").iterdir()))
    return Usage(time.process_time(), resident, files)
