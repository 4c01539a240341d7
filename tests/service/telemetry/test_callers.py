"""Who may read the metrics."""

from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from service.telemetry.callers import FORWARDED, is_token
from tests.factories import ADMIN, PORTAL, bearer, runtime_of

TOKEN = "token-of-the-scraper"


def called_from(client: TestClient, host: str, **headers: str) -> Any:
    caller = TestClient(client.app, client=(host, 50_000), headers=headers)
    return caller.get("/metrics")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_this_machine_needs_nothing(embedded: TestClient, host: str) -> None:
    answer = called_from(embedded, host)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("host", ["192.0.2.1", "::2", "::ffff:192.0.2.1", "somebody"])
def test_others_are_refused(embedded: TestClient, host: str) -> None:
    answer = called_from(embedded, host)
    assert answer.status_code == 401
    assert "bulian_" not in answer.text
    assert called_from(embedded, host, Authorization="Basic x").status_code == 401


@pytest.mark.parametrize("name", FORWARDED)
def test_a_proxy_on_this_machine_is_no_caller_from_here(embedded: TestClient, name: str) -> None:
    answer = called_from(embedded, "127.0.0.1", **{name: "192.0.2.1"})
    assert answer.status_code == 401


def test_the_token_opens_without_the_database(embedded: TestClient) -> None:
    assert called_from(embedded, "192.0.2.1", **bearer(TOKEN)).status_code == 401
    parts = runtime_of(embedded)
    embedded.app.state.runtime = replace(parts, metrics_token=TOKEN)  # type: ignore[attr-defined]
    assert called_from(embedded, "192.0.2.1", **bearer(TOKEN)).status_code == 200
    assert called_from(embedded, "192.0.2.1", **bearer(TOKEN + "x")).status_code == 401


def test_keys_open_for_administrators(embedded: TestClient) -> None:
    assert called_from(embedded, "192.0.2.1", **bearer(ADMIN)).status_code == 200
    assert called_from(embedded, "192.0.2.1", **bearer(PORTAL)).status_code == 403


def test_without_a_token_nothing_is_one() -> None:
    assert not is_token("", None)
    assert not is_token("é", "e")
    assert is_token("é", "é")
