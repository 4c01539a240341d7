"""Servers that are stopped and started again while they are called: no call fails.

First two, one after the other, behind a balancer that looks at `/readyz`, as an upgrade would; then
one alone, whose calls under way are answered before it ends.
"""

import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import httpx2

from tests.factories import a_gap
from tests.service.test_cli import Serving
from tests.soak import world
from tests.soak.balancer import CHECK_SECONDS, TOLD, Balancer, Place
from tests.soak.ledger import Ledger
from tests.soak.promises import Promise, none_of
from tests.soak.site import Site, new_database

DRAIN_SECONDS = 1.0
"""Twenty looks of the balancer."""

WRITES_EVERY = 10
OK = frozenset({200, 201})


class Size(NamedTuple):
    """How long a run is."""

    calls: int
    rounds: int
    links: int
    servers: int


FULL, SMALL = Size(5_000, 4, 2, 2), Size(300, 1, 1, 2)


class Caller:
    """Makes the calls: rankings that nobody asked for before, and a write now and then."""

    def __init__(self, subjects: list[str]) -> None:
        self._subjects = subjects

    def __call__(self, client: httpx2.Client, number: int) -> str:
        """One call; what is wrong with its answer."""
        if number % WRITES_EVERY == 0:
            answer = client.post("/v1/gaps", json=a_gap(severity=number % 100))
        else:
            subject = self._subjects[number % len(self._subjects)]
            kind = "gaps" if subject.startswith("gap_") else "investors"
            answer = client.get(f"/v1/{kind}/{subject}/matches?limit=3&min_score={number % 10_000}")
        answer.json()
        return "" if answer.status_code in OK else f"{answer.status_code} {answer.text[:200]}"


def run(site: Site) -> Iterator[Promise]:
    """Both over PostgreSQL."""
    yield from measure(site, "postgresql", SMALL if site.is_small else FULL)


def measure(site: Site, kind: str, size: Size) -> Iterator[Promise]:
    """Rounds of restarts of every server, then the end of the last one with calls under way."""
    environment = new_database(site, kind, "restart") | {"BULIAN_DRAIN_SECONDS": f"{DRAIN_SECONDS}"}
    folder = site.folder / f"restart_{kind}"
    servers: list[Serving] = []
    with ExitStack() as stack:
        stack.callback(_kill_all, servers)
        while len(servers) < size.servers:
            servers.append(_started(environment, folder / str(len(servers))))
        caller = Caller(_subjects(servers[0], size.links))
        if size.rounds:
            yield from _restart_all(servers, environment, caller, size)
        for server in servers[1:]:
            server.stop()
        yield from _end_under_load(servers[0], caller, size)


def _restart_all(
    servers: list[Serving], environment: dict[str, str], caller: Caller, size: Size
) -> Iterator[Promise]:
    balancer = Balancer([Place(server.url) for server in servers], caller)
    balancer.start()
    try:
        for _ in range(size.rounds):
            for at, server in enumerate(servers):
                server.stop()
                servers[at] = _started(environment, server.out.parent)
                _wait_until_sent_to(balancer, at, servers[at].url)
        while balancer.done < size.calls and not balancer.faults:
            time.sleep(DRAIN_SECONDS)
    finally:
        balancer.stop()
    restarts = size.rounds * len(servers)
    faults, calls = len(balancer.faults), balancer.done + len(balancer.faults)
    yield none_of("failed calls, rolling restarts", size.calls, faults, calls, f"{restarts} times")
    for fault in balancer.faults[:TOLD]:
        yield Promise("  for example", "", fault, is_ok=False)


def _wait_until_sent_to(balancer: Balancer, at: int, url: str) -> None:
    """Go on to the next server only when the balancer has seen that this one is back."""
    balancer.places[at] = place = Place(url, is_ready=False)
    while not place.is_ready:
        time.sleep(CHECK_SECONDS)


def _end_under_load(server: Serving, caller: Caller, size: Size) -> Iterator[Promise]:
    """Nobody calls any more once it was told to end; those that did get their answers."""
    balancer = Balancer([Place(server.url)], caller)
    balancer.start()
    while balancer.done < size.calls // 10 and not balancer.faults:
        time.sleep(DRAIN_SECONDS / 100)
    balancer.over.set()
    server.process.send_signal(signal.SIGTERM)
    balancer.stop()
    status = server.process.wait(30)
    faults, calls = len(balancer.faults), balancer.done + len(balancer.faults)
    yield none_of("calls cut off, one server", size.calls // 10, faults, calls)
    for fault in balancer.faults[:TOLD]:
        yield Promise("  for example", "", fault, is_ok=False)
    yield Promise("end of one server", "as told", f"{status}", status in {0, -signal.SIGTERM})


def _kill_all(servers: list[Serving]) -> None:
    for server in servers:
        server.process.kill()
        server.process.wait()


def _started(environment: dict[str, str], folder: Path) -> Serving:
    folder.mkdir(exist_ok=True)
    return Serving(environment, folder, "--no-demo")


def _subjects(server: Serving, links: int) -> list[str]:
    with world.client_of(server.url) as client:
        questions = world.populate(client, Ledger(), links)
    return sorted({question.subject for question in questions})
