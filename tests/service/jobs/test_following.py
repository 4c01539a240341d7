"""The stream of events: what it says, when it ends, what it holds meanwhile."""

import json

import anyio
import pytest
from fastapi import FastAPI
from fastapi.sse import ServerSentEvent
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from models.job import JobProgress
from service import clock, database
from service.jobs import following, turns
from service.runtime import Runtime
from tests.factories import ADMIN, a_key, bearer, register
from tests.service.jobs.making import a_worker, store_job


@pytest.fixture
def runtime(embedded: TestClient) -> Runtime:
    app = embedded.app
    assert isinstance(app, FastAPI)
    return app.state.runtime


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "LOOK_SECONDS", 0.0)


def progress_of(event: ServerSentEvent) -> JobProgress:
    assert isinstance(event.data, JobProgress)
    return event.data


def messages(runtime: Runtime, job_id: str, secret: str = ADMIN, acts: bool = True) -> list[str]:
    """The names of a stream's messages, the job worked at in between."""
    one = a_worker(runtime, turn_seconds=0)

    async def read() -> list[str]:
        names: list[str] = []
        first = following.look(runtime, secret, job_id)
        async for event in following.follow(first, runtime, secret, job_id):
            names.append(f"{event.event} {progress_of(event).rows_done}")
            if acts:
                one.tick()
        return names

    return anyio.run(read)


def test_each_portion_is_told_until_the_end(runtime: Runtime) -> None:
    job_id = store_job(runtime.engine)
    assert messages(runtime, job_id) == ["progress 0", "progress 2", "progress 4", "end 6"]
    assert messages(runtime, job_id) == ["end 6"]


def test_a_stream_ends_after_its_time(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "LIFE_SECONDS", 0.0)
    assert messages(runtime, store_job(runtime.engine), acts=False) == ["progress 0"]


def test_a_stream_ends_when_its_key_is_revoked(embedded: TestClient, runtime: Runtime) -> None:
    job_id = store_job(runtime.engine)
    key = register(embedded, "admin/keys", a_key(scope="admin"))

    async def read() -> list[str | None]:
        first = following.look(runtime, key["secret"], job_id)
        names: list[str | None] = []
        async for event in following.follow(first, runtime, key["secret"], job_id):
            names.append(event.event)
            await anyio.to_thread.run_sync(embedded.delete, f"/v1/admin/keys/{key['id']}")
        return names

    assert anyio.run(read) == ["progress"]


def test_a_stream_ends_when_the_database_goes_away(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = store_job(runtime.engine)
    first = following.look(runtime, ADMIN, job_id)

    def away(*_: object) -> JobProgress:
        raise OperationalError("SELECT 1", {}, ConnectionError())

    monkeypatch.setattr(following, "look", away)

    async def read() -> int:
        return len([event async for event in following.follow(first, runtime, ADMIN, job_id)])

    assert anyio.run(read) == 1


def test_a_job_that_has_ended_is_told_over_http(embedded: TestClient, runtime: Runtime) -> None:
    job_id = store_job(runtime.engine)
    a_worker(runtime).tick()
    answer = embedded.get(f"/v1/admin/jobs/{job_id}/events")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    name, data = answer.text.strip().splitlines()
    assert name == "event: end"
    told = json.loads(data.removeprefix("data: "))
    assert (told["status"], told["rows_done"], told["counts"]["created"]) == ("done", 6, 6)


def test_strangers_and_unknown_jobs_are_refused_before_the_stream(
    embedded: TestClient, runtime: Runtime
) -> None:
    assert embedded.get("/v1/admin/jobs/job_none/events").status_code == 404
    path = f"/v1/admin/jobs/{store_job(runtime.engine)}/events"
    assert embedded.get(path, headers=bearer("x" * 40)).status_code == 401


def test_nothing_is_held_open_between_two_looks(runtime: Runtime) -> None:
    job_id = store_job(runtime.engine)
    first = following.look(runtime, ADMIN, job_id)

    async def read() -> None:
        async for _ in following.follow(first, runtime, ADMIN, job_id):
            assert runtime.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
            with database.transaction(runtime.engine) as session:
                assert turns.begin(session, "wrk_1", clock.now()) is not None
            return

    anyio.run(read)
