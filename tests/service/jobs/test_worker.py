"""A worker's turns: a portion at a time, given back, broken off, given up, passed on, cancelled."""

import threading
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
import structlog
from fastapi import FastAPI
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from models.job import JobPortion, JobStatus
from service import clock, database
from service.jobs import turns, worker
from service.repositories import jobs
from service.runtime import Runtime
from tests.service.jobs.making import a_worker, store_job, stored
from tests.service.webhooks.station import MovedClock


@pytest.fixture
def runtime(app: FastAPI) -> Runtime:
    return app.state.runtime


def test_a_job_is_worked_to_its_end(runtime: Runtime, engine: Engine) -> None:
    job_id = store_job(engine)
    seen: list[int] = []
    one = a_worker(runtime, lambda portion: seen.append(portion.number))
    assert one.tick()
    job = stored(engine, job_id)
    assert (job.status, job.rows_done, job.counts.created) == (JobStatus.DONE, 6, 6)
    assert (job.leased_by, job.lease_until, job.error) == (None, None, None)
    assert job.started_at is not None
    assert job.finished_at is not None
    assert seen == [1, 2, 3]
    assert not one.tick(), "nothing is left to do"


def test_a_turn_ends_after_its_time_and_the_job_goes_on(runtime: Runtime, engine: Engine) -> None:
    job_id = store_job(engine)
    hasty, other = a_worker(runtime, turn_seconds=0), a_worker(runtime, turn_seconds=0)
    assert hasty.tick()
    job = stored(engine, job_id)
    assert (job.status, job.position, job.attempts) == (JobStatus.RUNNING, 1, 0)
    assert job.leased_by is None
    assert other.tick()
    assert other.tick()
    assert stored(engine, job_id).status is JobStatus.DONE


def test_the_oldest_job_comes_first_unless_one_is_named(runtime: Runtime, engine: Engine) -> None:
    old, young = store_job(engine, 1), store_job(engine, 1)
    one = a_worker(runtime)
    assert one.tick(young)
    assert (stored(engine, old).status, stored(engine, young).status) == ("queued", "done")
    assert not one.tick(young), "another one waits, but not this"
    assert one.tick()
    assert stored(engine, old).status is JobStatus.DONE


def test_a_portion_that_fails_is_tried_again_later_then_given_up(
    runtime: Runtime, engine: Engine, moved_clock: MovedClock, admin: TestClient
) -> None:
    job_id = store_job(engine)

    def fail(portion: JobPortion) -> None:
        if portion.number == 2:
            raise LookupError("what a row said")

    one = a_worker(runtime, fail)
    with structlog.testing.capture_logs():
        for attempt, seconds in enumerate((5, 20, 80, 320), 1):
            assert one.tick()
            job = stored(engine, job_id)
            assert (job.status, job.position, job.error) == ("queued", 1, "LookupError")
            assert job.attempts == attempt
            assert not one.tick(), "not before its time"
            moved_clock.move(seconds=seconds + 1)
        assert one.tick()
    job = stored(engine, job_id)
    assert (job.status, job.position, job.attempts) == ("failed", 1, 5)
    moved_clock.move(days=1)
    assert not one.tick()
    path = f"/v1/admin/jobs/{job_id}"
    assert [one["id"] for one in admin.get("/v1/admin/jobs?status=failed").json()["items"]] == [
        job_id
    ]
    assert admin.post(f"{path}/retry").status_code == 202
    assert a_worker(runtime).tick()
    job = stored(engine, job_id)
    assert (job.status, job.rows_done, job.counts.created, job.error) == ("done", 6, 6, None)


def refuse_all(_: JobPortion) -> None:
    raise ValueError("a cell")


def test_what_a_failing_portion_changed_is_not_kept(runtime: Runtime, engine: Engine) -> None:
    job_id = store_job(engine)
    with structlog.testing.capture_logs() as lines:
        a_worker(runtime, refuse_all).tick()
    assert stored(engine, job_id).counts.created == 0
    assert [line["event"] for line in lines] == ["job broke off"]


def test_a_killed_workers_job_goes_on_when_its_lease_has_run_out(
    runtime: Runtime, engine: Engine, moved_clock: MovedClock
) -> None:
    job_id = store_job(engine)
    with database.transaction(engine) as session:
        assert turns.begin(session, "wrk_dead", clock.now()) is not None
    one = a_worker(runtime)
    assert not one.tick()
    moved_clock.move(seconds=turns.LEASE.total_seconds() + 1)
    assert one.tick()
    assert stored(engine, job_id).status is JobStatus.DONE


