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
from tests.soak.ledger import Ledger
from tests.soak.line import Line, Trouble, line_to
from tests.soak.oracle import ELSEWHERE, Question
from tests.soak.promises import Promise, none_of
from tests.soak.readers import Reader
from tests.soak.site import KINDS, Place, Site, copy_of, new_database, serving
from tests.soak.writers import Writer

WRITERS: Final = 2
READERS: Final = 3
EVERY_SECONDS: Final = 0.02
"""One write, of all writers together."""

SLOWED_SECONDS: Final = 0.03


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


FULL = Size(reads=20_000, links=5, is_copied=True, phase_seconds=5, most_seconds=900)
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
        soak, others = Run(size, ledger, questions), list[Writer | Reader]()
        if size.is_copied:
            there = serving(copy_of(environment), folder / "elsewhere")
            others = _people_elsewhere(soak, stack.enter_context(there).url)
        two = stack.enter_context(serving(environment, folder / "two"))
        writers, readers = _people(soak, [one.url, two.url])
        jobs = [partial(soak.torment, line, valkey), *(one.work for one in (*writers, *others))]
        _work(soak, jobs, readers)
    yield from _told(kind, soak, writers, readers)


def _people(soak: Run, urls: list[str]) -> tuple[list[Writer], list[Reader]]:
    place, ids = Place(urls, soak.ledger, soak.over), sorted(soak.ledger.look().known)
    pace = EVERY_SECONDS * WRITERS
    writers = [Writer(number, place, ids[number::WRITERS], pace) for number in range(WRITERS)]
    return writers, [Reader(number, place, soak.questions) for number in range(READERS)]


def _people_elsewhere(soak: Run, url: str) -> list[Writer | Reader]:
    """The same records and questions in the copy; what is shown there is nobody's fault."""
    ledger = Ledger()
    for id_, known in soak.ledger.look().known.items():
        ledger.begin_new(known.group)
        ledger.add(id_, known.group)
    place, ids = Place([url], ledger, soak.over), sorted(ledger.look().known)
    writer = Writer(WRITERS, place, ids, EVERY_SECONDS * 5, ELSEWHERE)
    return [writer, Reader(READERS, place, soak.questions, EVERY_SECONDS)]


def _work(soak: Run, jobs: list[Callable[[], None]], readers: list[Reader]) -> None:
    """Everything at once, until enough was read and Valkey went through all, or time is up."""
    threads = [threading.Thread(target=job) for job in (*jobs, *(one.work for one in readers))]
    for thread in threads:
        thread.start()
    until = time.monotonic() + soak.size.most_seconds
    try:
        while time.monotonic() < until and all(thread.is_alive() for thread in threads):
            if soak.rounds and sum(reader.reads for reader in readers) >= soak.size.reads:
                break
            time.sleep(0.05)
    finally:
        soak.over.set()
        for thread in threads:
            thread.join()


def _told(kind: str, soak: Run, writers: list[Writer], readers: list[Reader]) -> Iterator[Promise]:
    reads = sum(reader.reads for reader in readers)
    found = [fault for reader in readers for fault in reader.faults]
    refused = [refusal for one in (*writers, *readers) for refusal in one.refused]
    writes = sum(writer.writes for writer in writers)
    kinds = sum((reader.kinds for reader in readers), Counter[str]())
    share = f"{writes:,} writes, {kinds['hit'] / max(reads, 1):.0%} hits, {kinds['304']:,} × 304"
    yield none_of(f"stale answers, {kind}", soak.size.reads, len(found), reads, share)
    for fault in found[:5]:
        yield Promise("  for example", "", fault, is_ok=False)
    yield none_of(f"calls refused, {kind}", soak.size.reads, len(refused), reads + writes)
    for refusal in refused[:5]:
        yield Promise("  for example", "", refusal, is_ok=False)
    told = f"{soak.rounds} times"
    yield Promise(f"Valkey slowed, killed, back, {kind}", "≥ 1 times", told, soak.rounds > 0)
