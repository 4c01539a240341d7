"""What tests of webhooks ask for: a receiver, a station around it, and a clock they may move."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import standardwebhooks.webhooks as library
from fastapi import FastAPI
from starlette.testclient import TestClient

from service import clock
from service.webhooks.courier import Courier
from tests.factories import PORTAL, bearer
from tests.service.battery import FIRMS, send
from tests.service.webhooks.receiver import OPEN_GATE, Receiver, running_receiver
from tests.service.webhooks.station import MovedClock, Station


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[Receiver]:
    """A receiver on this machine that accepts everything until told otherwise."""
    with running_receiver(tmp_path / "receiver") as running:
        yield running


@pytest.fixture
def moved_clock(monkeypatch: pytest.MonkeyPatch) -> MovedClock:
    """The service's clock, in a test's hand, and with it that of the receivers' verifier."""
    made = MovedClock()

    class Moment(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return made.now(tz)

    monkeypatch.setattr(clock, "now", made.now)
    monkeypatch.setattr(library, "datetime", Moment)
    return made


@pytest.fixture
def station(app: FastAPI, portal: TestClient, receiver: Receiver) -> Iterator[Station]:
    app.state.runtime = replace(app.state.runtime, gate=OPEN_GATE)
    courier = Courier(app.state.runtime.engine, OPEN_GATE, receiver.tls())
    yield Station(app, portal, receiver, courier)
    courier.close()


@pytest.fixture
def office(embedded: TestClient) -> TestClient:
    """A portal whose list the zone has."""
    portal = TestClient(embedded.app, headers=bearer(PORTAL))
    send(portal, FIRMS)
    return portal
