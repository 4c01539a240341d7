"""Workers in processes of their own: order is kept between them, and a killed one loses nothing."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess

from service.database import make_engine
from service.webhooks.courier import Courier
from tests.service.webhooks.receiver import OPEN_GATE, Received, Reply, trusting
from tests.service.webhooks.station import MovedClock, Station, came_to, work_off

GAPS = 12
SECONDS = 60


def work(url: str, trusted: str) -> None:
    """What a process does until it is killed."""
    courier = Courier(make_engine(url), OPEN_GATE, trusting(trusted))
    while True:
        courier.tick()
        time.sleep(0.05)


@contextmanager
def workers(station: Station, number: int) -> Generator[list[BaseProcess]]:
    """Processes that deliver what is due; killed at the end."""
    url = station.engine.url.render_as_string(hide_password=False)
    arguments = (url, station.receiver.certificate.trusted)
    context = multiprocessing.get_context("spawn")
    made: list[BaseProcess] = [
        context.Process(target=work, args=arguments, daemon=True) for _ in range(number)
    ]
    for process in made:
        process.start()
    yield made
    for process in made:
        process.kill()
        process.join(10)


def wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_two_processes_never_deliver_out_of_order(station: Station) -> None:
    paths = [station.hook(url=f"{station.receiver.url}/{n}") for n in range(4)]
    gaps = station.gaps(2)
    with workers(station, 2):
        wait_until(lambda: len(station.came) >= len(paths))
        gaps += station.gaps(GAPS)
        wait_until(lambda: len(station.came) >= len(paths) * len(gaps))
        time.sleep(0.2)
    assert [came_to(station, path) for path in paths] == [gaps] * len(paths)


def test_a_worker_killed_in_the_middle_loses_nothing(
    station: Station, moved_clock: MovedClock
) -> None:
    path = station.hook()
    gaps = station.gaps(3)
    killed = threading.Event()
    with workers(station, 1) as (worker,):

        def kill(_: Received) -> Reply:
            if len(station.came) == 2:
                os.kill(worker.pid or 0, signal.SIGKILL)
                killed.set()
            return Reply()

        station.receiver.answer = kill
        assert killed.wait(SECONDS)
        worker.join(10)
    work_off(station.courier)
    assert station.told(path) == gaps[:2], "the lease of the dead one still runs"
    moved_clock.move(seconds=61)
    work_off(station.courier)
    assert station.told(path) == [gaps[0], gaps[1], gaps[1], gaps[2]]
    assert station.came[1].event_id == station.came[2].event_id, "the receiver can tell"
    assert [line["number"] for line in station.log(path)] == [1, 2, 3]
