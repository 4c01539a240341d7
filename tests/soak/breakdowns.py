"""Redis refused, reset, silent, slow: nobody notices but for one short wait, and not for long.

Two processes share Valkey over a line that gets into trouble; a third over the same database has no
Redis. Every question is a new one, so that both have to ask Redis: what the first made is a hit in
the second while the line is well, and the third says what the bytes must be.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

import httpx2

from tests.service.valkeys import running_valkey
from tests.soak import world
from tests.soak.ledger import Ledger
from tests.soak.line import Line, Trouble, line_to
from tests.soak.promises import Promise, at_most, none_of
from tests.soak.site import Site, new_database, serving

FULL_SECONDS, SMALL_SECONDS = 30.0, 5.0
BACK_SECONDS: Final = 3.0
WAIT_SECONDS: Final = 0.2
"""What trouble may add, once; `WAITS` says what once is: two slow answers in a row."""

WAITS: Final = 2
NOTICED_SECONDS: Final = 0.05
SLOW_SECONDS: Final = 0.07
"""In time for the deadline of a question, and slower than is put up with."""

PAUSE_SECONDS: Final = 0.005
TROUBLES: Final = {
    Trouble.REFUSED: 0.0,
    Trouble.RESET: 0.0,
    Trouble.SILENT: 0.0,
    Trouble.SLOW: SLOW_SECONDS,
}
"""With the delay of each reply."""


@dataclass
class Watch:
    """What was seen during one trouble: seconds of each read, and what was wrong."""

    with_redis: tuple[list[float], list[float]] = field(default_factory=lambda: ([], []))
    without: list[float] = field(default_factory=list[float])
    faults: list[str] = field(default_factory=list[str])

    def slowest_without(self) -> float:
        """What the machine itself may take at worst."""
        return max(self.without)

    def added(self) -> float:
        """The longest wait beyond that."""
        return max(0.0, max(map(max, self.with_redis)) - self.slowest_without())

    def waits(self) -> int:
        """How many reads of one process somebody would have noticed, of the worse one."""
        noticed = self.slowest_without() + NOTICED_SECONDS
        return max(sum(took > noticed for took in reads) for reads in self.with_redis)


class Callers:
    """One caller who asks the same of all three processes, one after another."""

    def __init__(self, urls: list[str]) -> None:
        self.first, self.second, self.without = map(world.client_of, urls)
        self._numbers = count(1)
        self._subjects: list[str] = []

    def populate(self) -> None:
        """Records to ask about."""
        questions = world.populate(self.without, Ledger(), links=1)
        self._subjects = sorted({question.subject for question in questions})
        for client in (self.first, self.second):
            client.get(questions[0].path)

    def new_path(self) -> str:
        """A question that nobody asked before."""
        number = next(self._numbers)
        subject = self._subjects[number % len(self._subjects)]
        kind = "gaps" if subject.startswith("gap_") else "investors"
        return f"/v1/{kind}/{subject}/matches?limit=3&min_score={number}"

    def ask(self, watch: Watch) -> bool:
        """Ask something new; whether the second found in Redis what the first had made."""
        path = self.new_path()
        one = _timed(self.first, path, watch.with_redis[0])
        two = _timed(self.second, path, watch.with_redis[1])
        control = _timed(self.without, path, watch.without)
        for answer in (one, two, control):
            if answer.status_code >= 500:
                watch.faults.append(f"{path}: {answer.status_code} {answer.text[:200]}")
            elif answer.content != control.content:
                watch.faults.append(f"{path}: other bytes than without Redis")
        return two.headers.get("cache-status", "").endswith("hit")

    def is_well(self) -> bool:
        """Whether both say that Redis is in use."""
        figures: list[Any] = [
            client.get("/v1/admin/cache").json()["shared"] for client in (self.first, self.second)
        ]
        return all(shared["state"] == "closed" for shared in figures)

    def close(self) -> None:
        """End the connections."""
        for client in (self.first, self.second, self.without):
            client.close()


def run(site: Site) -> Iterator[Promise]:
    """Each trouble in turn, over one SQLite database."""
    environment = new_database(site, "sqlite", "redis")
    folder = site.folder / "redis_sqlite"
    seconds = SMALL_SECONDS if site.is_small else FULL_SECONDS
    with ExitStack() as stack:
        valkey = stack.enter_context(running_valkey(folder / "valkey"))
        line = stack.enter_context(line_to(valkey.port))
        shared = environment | {"BULIAN_REDIS_URL": line.url}
        urls = [
            stack.enter_context(serving(of, folder / name)).url
            for name, of in (("none", environment), ("one", shared), ("two", shared))
        ]
        callers = Callers([*urls[1:], urls[0]])
        stack.callback(callers.close)
        callers.populate()
        for trouble, delay_seconds in TROUBLES.items():
            yield from _suffer(callers, line, trouble, delay_seconds, seconds)


def _suffer(
    callers: Callers, line: Line, trouble: Trouble, delay_seconds: float, seconds: float
) -> Iterator[Promise]:
    _wait_until_well(callers, Watch())
    watch, used = Watch(), 0
    line.turn(trouble, delay_seconds)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        used += callers.ask(watch)
        time.sleep(PAUSE_SECONDS)
    line.turn(Trouble.NONE)
    after = Watch()
    back = _wait_until_well(callers, after)
    wrong = [*watch.faults, *after.faults]
    name = f"Redis {trouble}"
    reads = 3 * len(watch.without)
    yield none_of(f"{name}: 5xx or other bytes", int(seconds * 10), len(wrong), reads)
    for fault in wrong[:5]:
        yield Promise("  for example", "", fault, is_ok=False)
    yield Promise(f"{name}: asked nevertheless", f"≤ {WAITS} hits", f"{used} hits", used <= WAITS)
    yield at_most(f"{name}: longest wait added", WAIT_SECONDS, watch.added(), "s")
    yield at_most(f"{name}: reads of a process that waited", WAITS, watch.waits(), "reads")
    yield at_most(f"{name}: in use again after", BACK_SECONDS, back, "s")


def _wait_until_well(callers: Callers, watch: Watch) -> float:
    """Ask until an answer comes through Redis and both processes say it is in use; the seconds."""
    started = time.monotonic()
    while time.monotonic() < started + 4 * BACK_SECONDS:
        if callers.ask(watch) and callers.is_well():
            break
        time.sleep(PAUSE_SECONDS)
    return time.monotonic() - started


def _timed(client: httpx2.Client, path: str, times: list[float]) -> httpx2.Response:
    started = time.monotonic()
    answer = client.get(path)
    times.append(time.monotonic() - started)
    return answer
