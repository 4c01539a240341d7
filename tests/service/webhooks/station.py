"""A portal with a receiver on this machine and a courier that may call it; a clock that moves."""

from concurrent.futures import wait
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import FastAPI
from sqlalchemy import Engine
from standardwebhooks import Webhook as Verifier
from starlette.testclient import TestClient

from service.webhooks.courier import Courier
from tests import factories
from tests.factories import a_gap, a_webhook, register
from tests.service.webhooks.receiver import Received, Receiver


class MovedClock:
    """The time of day, and how far it has been moved."""

    def __init__(self) -> None:
        self.moved = timedelta(0)

    def now(self, _tz: object = None) -> datetime:
        return datetime.now(UTC) + self.moved

    def move(self, **by: float) -> None:
        self.moved += timedelta(**by)


def tick(courier: Courier) -> int:
    """Have what is due delivered; says to how many webhooks."""
    turns = courier.tick()
    wait(turns)
    for turn in turns:
        turn.result()
    return len(turns)


def work_off(courier: Courier) -> None:
    """Have everything delivered that is due now."""
    while tick(courier):
        pass


@dataclass
class Station:
    """A portal with its receiver, and what delivers."""

    app: FastAPI
    portal: TestClient
    receiver: Receiver
    courier: Courier
    secrets: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def engine(self) -> Engine:
        return self.app.state.runtime.engine

    def client(self, secret: str) -> TestClient:
        return TestClient(self.app, headers=factories.bearer(secret))

    def hook(self, client: TestClient | None = None, **fields: Any) -> str:
        """The path of a new webhook, the portal's where nobody else is named."""
        body = a_webhook(**{"url": self.receiver.url, **fields})
        made = register(client or self.portal, "webhooks", body)
        path = f"/v1/webhooks/{made['id']}"
        self.secrets[path] = made["secret"]
        return path

    def gaps(self, number: int = 1) -> list[str]:
        """The ids of new gaps, in order."""
        return [register(self.portal, "gaps", a_gap())["id"] for _ in range(number)]

    def told(self, path: str) -> list[str]:
        """The subjects of what has come in, every signature verified, in order."""
        return [verified(one, self.secrets[path])["data"]["subject"]["id"] for one in self.came]

    @property
    def came(self) -> list[Received]:
        return self.receiver.received

    def read(self, path: str) -> dict[str, Any]:
        return self.portal.get(path).json()

    def log(self, path: str) -> list[dict[str, Any]]:
        """The delivery log, oldest first."""
        return self.portal.get(f"{path}/deliveries?limit=100").json()["items"][::-1]


def verified(received: Received, secret: str) -> dict[str, Any]:
    """What a message says, once the library's own verifier has accepted it."""
    return Verifier(secret).verify(received.body, received.headers)


def came_to(station: Station, hook: str) -> list[str]:
    """The subjects of what came to the address of one webhook, verified, in order."""
    end = station.read(hook)["url"].partition("/hooks")[2]
    mine = [one for one in station.came if one.path == f"/hooks{end}"]
    return [verified(one, station.secrets[hook])["data"]["subject"]["id"] for one in mine]
