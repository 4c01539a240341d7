"""Large allocations are jobs: asked for, worked at, fetched by whoever asked."""

from typing import Any

import pytest
from sqlmodel import Session
from starlette.testclient import TestClient

from models.job import JobStatus
from service.repositories import jobs
from service.usecases import allocations
from tests.factories import a_gap, an_investor, register
from tests.service.imports.sending import runtime_of, work


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allocations, "MOST_AT_ONCE", 0)


def asked(client: TestClient, **body: Any) -> str:
    """Where the answer will be."""
    answer = client.post("/v1/allocations", json=body)
    assert answer.status_code == 202, answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["status"] == "queued"
    return answer.headers["location"]


def two_sides(client: TestClient) -> tuple[str, str]:
    investor = register(client, "investors", an_investor(products=["光刻胶"]))["id"]
    return investor, register(client, "gaps", a_gap())["id"]


def test_a_large_allocation_is_worked_at_and_fetched(
    portal: TestClient, admin: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    investor, gap = two_sides(portal)
    where = asked(portal, method="best_total")
    early = portal.get(where)
    assert (early.status_code, early.headers["location"]) == (202, where)
    work(admin)
    found = portal.get(where)
    assert found.status_code == 200
    assert [(p["investor_id"], p["gap_id"]) for p in found.json()["pairs"]] == [(investor, gap)]
    monkeypatch.setattr(allocations, "MOST_AT_ONCE", 1000)
    assert found.json() == portal.post("/v1/allocations", json={"method": "best_total"}).json()
    job = admin.get(f"/v1/admin/jobs/{where.rpartition('/')[2]}").json()
    assert (job["kind"], job["status"], job["counts"]["created"]) == ("allocation", "done", 1)
    assert job["task"] == {
        "kind": "allocation",
        "method": "best_total",
        "investors": 1,
        "gaps": 1,
    }
    assert job["edition_id"] is None
    assert admin.get(where).json() == found.json()


def test_what_is_not_possible_is_said_when_it_is_fetched(embedded: TestClient) -> None:
    two_sides(embedded)
    where = asked(embedded, method="best_total", floors={"region": {"east": 9}})
    work(embedded)
    refused = embedded.get(where)
    assert refused.status_code == 422
    assert "region east: at least 9, but 1 are possible" in refused.json()["detail"]
    job = embedded.get(f"/v1/admin/jobs/{where.rpartition('/')[2]}").json()
    assert (job["status"], job["counts"]["refused"]) == ("done", 1)


def test_nobody_else_learns_of_it(
    portal: TestClient, other_portal: TestClient, admin: TestClient
) -> None:
    two_sides(portal)
    where = asked(portal)
    assert other_portal.get(where).status_code == 404
    work(admin)
    assert other_portal.get(where).status_code == 404
    assert portal.get("/v1/allocations/job_none").status_code == 404


def test_an_import_is_no_allocation_and_the_other_way_round(embedded: TestClient) -> None:
    two_sides(embedded)
    where = asked(embedded)
    id_ = where.rpartition("/")[2]
    assert embedded.get(f"/v1/admin/jobs/{id_}/errors").status_code == 404
    file = {"file": ("gaps.csv", b"link_id\nic.none\n")}
    sent = embedded.post("/v1/admin/imports", files=file, data={"kind": "gaps"})
    job_id = sent.json()["id"]
    assert embedded.get(f"/v1/allocations/{job_id}").status_code == 404
    with pytest.raises(TypeError, match="is no import"):
        _ = stored(embedded, id_).import_task


def stored(client: TestClient, job_id: str) -> Any:
    with Session(runtime_of(client).engine) as session:
        return jobs.get(session, job_id)


def test_one_that_was_cancelled_says_so(embedded: TestClient) -> None:
    two_sides(embedded)
    where = asked(embedded)
    embedded.post(f"/v1/admin/jobs/{where.rpartition('/')[2]}/cancel")
    answer = embedded.get(where)
    assert (answer.status_code, answer.json()["status"]) == (202, JobStatus.CANCELLED)
