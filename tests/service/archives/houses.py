"""A service over a database, opened and closed again, and archives of it."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from fastapi import FastAPI
from sqlalchemy import Engine
from starlette.testclient import TestClient

from service import database, runtime
from service.archives.reading import opened
from service.archives.restoring import Restored, restore
from service.archives.writing import back_up
from service.scorer import Scorer
from service.settings import Settings
from tests.factories import ADMIN, bearer


@contextmanager
def engine_of(settings: Settings) -> Generator[Engine]:
    """Connections to a database, all closed at the end."""
    engine = database.make_engine(settings.engine_url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def open_house(app: FastAPI, settings: Settings, scorer: Scorer) -> Generator[TestClient]:
    """An administrator of the service over a database, which nobody has open afterwards."""
    app.state.runtime = runtime.assemble(settings, scorer)
    try:
        yield TestClient(app, headers=bearer(ADMIN))
    finally:
        app.state.runtime.close()


def saved(settings: Settings, file: Path) -> Path:
    """An archive of a database."""
    with engine_of(settings) as engine:
        return back_up(engine, file)[0]


def put_back(settings: Settings, file: Path, *, replaces: bool = True) -> Restored:
    """A database with what an archive holds."""
    with opened(file) as archive, engine_of(settings) as engine:
        return restore(engine, archive, replaces=replaces)
