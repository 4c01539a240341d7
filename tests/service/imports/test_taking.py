"""What rows may not do to records, and that a server takes files in by itself."""

import threading
import time
from datetime import timedelta
from typing import Any

from fastapi import FastAPI
from sqlmodel import Session, select
from starlette.testclient import TestClient

from models.enterprise import Enterprise
from models.job import Job, JobPortion
from service import background, clock, database
from service.app import build
from tests.factories import ADMIN, PARTNER, a_gap, a_lead, bearer, register
from tests.service.imports.sending import (
    GAP,
    counts,
    csv_of,
    engine_of,
    faults,
    gap_rows,
    imported,
    runtime_of,
    send,
    work,
)
from tests.service.jobs.making import a_worker, store_job, stored


def test_a_gap_that_was_placed_is_placed_anew_with_its_products(embedded: TestClient) -> None:
    rows: list[list[Any]] = [
        ["external_id", "zone_id", "kind", "products"],
        ["A", "CNHTZ-3205", "weak", "光刻胶"],
    ]
    imported(embedded, csv_of(rows))
    rows[1][3] = "掩膜版"
    assert counts(imported(embedded, csv_of(rows))) == (0, 1, 0, 0)
    (gap,) = embedded.get("/v1/gaps").json()["items"]
    assert gap["link_id"] != "ic.photoresist"
    assert gap["chain_id"] == gap["link_id"].partition(".")[0]
    rows[1][3] = "无法归类的东西"
    job = imported(embedded, csv_of(rows))
    assert counts(job) == (0, 0, 0, 1)
    assert faults(job)[0][1] == "products"
    assert embedded.get("/v1/gaps").json()["items"] == [gap]


def test_a_firm_that_landed_by_a_lead_stays_as_it_is(embedded: TestClient) -> None:
    partner = TestClient(embedded.app, headers=bearer(PARTNER))
    lead = register(partner, "leads", a_lead())
    with database.transaction(engine_of(embedded)) as session:
        session.add(
            Enterprise(
                zone_id="CNHTZ-3205", name="落地", external_id="L-1", created_by="system",
                lead_id=lead["id"],
            )
        )  # fmt: skip
    rows = [["zone_id", "external_id", "name", "link_ids"],
            ["CNHTZ-3205", "L-1", "改名", "ic.photoresist"]]  # fmt: skip
    job = imported(embedded, csv_of(rows), kind="enterprises")
    assert faults(job) == [
        (2, "external_id", "is the id of an investor that landed here by a lead")
    ]


def test_ids_lead_to_records_only_where_they_are_text(embedded: TestClient) -> None:
    made = register(embedded, "gaps", a_gap())
    lines = '{"id":7,"zone_id":"CNHTZ-3205"}\n'
    lines += f'{{"id":"{made["id"]}","zone_id":"CNHTZ-3205","kind":"weak","link_id":"x.y"}}\n'
    job = imported(embedded, lines.encode(), "g.jsonl")
    assert faults(job) == [(1, "id", "should be text"), (2, "link_id", "is not in the reference")]


def test_rows_with_more_cells_than_headers_are_refused(embedded: TestClient) -> None:
    rows = [[*GAP], [*GAP.values(), "more"], [*GAP.values(), ""], ["CNHTZ-3205"]]
    job = imported(embedded, csv_of(rows))
    assert counts(job) == (1, 0, 0, 2)
    assert faults(job)[0] == (2, "", "has more cells than there are headers")


def test_a_server_takes_files_in_by_itself(embedded: TestClient) -> None:
    served = build(runtime_of(embedded), background=True)
    with TestClient(served, headers=bearer(ADMIN)) as client:
        job = send(client, csv_of(gap_rows(50))).json()
        last = time.monotonic() + 20
        while job["status"] != "done" and time.monotonic() < last:
            time.sleep(0.02)
            job = client.get(f"/v1/admin/jobs/{job['id']}").json()
    assert counts(job) == (50, 0, 0, 0)


def test_workers_side_by_side_share_the_jobs(app: FastAPI) -> None:
    runtime = app.state.runtime
    made = [store_job(runtime.engine, 2) for _ in range(6)]
    seen: list[tuple[str, int]] = []
    workers = [a_worker(runtime, lambda one: seen.append((one.job_id, one.number))) for _ in "ab"]

    def run(number: int) -> None:
        while workers[number].tick():
            pass

    threads = [threading.Thread(target=run, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert {stored(runtime.engine, job_id).status for job_id in made} == {"done"}
    assert sorted(seen) == sorted((job_id, number) for job_id in made for number in (1, 2))


def test_old_jobs_go_with_their_files(embedded: TestClient) -> None:
    engine = engine_of(embedded)
    send(embedded, csv_of(gap_rows(2)))
    work(embedded)
    waiting = store_job(engine, 1)
    with database.transaction(engine) as session:
        done = session.exec(select(Job).where(Job.status == "done")).one()
        done.finished_at = clock.now() - background.KEPT_JOBS - timedelta(minutes=1)
    background.forget(engine)
    with Session(engine) as session:
        assert session.exec(select(Job.id)).all() == [waiting]
        assert session.exec(select(JobPortion.job_id)).all() == [waiting]
