"""`/v1/admin/cache`: its figures, and a purge that reaches every process."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from service.app import create_app
from service.scorer import Scorer
from tests.databases import SqliteCopies, settings_for
from tests.factories import ADMIN, a_gap, an_investor, bearer, register, runtime_of
from tests.service.routers.test_events import listed
from tests.service.valkeys import Valkey, running_valkey, wait_until

PATH = "/v1/admin/cache"


def matches_path(client: TestClient) -> str:
    """The ranking of an investor for a gap that is there."""
    register(client, "gaps", a_gap())
    return f"/v1/investors/{register(client, 'investors', an_investor())['id']}/matches"


def status(client: TestClient, path: str) -> str:
    return client.get(path).headers["Cache-Status"].removeprefix("bulian; ")


def test_figures_tell_of_hits_and_what_is_held(embedded: TestClient) -> None:
    path = matches_path(embedded)
    before = embedded.get(PATH).json()
    assert before["shared"] is None
    assert (before["process"]["entries"], before["process"]["hits"]) == (0, 0)
    length = len(embedded.get(path).content)
    embedded.get(path)
    process = embedded.get(PATH).json()["process"]
    assert (process["entries"], process["hits"], process["misses"]) == (1, 1, 1)
    assert (process["computed"], process["evictions"]) == (1, 0)
    assert length < process["bytes"] < process["max_bytes"]


@pytest.mark.parametrize("scope", ["", "?scope=rankings", "?scope=records", "?scope=all"])
def test_what_was_kept_is_forgotten_and_told_of(embedded: TestClient, scope: str) -> None:
    path = matches_path(embedded)
    first = embedded.get(path)
    assert status(embedded, path) == "hit"
    purged = embedded.delete(f"{PATH}{scope}")
    assert (purged.status_code, purged.content) == (204, b"")
    assert embedded.get(PATH).json()["process"]["entries"] == 0
    assert status(embedded, path) == "fwd=miss"
    assert status(embedded, path) == "hit"
    assert embedded.get(path).content == first.content
    (event,) = listed(embedded, "action=cache.purged")
    name = scope.removeprefix("?scope=") or "all"
    assert (event["subject_id"], event["after"]) == (name, {"scope": name})


def test_other_scopes_are_refused(embedded: TestClient) -> None:
    assert embedded.delete(f"{PATH}?scope=everything").status_code == 422
    assert listed(embedded, "action=cache.purged") == []


@pytest.mark.parametrize(("scope", "is_seen"), [("rankings", False), ("records", True)])
def test_records_are_read_anew_where_that_is_asked_for(
    embedded: TestClient, scope: str, is_seen: bool
) -> None:
    path = matches_path(embedded)
    assert embedded.get(path).json()["eligible"] == 1
    with runtime_of(embedded).engine.begin() as connection:
        connection.execute(text("UPDATE gap SET status = 'closed'"))
    assert embedded.get(path).json()["eligible"] == 1, "no event told of it"
    embedded.delete(f"{PATH}?scope={scope}")
    assert embedded.get(path).json()["eligible"] == (0 if is_seen else 1)


@pytest.fixture(scope="module")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    with running_valkey(tmp_path_factory.mktemp("valkey")) as running:
        yield running


@pytest.fixture
def processes(
    valkey: Valkey, sqlite_copies: SqliteCopies, scorer: Scorer
) -> Iterator[tuple[TestClient, TestClient]]:
    """Two applications over one database and one Redis."""
    with sqlite_copies.copy() as settings, ExitStack() as stack:
        shared = settings_for(data_dir=settings.data_dir, redis_url=valkey.url)
        made = [create_app(shared, scorer) for _ in range(2)]
        for app in made:
            stack.callback(app.state.runtime.close)
        one, other = (TestClient(app, headers=bearer(ADMIN)) for app in made)
        yield one, other


def test_a_purge_reaches_every_process_and_redis(
    processes: tuple[TestClient, TestClient],
) -> None:
    one, other = processes
    path = matches_path(one)
    assert [status(one, path), status(other, path), status(other, path)] == [
        "fwd=miss",
        "hit",
        "hit",
    ]
    held = one.get(PATH).json()["shared"]
    assert (held["state"], held["entries"]) == ("closed", 1)
    assert held["bytes"] > 100
    one.delete(PATH)
    wait_until(lambda: one.get(PATH).json()["shared"]["entries"] == 0, 5)
    assert [status(other, path), status(one, path)] == ["fwd=miss", "hit"]


def test_a_redis_that_is_away_is_told_as_unknown(
    processes: tuple[TestClient, TestClient], valkey: Valkey
) -> None:
    one, _ = processes
    path = matches_path(one)
    valkey.kill()
    try:
        shared = one.get(PATH).json()["shared"]
        assert (shared["entries"], shared["bytes"]) == (None, None)
        assert one.get(PATH).json()["shared"]["state"] == "open"
        assert status(one, path) == "fwd=miss"
        assert one.delete(PATH).status_code == 204
        assert status(one, path) == "fwd=miss"
    finally:
        valkey.start()
