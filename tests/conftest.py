"""The application over databases of both kinds, and callers with each scope.

A test that asks for `client`, `admin`, `portal`, `other_portal`, `partner` or `other_partner` runs
twice, on SQLite and on PostgreSQL, each time over a database of its own that holds the national
zones and the partners and keys of `tests.factories`. `embedded` is the same on SQLite alone, for
what has nothing to do with storage.
"""

import gc
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import structlog
from anyio.from_thread import start_blocking_portal
from fastapi import FastAPI
from sqlalchemy import Engine
from starlette.testclient import TestClient

from matching.compiled import compiled_loop
from matching.loop import Loop
from service import runtime
from service.app import contract
from service.scorer import Scorer, load_scorer
from service.settings import Settings
from tests import databases, factories
from tests.databases import PostgresCopies, SqliteCopies


def pytest_collection_finish() -> None:
    """Leave what was imported and collected out of every later search for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def kept_loop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where servers of tests find the loop that `./bulian`, or the first of them, compiled."""
    with pytest.MonkeyPatch.context() as patch:
        if "BULIAN_CACHE_DIR" not in os.environ:
            patch.setenv("BULIAN_CACHE_DIR", str(tmp_path_factory.mktemp("loops")))
        yield Path(os.environ["BULIAN_CACHE_DIR"])


@pytest.fixture(scope="session")
def machine_code(kept_loop: Path) -> Loop:
    """The compiled loop."""
    pytest.importorskip("numba", reason="NO NUMBA: THE COMPILED LOOP IS NOT TESTED")
    loop = compiled_loop(kept_loop)
    assert loop is not None
    return loop


@pytest.fixture(scope="session", autouse=True)
def short_tracebacks() -> None:
    """Logged errors without the values of all variables, which take seconds to write out."""
    *others, _ = structlog.get_config()["processors"]
    told = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*others, told])


@pytest.fixture(scope="session", autouse=True)
def kept_portal() -> Iterator[None]:
    """All callers share one event loop; a loop and its threads anew for each call take a while."""
    with start_blocking_portal() as portal, pytest.MonkeyPatch.context() as patch:
        patch.setattr(TestClient, "portal", portal)
        yield


@pytest.fixture(scope="session")
def scorer() -> Scorer:
    """The reference and the placer, which take a second to make."""
    return load_scorer()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a real PostgreSQL server."""
    with databases.postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_copies(tmp_path_factory: pytest.TempPathFactory, scorer: Scorer) -> SqliteCopies:
    return SqliteCopies(tmp_path_factory.mktemp("databases"), scorer)


@pytest.fixture(scope="session")
def postgres_copies(postgres_url: str, scorer: Scorer) -> PostgresCopies:
    return PostgresCopies(postgres_url, scorer)


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest) -> Iterator[Settings]:
    """Settings that lead to a database of this test's own."""
    kind = "sqlite_copies" if request.param == "sqlite" else "postgres_copies"
    copies: SqliteCopies | PostgresCopies = request.getfixturevalue(kind)
    with copies.copy() as found:
        yield found


@pytest.fixture(scope="session")
def blank_app() -> FastAPI:
    """The application without a database; making its routes takes a while."""
    return contract()


@pytest.fixture
def app(blank_app: FastAPI, settings: Settings, scorer: Scorer) -> Iterator[FastAPI]:
    """The application over the database of this test."""
    blank_app.state.runtime = runtime.assemble(settings, scorer)
    yield blank_app
    blank_app.state.runtime.close()


@pytest.fixture
def engine(app: FastAPI) -> Engine:
    """The database of this test."""
    return app.state.runtime.engine


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    """A caller without a key."""
    return TestClient(app)


@pytest.fixture
def admin(app: FastAPI) -> TestClient:
    return TestClient(app, headers=factories.bearer(factories.ADMIN))


@pytest.fixture
def portal(app: FastAPI) -> TestClient:
    return TestClient(app, headers=factories.bearer(factories.PORTAL))


@pytest.fixture
def other_portal(app: FastAPI) -> TestClient:
    return TestClient(app, headers=factories.bearer(factories.OTHER_PORTAL))


@pytest.fixture
def partner(app: FastAPI) -> TestClient:
    return TestClient(app, headers=factories.bearer(factories.PARTNER))


@pytest.fixture
def other_partner(app: FastAPI) -> TestClient:
    return TestClient(app, headers=factories.bearer(factories.OTHER_PARTNER))


@pytest.fixture
def embedded(
    blank_app: FastAPI, sqlite_copies: SqliteCopies, scorer: Scorer
) -> Iterator[TestClient]:
    """An administrator of the application on SQLite."""
    with sqlite_copies.copy() as settings, ExitStack() as stack:
        blank_app.state.runtime = runtime.assemble(settings, scorer)
        stack.callback(blank_app.state.runtime.close)
        yield TestClient(blank_app, headers=factories.bearer(factories.ADMIN))
