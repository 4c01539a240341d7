"""Many partners at once on real servers: processes, their database, and callers in threads."""

from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import httpx2
from sqlalchemy import Engine

from service.database import make_engine
from service.settings import Settings
from tests import databases
from tests.factories import ADMIN, a_partner, bearer
from tests.house.server import without_settings
from tests.service.test_cli import Serving

Job = TypeVar("Job")
Done = TypeVar("Done")


@dataclass(frozen=True)
class Stage:
    """Servers over one database, and a way to look into it."""

    servers: list[Serving]
    engine: Engine
    client: httpx2.Client = field(default_factory=partial(httpx2.Client, timeout=120))
    """One for all callers: what a client reads at its start takes longer than a call."""

    def call(self, turn: int, method: str, path: str, key: str, **more: Any) -> httpx2.Response:
        """One call to one of the servers, in turn."""
        url = f"{self.servers[turn % len(self.servers)].url}{path}"
        headers = bearer(key) | more.pop("headers", {})
        return self.client.request(method, url, headers=headers, **more)

    def make_partners(self, count: int) -> list[str]:
        """Keys of so many partners, registered now."""
        return [self._make_partner() for _ in range(count)]

    def _make_partner(self) -> str:
        made = self.call(0, "POST", "/v1/admin/partners", ADMIN, json=a_partner()).json()["id"]
        body = {"scope": "partner", "name": "Partner", "partner_id": made}
        return self.call(0, "POST", "/v1/admin/keys", ADMIN, json=body).json()["secret"]


def environment_of(kind: str, folder: Path, postgres_url: str) -> dict[str, str]:
    """The variables of servers over a new database of a kind: sqlite or postgresql."""
    own = {"BULIAN_ADMIN_KEY": ADMIN, "BULIAN_DATA_DIR": str(folder / "data")}
    if kind == "postgresql":
        name = f"race_{folder.name.replace('-', '_')}"
        databases.run(postgres_url, f"CREATE DATABASE {name}")
        own["BULIAN_DATABASE_URL"] = postgres_url.replace("/postgres?", f"/{name}?")
    return without_settings() | own


def engine_of(environment: dict[str, str]) -> Engine:
    """The database of these servers."""
    settings = Settings.model_validate(
        {
            "data_dir": environment["BULIAN_DATA_DIR"],
            "database_url": environment.get("BULIAN_DATABASE_URL"),
        }
    )
    return make_engine(settings.engine_url)


@contextmanager
def staged(kind: str, folder: Path, postgres_url: str) -> Generator[Stage]:
    """One server over SQLite, or two over PostgreSQL; stopped at the end."""
    environment = environment_of(kind, folder, postgres_url)
    with ExitStack() as stack:
        servers: list[Serving] = []
        for number in range(1 if kind == "sqlite" else 2):
            place = folder / str(number)
            place.mkdir()
            servers.append(Serving(environment, place, "--no-demo"))
            stack.callback(servers[-1].stop)
        engine = engine_of(environment)
        stack.callback(engine.dispose)
        stage = Stage(servers, engine)
        stack.callback(stage.client.close)
        yield stage


def at_once(work: Callable[[Job], Done], jobs: Iterable[Job]) -> list[Done]:
    """The work on every job, all begun together; in the order of the jobs."""
    waiting = list(jobs)
    with ThreadPoolExecutor(len(waiting)) as pool:
        return list(pool.map(work, waiting))
