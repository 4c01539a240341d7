"""Ranking many investors for one gap: how the time grows, and the memory that so many take."""

import json
import os
import subprocess
import sys
from dataclasses import replace

from tests.benchmarks import many_investors
from tests.benchmarks.bench import Bench, say
from tests.benchmarks.figures import Bar, Measured, Row

FEW, MANY = 100_000, 1_000_000
SMALL = 300


def measure(bench: Bench) -> Measured:
    """Each size in a process of its own, so that its memory is what a server's would be."""
    if bench.is_small:
        scorer = replace(bench.scorer, compiled=bench.loop)
        few, many = (many_investors.measured(scorer, n * SMALL, different=20) for n in (1, 10))
    else:
        few, many = (_apart(bench, count) for count in (FEW, MANY))
    times = f"{many['seconds'] * 1e3:.1f} ms against {few['seconds'] * 1e3:.2f} ms, a page of 20"
    return Measured(
        {"ratio": many["seconds"] / few["seconds"], "memory": many["megabytes"]},
        {"ratio": times, "memory": f"{few['megabytes']:.0f} MB with {FEW:,}"},
    )


def _apart(bench: Bench, count: int) -> dict[str, float]:
    say(f"investors: {count:,} ...")
    kept = os.environ.get("BULIAN_CACHE_DIR", str(bench.folder))
    done = subprocess.run(
        [sys.executable, "-m", many_investors.__name__, str(count)],
        env={**os.environ, "BULIAN_CACHE_DIR": kept},
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout)


ROW = Row(
    key="investors",
    what="1,000,000 investors ranked for one gap",
    peers=(),
    bars=(
        Bar("ratio", "the time of 100,000", "×", most=13),
        Bar("memory", "resident memory", "MB", most=1_000),
    ),
    measure=measure,
)
