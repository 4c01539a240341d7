"""Chores: again and again, whatever happens in them, until the server stops."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from fastapi import FastAPI
from sqlalchemy import Engine
from starlette.testclient import TestClient

from models.webhook import DeliveryStatus
from service import clock
from service.app import build, create_app
from service.background import KEPT_DELIVERIES, Background, Chore, chores_of, forget, own_chores
from service.scorer import Scorer
from service.settings import Settings
from service.telemetry.neighbours import Neighbours
from tests.factories import a_webhook, register, runtime_of
from tests.service.webhooks.logbook import log_delivery
from tests.service.webhooks.receiver import Received, Receiver, Reply
from tests.service.webhooks.station import MovedClock, Station

NEVER = 3600.0


def soon(holds: Callable[[], bool], seconds: float = 10.0) -> bool:
    until = time.monotonic() + seconds
    while not holds() and time.monotonic() < until:
        time.sleep(0.01)
    return holds()


def test_chores_are_done_again_and_again_side_by_side() -> None:
    done: list[str] = []
    release = threading.Event()
    chores = [
        Chore("quick", lambda: done.append("quick"), 0.01),
        Chore("slow", release.wait, NEVER),
        Chore("once", lambda: done.append("once"), NEVER),
    ]
    running = Background(chores)
    running.start()
    assert soon(lambda: done.count("quick") > 3)
    release.set()
    running.stop(5)
    counted = len(done)
    time.sleep(0.05)
    assert len(done) == counted, "nothing begins after the end"
    assert done.count("once") == 1


def test_a_chore_that_fails_is_logged_and_done_again() -> None:
    done: list[int] = []

    def fail() -> None:
        done.append(1)
        raise LookupError("what was sent")

    with structlog.testing.capture_logs() as lines:
        running = Background([Chore("failing", fail, 0.01)])
        running.start()
        assert soon(lambda: len(done) > 3)
        running.stop(5)
    assert {(line["event"], line["chore"]) for line in lines} == {("chore failed", "failing")}


def test_the_end_comes_quickly_between_two_runs() -> None:
    running = Background([Chore("hourly", lambda: None, NEVER)])
    running.start()
    start = time.monotonic()
    running.stop(10)
    assert time.monotonic() - start < 1


def test_what_is_under_way_may_end() -> None:
    done: list[str] = []
    began = threading.Event()

    def take_a_while() -> None:
        began.set()
        time.sleep(0.2)
        done.append("run")

    running = Background([Chore("long", take_a_while, NEVER, lambda: done.append("close"))])
    running.start()
    began.wait(5)
    running.stop(5)
    assert done == ["run", "close"]


def test_what_does_not_end_in_time_is_left_alone_and_told() -> None:
    release, closed = threading.Event(), threading.Event()
    stuck = Chore("stuck", release.wait, NEVER, closed.set)
    running = Background([stuck, Chore("good", lambda: None, NEVER)])
    running.start()
    start = time.monotonic()
    with structlog.testing.capture_logs() as lines:
        running.stop(0.1)
    assert time.monotonic() - start < 2
    assert [line["chore"] for line in lines] == ["stuck"]
    assert not closed.is_set(), "what is under way still needs what would be closed"
    release.set()
    assert closed.wait(5)


@pytest.fixture
def trusted(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """The receiver's certificate is among those an operator has named."""
    monkeypatch.setenv("SSL_CERT_FILE", str(receiver.certificate.file))


@pytest.mark.usefixtures("trusted")
def test_a_server_delivers_by_itself(station: Station) -> None:
    served = build(station.app.state.runtime, background=True)
    path = station.hook()
    with TestClient(served, headers=dict(station.portal.headers)) as client:
        assert client.get("/healthz").status_code == 200
        gaps = station.gaps(3)
        assert soon(lambda: len(station.came) == 3)
    assert station.told(path) == gaps
    station.gaps()
    time.sleep(0.05)
    assert len(station.came) == 3, "and stops when it is stopped"


@pytest.mark.usefixtures("trusted")
def test_a_message_under_way_ends_with_the_server(station: Station) -> None:
    path = station.hook()
    began = threading.Event()

    def hang(_: Received) -> Reply:
        began.set()
        time.sleep(0.3)
        return Reply()

    station.receiver.answer = hang
    station.gaps(5)
    running = Background(chores_of(station.app.state.runtime))
    running.start()
    assert began.wait(10)
    running.stop(10)
    assert [line["status"] for line in station.log(path)] == ["delivered"]
    assert len(station.came) == 1


@pytest.mark.parametrize("word", ["off", "on"])
def test_a_process_may_only_answer(
    settings: Settings, scorer: Scorer, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    monkeypatch.setenv("BULIAN_BACKGROUND", word)
    read = Settings().model_copy(
        update={"data_dir": settings.data_dir, "database_url": settings.database_url}
    )
    made = create_app(read, scorer)
    names = made.state.background.names
    assert "key uses" in names, "nobody else knows of them"
    assert ("webhooks" in names) == (word != "off")
    made.state.runtime.close()


def test_an_application_built_of_parts_tells_only_what_it_alone_knows(app: FastAPI) -> None:
    assert app.state.background is None
    assert build(app.state.runtime).state.background.names == ("key uses",)


def test_old_deliveries_are_forgotten(
    portal: TestClient, engine: Engine, moved_clock: MovedClock
) -> None:
    made = register(portal, "webhooks", a_webhook())["id"]
    old = clock.now() - KEPT_DELIVERIES - timedelta(minutes=1)
    kept_at = clock.now() - KEPT_DELIVERIES + timedelta(minutes=1)
    log_delivery(engine, made, at=old)
    log_delivery(engine, made, at=old, status=DeliveryStatus.WAITING)
    log_delivery(engine, made, at=kept_at)
    forget(engine)
    path = f"/v1/webhooks/{made}/deliveries"
    assert [line["number"] for line in portal.get(path).json()["items"]] == [3, 2]
    assert portal.post(f"{path}/1/redeliver").status_code == 404
    moved_clock.move(minutes=2)
    forget(engine)
    assert [line["number"] for line in portal.get(path).json()["items"]] == [2]
    assert portal.post(f"{path}/2/redeliver").json()["number"] == 2


def test_processes_of_a_server_show_each_other_their_figures(
    embedded: TestClient, tmp_path: Path
) -> None:
    parts = replace(runtime_of(embedded), neighbours=Neighbours(tmp_path))
    (shown, _) = own_chores(parts)
    shown.run()
    (file,) = tmp_path.glob("*.prom")
    assert "bulian_cache_entries" in file.read_text("utf-8")
    assert shown.close is not None
    shown.close()
    assert not file.exists()
