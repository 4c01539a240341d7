"""Where parts run: databases and their copies, and servers over them."""

import sqlite3
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from tests import databases
from tests.service.racing import environment_of
from tests.service.test_cli import Serving
from tests.soak.ledger import Ledger
from tests.soak.promises import Promise

KINDS = ("sqlite", "postgresql")


class Site(NamedTuple):
    """What a part may use.

    Attributes:
        folder: its own.
        postgres_url: of a server.
        is_small: whether a short run is wanted.
    """

    folder: Path
    postgres_url: str
    is_small: bool


class Place(NamedTuple):
    """Where callers work.

    Attributes:
        urls: of the processes.
        ledger: what was acknowledged there.
        over: when to stop.
    """

    urls: Sequence[str]
    ledger: Ledger
    over: threading.Event


Part = Callable[[Site], Iterator[Promise]]


def new_database(site: Site, kind: str, name: str) -> dict[str, str]:
    """The environment of servers over a new database."""
    folder = site.folder / f"{name}_{kind}"
    folder.mkdir()
    return environment_of(kind, folder, site.postgres_url)


def copy_of(environment: dict[str, str]) -> dict[str, str]:
    """The environment of servers over a copy of a database, made while it is in use."""
    folder = Path(f"{environment['BULIAN_DATA_DIR']}_copy")
    address = environment.get("BULIAN_DATABASE_URL")
    if address is not None:
        return environment | {"BULIAN_DATABASE_URL": _copy_postgres(address)}
    folder.mkdir()
    source = Path(environment["BULIAN_DATA_DIR"]) / "bulian.sqlite3"
    with (
        closing(sqlite3.connect(source)) as old,
        closing(sqlite3.connect(folder / source.name)) as new,
    ):
        old.backup(new)
    return environment | {"BULIAN_DATA_DIR": str(folder)}


def _copy_postgres(address: str) -> str:
    """Nobody may be connected while it is copied; who was connects again."""
    place, _, options = address.partition("?")
    server, _, name = place.rpartition("/")
    databases.run(
        f"{server}/postgres?{options}",
        f"ALTER DATABASE {name} ALLOW_CONNECTIONS false",
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "  # noqa: S608 - our own
        f"WHERE datname = '{name}'",
        f"CREATE DATABASE {name}_copy TEMPLATE {name}",
        f"ALTER DATABASE {name} ALLOW_CONNECTIONS true",
    )
    return f"{place}_copy?{options}"


@contextmanager
def serving(environment: dict[str, str], folder: Path) -> Generator[Serving]:
    """A server process; stopped at the end."""
    folder.mkdir(exist_ok=True)
    server = Serving(environment, folder, "--no-demo")
    try:
        yield server
    finally:
        server.stop()
