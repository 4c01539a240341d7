"""Files of records, and short ways to send them and have them worked at."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI
from httpx2 import Response
from sqlalchemy import Engine
from starlette.testclient import TestClient

from service.exports.sheets import xlsx_blocks
from service.jobs.kinds import JOBS
from service.jobs.worker import Worker
from service.runtime import Runtime

GAP = {"zone_id": "CNHTZ-3205", "kind": "missing", "link_id": "ic.photoresist"}
HEAD = {"name_zh": "二〇二七年版", "name_en": "Edition 2027", "edition": "2027", "source": "tests"}
OF_EDITION = {"links": {**HEAD, "chain_id": "ic"}, "keywords": HEAD, "encouraged": HEAD}
"""What is said of a file of each kind of edition."""


def csv_of(rows: Sequence[Sequence[Any]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """Rows as CSV."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_of(rows: Sequence[Sequence[Any]]) -> bytes:
    """Rows as the first sheet of a workbook."""
    return b"".join(xlsx_blocks(rows))


def gap_rows(count: int, **fields: Any) -> list[list[Any]]:
    """Headers, and that many gaps that differ in their ids."""
    said = {**GAP, **fields}
    rows = [[f"G-{number}", *said.values()] for number in range(count)]
    return [["external_id", *said], *rows]


def runtime_of(client: TestClient) -> Runtime:
    app = client.app
    assert isinstance(app, FastAPI)
    return app.state.runtime


def engine_of(client: TestClient) -> Engine:
    return runtime_of(client).engine


def send(
    client: TestClient, content: bytes, name: str = "gaps.csv", kind: str = "gaps", **fields: str
) -> Response:
    """The answer to an upload."""
    return client.post(
        "/v1/admin/imports", files={"file": (name, content)}, data={"kind": kind, **fields}
    )


def work(client: TestClient) -> None:
    """Have all jobs worked at."""
    worker = Worker(runtime_of(client), JOBS)
    while worker.tick():
        pass


def imported(
    client: TestClient, content: bytes, name: str = "gaps.csv", kind: str = "gaps", **fields: str
) -> dict[str, Any]:
    """The job of an upload that must be taken, worked to its end."""
    answer = send(client, content, name, kind, **fields)
    assert answer.status_code == 202, answer.text
    work(client)
    job = client.get(answer.headers["Location"]).json()
    assert job["status"] == "done", job
    return job


def counts(job: dict[str, Any]) -> tuple[int, int, int, int]:
    """Created, updated, unchanged, refused."""
    said = job["counts"]
    return said["created"], said["updated"], said["unchanged"], said["refused"]


def faults(job: dict[str, Any]) -> list[tuple[int, str, str]]:
    """Line, field and reason of everything that was refused."""
    return [
        (refusal["line"], fault["field"], fault["msg"])
        for refusal in job["errors"]
        for fault in refusal["faults"]
    ]
