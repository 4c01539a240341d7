"""How soon `bulian serve` answers in a made environment, and what memory it takes then."""

import os
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Bar, Measured, Row
from tests.house.server import from_nothing, started

MEGABYTE = 1024


def measure(bench: Bench) -> Measured:
    """Start it some times, each with a folder of its own; a first start makes the environment."""
    starts, before = bench.either((5, 1), (1, 0))
    kept = os.environ.get("BULIAN_CACHE_DIR", str(bench.folder / "cache"))
    made = {"BULIAN_CACHE_DIR": kept, "PYTHONPYCACHEPREFIX": f"{kept}/bytecode"}
    made["PYTHONDONTWRITEBYTECODE"] = ""  # as the front door, whatever the shell says
    started = [_start(bench.folder / f"serve{n}", made) for n in range(starts + before)][before:]
    values = {
        "seconds": median(seconds for seconds, _ in started),
        "memory": median(memory for _, memory in started),
    }
    notes = {
        "seconds": "its database and demonstration data made on the way; two thirds go to "
        "importing modules, a sixth to the reference, a tenth to the compiled loop",
        "memory": "about 130 MB are modules, 110 numba with the compiled loop, 40 the reference",
    }
    return Measured(values, notes)


def _start(folder: Path, made: dict[str, str]) -> tuple[float, float]:
    """Seconds until it is ready, and its resident memory in MB (NaN where there is no /proc)."""
    start = perf_counter()
    with started(from_nothing, folder, **made) as server:
        return perf_counter() - start, _resident(server.process)


def _resident(process: int) -> float:
    """Of a process and those it started."""
    status = Path(f"/proc/{process}/status")
    if not status.is_file():
        return float("nan")
    line = next(text for text in status.read_text("utf-8").splitlines() if "VmRSS" in text)
    children = Path(f"/proc/{process}/task/{process}/children").read_text("utf-8").split()
    return int(line.split()[1]) / MEGABYTE + sum(_resident(int(child)) for child in children)


ROW = Row(
    key="serve",
    what="first answer after bulian serve",
    peers=(),
    bars=(
        Bar("seconds", "from the command", "s", most=3),
        Bar("memory", "resident memory", "MB", most=250),
    ),
    measure=measure,
)
