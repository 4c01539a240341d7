"""Turns: one worker at a time, nobody delayed by somebody else, nothing lost when one stops."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import wait

import pytest
import structlog
from sqlalchemy import text

from service.webhooks import courier as couriers
from service.webhooks.courier import THREADS, Courier
from tests.service.webhooks.receiver import OPEN_GATE, Received, Reply
from tests.service.webhooks.station import MovedClock, Station, came_to, tick, work_off


def test_slow_receivers_delay_nobody_else(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More receivers hang than a lane has threads; once known they have a lane of their own."""
    monkeypatch.setattr(couriers, "SLOW_MS", 100)
    slow = [station.hook(url=f"{station.receiver.url}/slow/{n}") for n in range(THREADS + 4)]
    quick = station.hook(url=f"{station.receiver.url}/quick")
    release = threading.Event()

    def hang(received: Received) -> Reply:
        if "/slow/" in received.path:
            release.wait(0.2 if len(gaps) == 1 else 20)
        return Reply()

    gaps = station.gaps()
    station.receiver.answer = hang
    work_off(station.courier)
    gaps += station.gaps(2)
    turns = station.courier.tick()
    assert len(turns) == len(slow) + 1
    assert soon(lambda: len(came_to(station, quick)) == 3), "while the others hang"
    assert sum(turn.done() for turn in turns) <= 1
    release.set()
    wait(turns)
    work_off(station.courier)
    for path in (*slow, quick):
        assert came_to(station, path) == gaps


def soon(holds: Callable[[], bool]) -> bool:
    """Whether something comes to hold within ten seconds."""
    pause = threading.Event()
    return any(holds() or pause.wait(0.05) for _ in range(200))


def test_a_turn_ends_after_a_while_and_another_begins(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(couriers, "TURN_SECONDS", 0.0)
    path = station.hook()
    station.gaps(3)
    assert tick(station.courier) == 1
    assert station.came == [], "no time at all: nothing was sent, and the turn was given back"
    monkeypatch.setattr(couriers, "TURN_SECONDS", 5.0)
    work_off(station.courier)
    assert len(station.told(path)) == 3


def test_what_is_under_way_may_end_when_the_courier_stops(station: Station) -> None:
    path = station.hook()
    station.gaps(3)
    began, go_on = threading.Event(), threading.Event()

    def hang(_: Received) -> Reply:
        began.set()
        go_on.wait(5)
        return Reply()

    station.receiver.answer = hang
    station.courier.tick()
    began.wait(5)
    closing = threading.Thread(target=station.courier.close)
    closing.start()
    go_on.set()
    closing.join(5)
    assert not closing.is_alive()
    assert [line["status"] for line in station.log(path)] == ["delivered"]
    other = Courier(station.engine, OPEN_GATE, station.receiver.tls())
    station.receiver.answer = lambda _: Reply()
    work_off(other)
    other.close()
    assert len(station.told(path)) == 3


def test_a_worker_that_lost_its_turn_keeps_nothing(
    station: Station, moved_clock: MovedClock
) -> None:
    """A worker stands still for longer than its lease; the event is sent by another one too."""
    path = station.hook()
    (gap,) = station.gaps()
    other = Courier(station.engine, OPEN_GATE, station.receiver.tls())

    def stand_still(_: Received) -> Reply:
        station.receiver.answer = lambda _: Reply()
        moved_clock.move(seconds=61)
        assert tick(other) == 1
        return Reply()

    station.receiver.answer = stand_still
    work_off(station.courier)
    other.close()
    assert station.told(path) == [gap, gap]
    assert station.came[0].event_id == station.came[1].event_id
    assert [line["number"] for line in station.log(path)] == [1]


def test_two_workers_share_the_work_and_keep_the_order(station: Station) -> None:
    paths = [station.hook(url=f"{station.receiver.url}/{n}") for n in range(6)]
    gaps = station.gaps(10)
    other = Courier(station.engine, OPEN_GATE, station.receiver.tls())
    for _ in range(20):
        wait([*station.courier.tick(), *other.tick()])
    other.close()
    assert [came_to(station, path) for path in paths] == [gaps] * len(paths)
    assert set(Counter(station.receiver.event_ids).values()) == {len(paths)}


def test_a_turn_that_fails_is_logged_and_had_again(station: Station) -> None:
    path = station.hook()
    station.gaps()

    def rename(one: str, other: str) -> None:
        with station.engine.begin() as connection:
            connection.execute(text(f"ALTER TABLE {one} RENAME TO {other}"))

    def hide(_: Received) -> Reply:
        rename("webhook_delivery", "hidden")
        return Reply()

    station.receiver.answer = hide
    with structlog.testing.capture_logs() as lines:
        (turn,) = station.courier.tick()
        wait([turn])
    assert turn.exception() is not None
    assert [line["event"] for line in lines] == ["webhook turn failed"]
    assert path.endswith(str(lines[0]["webhook_id"]))
    rename("hidden", "webhook_delivery")
    station.receiver.answer = lambda _: Reply()
    work_off(station.courier)
    assert len(station.told(path)) == 2
    assert station.came[0].event_id == station.came[1].event_id
