"""`kill -9` of the server at random instants, and restarts: nothing lost, nothing doubled."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Final

from tests.house.server import PROGRAM
from tests.service.racing import engine_of
from tests.service.test_cli import Serving
from tests.soak import postgres_restarts
from tests.soak.promises import Promise, none_of
from tests.soak.site import KINDS, Site, new_database
from tests.soak.tickets import NO_ANSWER, Clerks, kept, stored_in

FULL_WRITES, SMALL_WRITES = 10_000, 500
FULL_KILLS, SMALL_KILLS = 40, 3
"""About so many: writes between a start and the next kill, and the instant after, are by chance."""

LEAST_KILLS: Final = 2
INSTANT_SECONDS: Final = 0.05
LOOK_SECONDS: Final = 0.002
MOST_SECONDS: Final = 1800.0
SENT_AGAIN: Final = 200


class Mortal:
    """A server that is killed and started again, each time at an address of its own."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self._environment, self._folder = environment, folder
        self.kills = 0
        self._server = self._start()

    def url(self) -> str:
        """Where it is, or was last."""
        return self._server.url

    def die(self) -> None:
        """`kill -9`, and a new start."""
        self._server.process.kill()
        self._server.process.wait()
        self.kills += 1
        self._server = self._start()

    def stop(self) -> None:
        """The end, whatever the state."""
        self._server.process.kill()
        self._server.process.wait()

    def _start(self) -> Serving:
        return Serving(self._environment, self._folder, "--no-demo")


def run(site: Site) -> Iterator[Promise]:
    """Killed servers over each kind of database, then a restarted PostgreSQL."""
    wanted = SMALL_WRITES if site.is_small else FULL_WRITES
    between = wanted // (SMALL_KILLS if site.is_small else FULL_KILLS)
    for kind in KINDS:
        yield from _killed(site, kind, wanted, between)
    yield from postgres_restarts.run(site)


def _killed(site: Site, kind: str, wanted: int, between: int) -> Iterator[Promise]:
    environment = new_database(site, kind, "kill")
    server = Mortal(environment, site.folder / f"kill_{kind}")
    clerks = Clerks(server.url, wanted)
    try:
        clerks.start()
        _kill_at_random(server, clerks, between)
        clerks.stop()
        numbers = Random(kind).sample(  # noqa: S311 - repeatable, not secret
            sorted(clerks.acknowledged), min(SENT_AGAIN, len(clerks.acknowledged))
        )
        changed = clerks.again(numbers)
    finally:
        clerks.over.set()
        server.stop()
    engine = engine_of(environment)
    what = f"kill -9, {kind}"
    yield from kept(what, wanted, clerks.acknowledged, stored_in(engine))
    engine.dispose()
    yield none_of(f"another gap when sent again, {what}", len(numbers), len(changed), len(numbers))
    yield none_of(f"answers that cannot be, {what}", wanted, *_wrong(clerks))
    yield Promise(
        f"kills, {kind}", f"≥ {LEAST_KILLS}", f"{server.kills}", server.kills >= LEAST_KILLS
    )
    checked = subprocess.run([PROGRAM, "verify"], env=environment, check=False, capture_output=True)
    told = "intact" if checked.returncode == 0 else checked.stdout.decode()[-200:].strip()
    yield Promise(f"the log of events, {what}", "intact", told, checked.returncode == 0)


def _kill_at_random(server: Mortal, clerks: Clerks, between: int) -> None:
    """Until the clerks have enough, or time is up; `between` is the mean of writes in between."""
    chance = Random()  # noqa: S311 - an instant nobody chose
    until = time.monotonic() + MOST_SECONDS
    following = chance.randint(1, between)
    while time.monotonic() < until and not clerks.over.wait(LOOK_SECONDS):
        if len(clerks.acknowledged) >= following:
            time.sleep(chance.uniform(0, INSTANT_SECONDS))
            server.die()
            following = len(clerks.acknowledged) + chance.randint(1, 2 * between)


def _wrong(clerks: Clerks) -> tuple[int, int]:
    """Answers other than a gap or `409` (a first call that is still running), of all answers."""
    told = [said.status for said in clerks.said if said.status != NO_ANSWER]
    return len(clerks.faults) + sum(status not in {200, 201, 409} for status in told), len(told)
