"""Who sends callers to servers: only to those that said lately that they are ready."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Final

import httpx2

from tests.house.server import is_ready
from tests.soak.world import client_of

CHECK_SECONDS: Final = 0.05
PAUSE_SECONDS: Final = 0.05
"""Between two calls of a thread: whoever starts needs some of the machine, too."""

THREADS: Final = 4
TOLD: Final = 5


@dataclass
class Place:
    """A server behind the balancer; each start has another address."""

    url: str
    is_ready: bool = True


@dataclass
class Balancer:
    """Callers that call until they are told to end, each time the next ready server.

    Attributes:
        places: the servers.
        call: makes one call; a word on what was wrong with its answer, "" for nothing.
        looks_ready: whether the server at an address is.
        done: calls that were answered.
        faults: what was wrong with the others.
    """

    places: list[Place]
    call: Callable[[httpx2.Client, int], str]
    looks_ready: Callable[[str], bool] = is_ready
    over: threading.Event = field(default_factory=threading.Event)
    done: int = 0
    faults: list[str] = field(default_factory=list[str])
    _numbers: "count[int]" = field(default_factory=lambda: count(1))
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _threads: list[threading.Thread] = field(default_factory=list[threading.Thread])

    def start(self) -> None:
        """Begin."""
        works = [self._check, *[self._work] * THREADS]
        self._threads += [threading.Thread(target=work) for work in works]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End; calls under way are finished."""
        self.over.set()
        for thread in self._threads:
            thread.join()

    def _check(self) -> None:
        while not self.over.wait(CHECK_SECONDS):
            for place in self.places:
                place.is_ready = self.looks_ready(place.url)

    def _work(self) -> None:
        clients: dict[str, httpx2.Client] = {}
        while not self.over.is_set():
            number = next(self._numbers)
            ready = [place.url for place in self.places if place.is_ready]
            if not ready:
                self._note("nobody is ready")
                time.sleep(CHECK_SECONDS)
                continue
            url = ready[number % len(ready)]
            client = clients.setdefault(url, client_of(url))
            try:
                self._note(self.call(client, number))
            except httpx2.TransportError as error:
                self._note(f"{type(error).__name__}: {error}")
            self.over.wait(PAUSE_SECONDS)
        for client in clients.values():
            client.close()

    def _note(self, fault: str) -> None:
        with self._lock:
            self.done += not fault
            if fault:
                self.faults.append(fault)
