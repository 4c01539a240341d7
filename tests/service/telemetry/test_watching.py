"""The look at the database: seldom, and not waited for longer than can be."""

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from service.database import make_engine
from service.repositories import backlog
from service.repositories.backlog import Backlog
from service.telemetry.watching import SECONDS_KEPT, Watch
from tests.factories import a_gap, register, runtime_of


class Ticks:
    seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def engine_at_hand(embedded: TestClient) -> Engine:
    return runtime_of(embedded).engine


def test_what_was_seen_is_kept_for_some_seconds(
    embedded: TestClient, engine_at_hand: Engine
) -> None:
    ticks = Ticks()
    watch = Watch(ticks=ticks)
    first = watch.backlog(engine_at_hand)
    assert first is not None
    register(embedded, "gaps", a_gap())
    ticks.seconds += SECONDS_KEPT
    assert watch.backlog(engine_at_hand) is first
    ticks.seconds += 0.1
    later = watch.backlog(engine_at_hand)
    assert later is not None
    assert later.events == first.events + 1


def test_a_database_that_is_away_says_nothing_and_is_asked_again() -> None:
    engine = make_engine("postgresql+psycopg://nobody@127.0.0.1:1/none")
    watch = Watch()
    assert [watch.backlog(engine) for _ in range(2)] == [None, None]
    engine.dispose()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[threading.Event]]:
    """Looks that last until the test lets them end; one event for each that has begun."""
    begun: list[threading.Event] = []

    def read(_session: object, _moment: object) -> Backlog:
        ends = threading.Event()
        begun.append(ends)
        ends.wait(10)
        return Backlog(events=len(begun))

    monkeypatch.setattr(backlog, "read", read)
    yield begun
    for ends in begun:
        ends.set()


def test_a_database_that_hangs_is_not_waited_for(
    engine_at_hand: Engine, slow: list[threading.Event]
) -> None:
    watch = Watch(patience_seconds=0.05)
    assert [watch.backlog(engine_at_hand) for _ in range(3)] == [None, None, None]
    assert len(slow) == 1
    slow[0].set()
    for thread in threading.enumerate():
        if thread.name == "backlog":
            thread.join(5)
    assert watch.backlog(engine_at_hand) == Backlog(events=1)
