"""Jobs over HTTP: listed, filtered, read, paged."""

from fastapi import FastAPI
from sqlalchemy import Engine
from sqlmodel import Session, select
from starlette.testclient import TestClient

from models.event import Event
from models.job import JobCounts, RowFault, RowRefusal
from service import clock, database
from service.jobs import turns
from service.jobs.turns import Outcome
from service.repositories import jobs
from tests.service.jobs.making import a_worker, store_job


def refusal(line: int) -> RowRefusal:
    return RowRefusal(line=line, faults=[RowFault(column="", field="", msg="no")])


def refuse_everything(engine: Engine, portions: int, rows: int) -> str:
    """A job under way of which every row was refused."""
    job_id = store_job(engine, portions, rows)
    with database.transaction(engine) as session:
        job = turns.begin(session, "wrk_1", clock.now())
        assert job is not None
        for number in range(1, portions + 1):
            portion = jobs.portion_at(session, job_id, number)
            lines = range(portion.last_line - rows + 1, portion.last_line + 1)
            turns.advance(
                session, job, portion, Outcome(JobCounts(refused=rows), [refusal(n) for n in lines])
            )
    return job_id


def engine_of(client: TestClient) -> Engine:
    app = client.app
    assert isinstance(app, FastAPI)
    return app.state.runtime.engine


def test_jobs_are_listed_newest_first_and_filtered(embedded: TestClient) -> None:
    engine = engine_of(embedded)
    made = [store_job(engine) for _ in range(3)]
    assert a_worker(embedded.app.state.runtime).tick()  # type: ignore[attr-defined]
    first = embedded.get("/v1/admin/jobs?limit=2").json()
    second = embedded.get(f"/v1/admin/jobs?limit=2&cursor={first['next_cursor']}").json()
    assert [one["id"] for one in first["items"] + second["items"]] == made[::-1]
    done = embedded.get("/v1/admin/jobs?status=done&kind=import").json()["items"]
    assert [one["id"] for one in done] == made[:1]
    assert embedded.get("/v1/admin/jobs?kind=unheard_of").status_code == 422


def test_refused_rows_are_paged_in_the_order_of_lines(embedded: TestClient) -> None:
    job_id = refuse_everything(engine_of(embedded), portions=5, rows=7)
    path = f"/v1/admin/jobs/{job_id}"
    lines: list[int] = []
    cursor = ""
    while True:
        page = embedded.get(f"{path}/refusals?limit=10{cursor}").json()
        lines += [one["line"] for one in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert lines == list(range(2, 37))
    read = embedded.get(path).json()
    assert [one["line"] for one in read["errors"]] == list(range(2, 22))
    assert (read["counts"]["refused"], read["rows_done"]) == (35, 35)


def test_a_job_that_has_not_come_on_is_not_sent_again(embedded: TestClient) -> None:
    path = f"/v1/admin/jobs/{store_job(engine_of(embedded))}"
    first = embedded.get(path)
    again = embedded.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    a_worker(embedded.app.state.runtime).tick()  # type: ignore[attr-defined]
    assert embedded.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_jobs_life_is_in_the_log(embedded: TestClient) -> None:
    engine = engine_of(embedded)
    job_id = store_job(engine)
    embedded.post(f"/v1/admin/jobs/{job_id}/cancel")
    with Session(engine) as session:
        told = session.exec(select(Event).where(Event.subject_id == job_id)).all()
    assert [event.action for event in told] == [
        "job.created",
        "job.cancel_requested",
        "job.cancelled",
    ]
    assert [event.subject_version for event in told] == [1, 2, 3]
    assert "gaps.csv" not in str([event.after for event in told])


def test_unknown_jobs_are_not_found(embedded: TestClient) -> None:
    for call in ("", "/refusals", "/events"):
        assert embedded.get(f"/v1/admin/jobs/job_none{call}").status_code == 404
    for call in ("/cancel", "/retry"):
        assert embedded.post(f"/v1/admin/jobs/job_none{call}").status_code == 404
