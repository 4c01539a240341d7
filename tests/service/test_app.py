"""The application is made from settings, and gives back what it holds."""

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from service import asgi, logs
from service.app import create_app
from service.scorer import Scorer
from service.settings import Settings
from tests.databases import SqliteCopies
from tests.factories import ADMIN, bearer


def test_application_answers_and_closes(settings: Settings, scorer: Scorer) -> None:
    app = create_app(settings, scorer)
    engine: Engine = app.state.runtime.engine
    with TestClient(app, headers=bearer(ADMIN)) as client:
        assert client.get("/v1/zones?limit=1").status_code == 200
        assert engine.pool.status().startswith("Pool size")
        held = engine.pool.checkedin()  # pyright: ignore[reportAttributeAccessIssue, reportUnknownVariableType, reportUnknownMemberType] - of the queue pools we use
        assert held > 0
    assert engine.pool.checkedin() == 0  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - as above


def test_two_applications_share_nothing_but_the_scorer(
    sqlite_copies: SqliteCopies, scorer: Scorer
) -> None:
    with sqlite_copies.copy() as one, sqlite_copies.copy() as two:
        apps = create_app(one, scorer), create_app(two, scorer)
        first, second = (TestClient(app, headers=bearer(ADMIN)) for app in apps)
        body = {"name": "x", "country": "DE", "products": ["x"]}
        assert first.post("/v1/investors", json=body).status_code == 201
        assert len(first.get("/v1/investors").json()["items"]) == 1
        assert second.get("/v1/investors").json()["items"] == []
        for app in apps:
            app.state.runtime.close()


def test_servers_make_it_from_the_environment(
    sqlite_copies: SqliteCopies, monkeypatch: pytest.MonkeyPatch
) -> None:
    configured: list[bool] = []
    monkeypatch.setattr(logs, "configure", lambda: configured.append(True))
    with sqlite_copies.copy() as settings:
        monkeypatch.setenv("BULIAN_DATA_DIR", str(settings.data_dir))
        app = asgi.create()
        assert TestClient(app).get("/readyz").json()["status"] == "ok"
        app.state.runtime.close()
    assert configured == [True]
