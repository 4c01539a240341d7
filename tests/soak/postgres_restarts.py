"""PostgreSQL restarted under load: nothing lost, and soon nobody notices any more."""

import os
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import psycopg

from tests import databases
from tests.service.racing import engine_of
from tests.soak.promises import Promise, none_of
from tests.soak.site import Site, new_database, serving
from tests.soak.tickets import Clerks, Said, kept, stored_in

HOWS: Final = {"fast": signal.SIGINT, "immediate": signal.SIGQUIT}
"""As `pg_ctl stop -m` calls them: the second is a crash, which is recovered from at the start."""

FULL_ROUNDS, SMALL_ROUNDS = 5, 1
WORK_SECONDS: Final = 3.0
"""Of load before each restart and after the last."""

GRACE_SECONDS: Final = 1.0
LEAST_CALLS: Final = 100
LOOK_SECONDS: Final = 0.01
MOST_SECONDS: Final = 60.0


class Restart:
    """One restart: when it was asked for, and when PostgreSQL answered again."""

    def __init__(self, url: str, how: int) -> None:
        server = _server_of(url)
        self.down = time.monotonic()
        pid = _pid_of(server.pgdata)
        os.kill(pid, how)
        _wait_until_gone(pid)
        starter = threading.Thread(target=server.ensure_postgres_running)
        starter.start()
        self.back = _wait_until_back(url)
        starter.join()


def run(site: Site) -> Iterator[Promise]:
    """Both ways of restarting, several times, while gaps are registered."""
    environment = new_database(site, "postgresql", "restart")
    folder = site.folder / "restart_postgresql"
    rounds = SMALL_ROUNDS if site.is_small else FULL_ROUNDS
    restarts: list[Restart] = []
    with serving(environment, folder / "one") as server:
        clerks = Clerks(lambda: server.url, wanted=10**9)
        clerks.start()
        try:
            for how in [*HOWS.values()] * rounds:
                time.sleep(WORK_SECONDS)
                restarts.append(Restart(environment["BULIAN_DATABASE_URL"], how))
            time.sleep(WORK_SECONDS)
        finally:
            clerks.stop()
    engine = engine_of(environment)
    what = f"{len(restarts)} restarts of PostgreSQL"
    yield from kept(what, LEAST_CALLS, clerks.acknowledged, stored_in(engine))
    engine.dispose()
    after = calls_after([(one.down, one.back) for one in restarts], clerks.said)
    wrong = [said for said in after if said.status not in {200, 201}]
    bad = len(wrong) + len(clerks.faults)
    yield none_of(f"errors from {GRACE_SECONDS:g} s after, {what}", LEAST_CALLS, bad, len(after))
    for said in wrong[:5]:
        since = min(said.begun - one.back for one in restarts if one.back <= said.begun)
        told = f"{said.status} {since:.2f} s after"
        yield Promise("  for example", "", told, is_ok=False)


def calls_after(restarts: Sequence[tuple[float, float]], said: Sequence[Said]) -> list[Said]:
    """Calls begun a second or more after PostgreSQL was back, and ended before it went again.

    Args:
        restarts: when each was asked for and when it was over, in order.
        said: all calls.
    """
    downs = [*(down for down, _ in restarts[1:]), float("inf")]
    return [
        one
        for (_, back), down in zip(restarts, downs, strict=True)
        for one in said
        if one.begun >= back + GRACE_SECONDS and one.ended < down
    ]


def _server_of(url: str) -> "databases.PostgresServer":
    """The server that this process started."""
    with psycopg.connect(url) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
    assert row is not None
    return databases.server_in(Path(row[0]))


def _pid_of(folder: Path) -> int:
    return int((folder / "postmaster.pid").read_text().split()[0])


def _wait_until_gone(pid: int) -> None:
    until = time.monotonic() + MOST_SECONDS
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(LOOK_SECONDS)
    raise RuntimeError("PostgreSQL did not end")


def _wait_until_back(url: str) -> float:
    """The moment it answers a question again."""
    until = time.monotonic() + MOST_SECONDS
    while time.monotonic() < until:
        with suppress(psycopg.OperationalError), psycopg.connect(url) as connection:
            connection.execute("SELECT 1")
            return time.monotonic()
        time.sleep(LOOK_SECONDS)
    raise RuntimeError("PostgreSQL did not come back")