def test_a_job_that_kills_its_workers_is_given_up(
    runtime: Runtime, engine: Engine, moved_clock: MovedClock
) -> None:
    job_id, innocent = store_job(engine), store_job(engine)
    for _ in range(turns.MOST_ATTEMPTS):
        with database.transaction(engine) as session:
            begun = turns.begin(session, "wrk_dead", clock.now())
            assert begun is not None
            assert begun.id == job_id
        moved_clock.move(minutes=1)
    assert a_worker(runtime).tick()
    job = stored(engine, job_id)
    assert (job.status, job.error) == ("failed", "Its workers ended without a word")
    assert stored(engine, innocent).status is JobStatus.DONE


def test_a_worker_whose_turn_has_passed_changes_nothing(runtime: Runtime, engine: Engine) -> None:
    job_id = store_job(engine)

    def lose(portion: JobPortion) -> None:
        pytest.fail("stored in another worker's turn")

    one = a_worker(runtime, lose)
    real = jobs.portion_at

    def pass_on(session: object, job_id: str, number: int) -> JobPortion:
        if number == 1:
            with database.transaction(engine) as other:
                job = jobs.find_for_change(other, job_id)
                assert job is not None
                job.leased_by = "wrk_other"
        return real(session, job_id, number)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch, structlog.testing.capture_logs() as lines:
        patch.setattr(jobs, "portion_at", pass_on)
        assert one.tick()
    assert [line["event"] for line in lines] == ["turn passed to another worker"]
    job = stored(engine, job_id)
    assert (job.position, job.leased_by) == (0, "wrk_other")


def test_a_job_is_cancelled_at_once_or_after_the_portion(
    runtime: Runtime, engine: Engine, admin: TestClient
) -> None:
    waiting = store_job(engine)
    answer = admin.post(f"/v1/admin/jobs/{waiting}/cancel").json()
    assert (answer["status"], answer["cancel_requested"]) == ("cancelled", True)
    running = store_job(engine)

    with database.transaction(engine) as session:
        begun = turns.begin(session, "wrk_1", clock.now())
    assert begun is not None
    answer = admin.post(f"/v1/admin/jobs/{running}/cancel").json()
    assert (answer["status"], answer["cancel_requested"]) == ("running", True)
    assert admin.post(f"/v1/admin/jobs/{running}/cancel").json() == answer, "asking twice is once"
    with database.transaction(engine) as session:
        held = jobs.find_held(session, running, "wrk_1")
        assert held is not None
        turns.leave(held)
    assert a_worker(runtime).tick()
    job = stored(engine, running)
    assert (job.status, job.position) == (JobStatus.CANCELLED, 0)
    assert admin.post(f"/v1/admin/jobs/{running}/cancel").status_code == 409
    assert admin.post(f"/v1/admin/jobs/{running}/retry").status_code == 409


def test_a_long_portion_keeps_its_turn(
    runtime: Runtime, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "HEARTBEAT_SECONDS", 0.01)
    monkeypatch.setattr(turns, "LEASE", timedelta(seconds=3))
    job_id = store_job(engine, 1)
    leases: set[object] = set()
    with database.transaction(engine) as session:
        turns.begin(session, "wrk_1", clock.now())
    with worker.beating(engine, job_id, "wrk_1"):
        while len(leases) < 3:
            leases.add(stored(engine, job_id).lease_until)
    assert stored(engine, job_id).leased_by == "wrk_1"


def test_a_heartbeat_that_is_missed_is_told_and_made_up_for(
    runtime: Runtime, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "HEARTBEAT_SECONDS", 0.001)
    real, beats = jobs.extend, count()
    beaten = threading.Event()

    def miss_one(*arguments: Any) -> None:
        if next(beats) == 0:
            raise OperationalError("UPDATE job", {}, ConnectionError())
        real(*arguments)
        beaten.set()

    monkeypatch.setattr(jobs, "extend", miss_one)
    with structlog.testing.capture_logs() as lines, worker.beating(engine, "job_1", "wrk_1"):
        assert beaten.wait(10)
    assert [line["event"] for line in lines] == ["no heartbeat"]
