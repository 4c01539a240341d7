"""What the rows of a run share: its size, the compiled loop, a PostgreSQL server."""

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeVar

from psycopg import Connection, connect

from matching.compiled import compiled_loop
from matching.loop import Loop
from service.scorer import Scorer, load_scorer
from tests.databases import PostgresCopies, postgres_server

T = TypeVar("T")
SEED = 20_260_401
OFTEN, SELDOM = 9, 3
"""Rounds of what takes milliseconds, and of what takes seconds."""


class Bench(ExitStack):
    """One run; whatever it started ends with it."""

    def __init__(self, *, is_small: bool) -> None:
        super().__init__()
        self.is_small = is_small

    def either(self, full: T, small: T) -> T:
        """The one that is right for the size of the run."""
        return small if self.is_small else full

    @cached_property
    def folder(self) -> Path:
        """A folder of its own, gone afterwards."""
        return Path(self.enter_context(tempfile.TemporaryDirectory(prefix="bench")))

    @cached_property
    def loop(self) -> Loop:
        """The compiled loop.

        Raises:
            RuntimeError: numba is not there, without which there is nothing to measure.
        """
        kept = os.environ.get("BULIAN_CACHE_DIR")
        loop = compiled_loop(Path(kept) if kept else self.folder)
        if loop is None:
            raise RuntimeError("the loop is not compiled: the extra `fast` is needed")
        return loop

    @cached_property
    def postgres(self) -> str:
        """The address of a PostgreSQL server."""
        return self.enter_context(postgres_server())

    @cached_property
    def scorer(self) -> Scorer:
        """The reference and the placer."""
        return load_scorer()

    @cached_property
    def copies(self) -> PostgresCopies:
        """Databases of the service on a server that keeps what it acknowledged."""
        server = self.enter_context(postgres_server(is_durable=True))
        return PostgresCopies(server, self.scorer)

    @cached_property
    def connection(self) -> Connection[tuple[object, ...]]:
        """A connection to it; each statement is a transaction of its own."""
        return self.enter_context(connect(self.postgres, autocommit=True))


def medians(works: Mapping[str, Callable[[], object]], rounds: int = OFTEN) -> dict[str, float]:
    """The seconds on the wall that each takes: medians over rounds in which all have a turn."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            start = perf_counter()
            work()
            times[name].append(perf_counter() - start)
    return {name: median(found) for name, found in times.items()}


def say(text: str) -> None:
    """Tell how far the run is, apart from what it answers."""
    sys.stderr.write(f"bench: {text}\n")
    sys.stderr.flush()
