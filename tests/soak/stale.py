"""No stale answer: two processes, one database, one Valkey that is slowed, killed and restarted.

A third process has a copy of the database, which goes on differently: what a backup restored
elsewhere is. Its answers have the same name and seal in Valkey.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from tests.service.valkeys import Valkey, running_valkey
from tests.soak import world
from tests.soak.ledger import ELSEWHERE, Ledger
from tests.soak.line import Line, Trouble, line_to
from tests.soak.oracle import Question
from tests.soak.promises import Promise, none_of
from tests.soak.readers import Reader
from tests.soak.site import KINDS, Place, Site, copy_of, new_database, serving
from tests.soak.writers import Writer

WRITERS: Final = 2
READERS: Final = 3
EVERY_SECONDS: Final = 0.02
"""One write, of all writers together."""

SLOWED_SECONDS: Final = 0.03
LOOK_SECONDS: Final = 0.05


@dataclass(frozen=True, slots=True)
class Size:
    """How long one run is.

    Attributes:
        reads: how many are asked for.
        links: whose records and questions there are, 60 questions a link.
        is_copied: whether a copy of the database goes on elsewhere beside it.
        phase_seconds: how long Valkey is well, slowed, away and back again, each.
        most_seconds: when it ends whatever was reached.
    """

    reads: int
    links: int
    is_copied: bool
    phase_seconds: float
    most_seconds: float


FULL = Size(reads=20_000, links=5, is_copied=True, phase_seconds=5, most_seconds=1800)
SMALL = Size(reads=600, links=2, is_copied=True, phase_seconds=1, most_seconds=60)


@dataclass
class Run:
    """What all threads of a run share."""

    size: Size
    ledger: Ledger
    questions: list[Question]
    over: threading.Event = field(default_factory=threading.Event)
    rounds: int = 0
    """How often Valkey was slowed, killed and back."""

    writers: list[Writer] = field(default_factory=list[Writer])
    readers: list[Reader] = field(default_factory=list[Reader])

    def hire(self, urls: list[str]) -> None:
        """Readers, and writers who share the records between them."""
        place, ids = Place(urls, self.ledger, self.over), sorted(self.ledger.look().known)
        pace = EVERY_SECONDS * WRITERS
        self.writers += [
            Writer(number, place, ids[number::WRITERS], pace) for number in range(WRITERS)
        ]
        self.readers += [Reader(number, place, self.questions) for number in range(READERS)]

    def hire_elsewhere(self, url: str) -> None:
        """A writer and a reader of the same records and questions in a copy of the database."""
        ledger = self.ledger.copy(ELSEWHERE)
        place, ids = Place([url], ledger, self.over), sorted(ledger.look().known)
        self.writers.append(Writer(WRITERS, place, ids, EVERY_SECONDS))
        self.readers.append(Reader(READERS, place, self.questions, EVERY_SECONDS))

    def reads(self) -> int:
        """How many were made."""
        return sum(reader.reads for reader in self.readers)

    def work(self, torment: Callable[[], None]) -> None:
        """All at once, until enough was read and Valkey went through all, or time is up."""
        jobs = [torment, *(one.work for one in (*self.writers, *self.readers))]
        threads = [threading.Thread(target=job) for job in jobs]
        for thread in threads:
            thread.start()
        until = time.monotonic() + self.size.most_seconds
        try:
            while time.monotonic() < until and all(thread.is_alive() for thread in threads):
                if self.rounds and self.reads() >= self.size.reads:
                    break
                time.sleep(LOOK_SECONDS)
        finally:
            self.over.set()
            for thread in threads:
                thread.join()

    def torment(self, line: Line, valkey: Valkey) -> None:
        """Slow Valkey, kill it, have it back, until the run is over; it is left well."""
        while not self.over.is_set():
            line.turn(Trouble.SLOW, SLOWED_SECONDS)
            self._wait()
            line.turn(Trouble.NONE)
            valkey.kill()
            self._wait()
            valkey.start()
            self._wait()
            self._wait()
            self.rounds += 1

    def _wait(self) -> None:
        self.over.wait(self.size.phase_seconds)


def run(site: Site) -> Iterator[Promise]:
    """The promise on each kind of database."""
    for kind in KINDS:
        yield from measure(site, kind, SMALL if site.is_small else FULL)


def measure(site: Site, kind: str, size: Size) -> Iterator[Promise]:
    """One run on a kind of database."""
    environment = new_database(site, kind, "stale")
    folder = site.folder / f"stale_{kind}"
    ledger = Ledger()
    with ExitStack() as stack:
        valkey = stack.enter_context(running_valkey(folder / "valkey"))
        line = stack.enter_context(line_to(valkey.port))
        environment["BULIAN_REDIS_URL"] = line.url
        one = stack.enter_context(serving(environment, folder / "one"))
        with world.client_of(one.url) as client:
            questions = world.populate(client, ledger, size.links)
        soak = Run(size, ledger, questions)
        if size.is_copied:
            there = serving(copy_of(environment), folder / "elsewhere")
            soak.hire_elsewhere(stack.enter_context(there).url)
        two = stack.enter_context(serving(environment, folder / "two"))
        soak.hire([one.url, two.url])
        soak.work(partial(soak.torment, line, valkey))
    yield from _told(kind, soak)


def _told(kind: str, soak: Run) -> Iterator[Promise]:
    reads, writes = soak.reads(), sum(writer.writes for writer in soak.writers)
    found = [fault for reader in soak.readers for fault in reader.faults]
    refused = [refusal for one in (*soak.writers, *soak.readers) for refusal in one.refused]
    kinds = sum((reader.kinds for reader in soak.readers), Counter[str]())
    share = f"{writes:,} writes, {kinds['hit'] / max(reads, 1):.0%} hits, {kinds['304']:,} × 304"
    yield none_of(f"stale answers, {kind}", soak.size.reads, len(found), reads, share)
    yield none_of(f"calls refused, {kind}", soak.size.reads, len(refused), reads + writes)
    for fault in [*found[:5], *refused[:5]]:
        yield Promise("  for example", "", fault, is_ok=False)
    told = f"{soak.rounds} times"
    yield Promise(f"Valkey slowed, killed, back, {kind}", "≥ 1 times", told, soak.rounds > 0)
