"""`/healthz` and `/readyz`: what a load balancer is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, text
from starlette.testclient import TestClient

from service import runtime
from service.database import make_engine
from service.scorer import Scorer
from service.settings import Settings
from tests import databases


def test_process_and_database_answer(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json() == {"status": "ok", "database": "ok", "redis": "none"}


def test_database_that_was_not_set_up_is_not_ready(client: TestClient, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM installation"))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert client.get("/healthz").status_code == 200


@pytest.fixture
def dead_end(blank_app: FastAPI, scorer: Scorer) -> Iterator[TestClient]:
    """A service whose database refuses connections."""
    settings = databases.settings_for(database_url="postgresql://nobody@127.0.0.1:1/none")
    blank_app.state.runtime = runtime.assemble(settings, scorer)
    yield TestClient(blank_app)
    blank_app.state.runtime.close()


def test_database_away_is_said_without_its_address(dead_end: TestClient) -> None:
    for answer in (
        dead_end.get("/readyz"),
        dead_end.get("/v1/investors", headers={"Authorization": "Bearer x"}),
    ):
        assert answer.status_code == 503
        assert answer.json()["type"] == "urn:bulian:problem:database-away"
        assert "127.0.0.1" not in answer.text
    assert dead_end.get("/healthz").status_code == 200


def test_redis_away_costs_speed_only(
    settings: Settings, blank_app: FastAPI, scorer: Scorer
) -> None:
    away = settings.model_validate(settings.model_dump() | {"redis_url": "redis://127.0.0.1:1/0"})
    blank_app.state.runtime = runtime.assemble(away, scorer)
    answer = TestClient(blank_app).get("/readyz")
    blank_app.state.runtime.close()
    assert answer.status_code == 200
    assert answer.json() == {"status": "degraded", "database": "ok", "redis": "away"}


def test_redis_needs_a_database_that_was_set_up(tmp_path: Path, scorer: Scorer) -> None:
    settings = databases.settings_for(data_dir=tmp_path, redis_url="redis://127.0.0.1:1/0")
    engine = make_engine(settings.engine_url)
    with engine.begin() as connection:
        runtime.database.migrate(connection)
    engine.dispose()
    with pytest.raises(runtime.NotInstalled):
        runtime.assemble(settings, scorer)
