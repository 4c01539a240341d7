"""A server that is told to end answers whom it has heard; callers go where somebody is ready."""

from pathlib import Path

import httpx2

from tests.house.server import find_free_port
from tests.soak import restart
from tests.soak.balancer import Balancer, Place
from tests.soak.promises import render
from tests.soak.restart import Size
from tests.soak.site import Site

TINY = Size(calls=100, rounds=0, links=1, servers=1)


def test_calls_under_way_are_answered_before_the_end(tmp_path: Path) -> None:
    promises = list(restart.measure(Site(tmp_path, "", is_small=True), "sqlite", TINY))
    assert all(promise.is_ok for promise in promises), render(promises)
    assert len(promises) == 2


def until_enough(balancer: Balancer) -> Balancer:
    balancer.start()
    balancer.over.wait(30)
    balancer.stop()
    return balancer


def test_nobody_is_called_who_is_not_ready() -> None:
    called: list[str] = []
    here, gone = "http://127.0.0.1:1", "http://127.0.0.1:2"

    def call(client: httpx2.Client, number: int) -> str:
        called.append(str(client.base_url))
        if number >= 8:
            balancer.over.set()
        return ""

    balancer = Balancer([Place(here), Place(gone, is_ready=False)], call, here.__eq__)
    until_enough(balancer)
    assert set(called) == {here}
    assert (balancer.done, balancer.faults) == (len(called), [])


def test_faults_are_told() -> None:
    def call(client: httpx2.Client, number: int) -> str:
        if number == 1:
            client.get("/v1/zones")
        balancer.over.set()
        return "503 away"

    balancer = Balancer([Place(f"http://127.0.0.1:{find_free_port()}")], call, bool)
    faults = until_enough(balancer).faults
    assert balancer.done == 0
    assert any(fault.startswith("ConnectError") for fault in faults)
    assert "503 away" in faults
