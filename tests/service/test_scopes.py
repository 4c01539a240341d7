"""Every operation × every credential: a new operation without a row in `scopes` fails."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine
from starlette.testclient import TestClient

from models.job import JobStatus
from service import database
from service.jobs import turns
from service.repositories import jobs
from tests.factories import (
    ADMIN,
    PARTNER,
    PORTAL,
    a_gap,
    a_key,
    a_keyword_edition,
    a_lead,
    a_partner,
    a_policy,
    a_webhook,
    a_zone,
    an_enterprise,
    an_investor,
    bearer,
    register,
)
from tests.service.imports.sending import csv_of, gap_rows
from tests.service.jobs.making import store_job
from tests.service.large import large_allocation
from tests.service.scopes import CREDENTIALS, MATRIX
from tests.service.webhooks.logbook import log_delivery

DOCUMENT = Path(__file__).parents[2] / "docs/openapi.json"
"""Another test holds it to what the service says of itself."""

BODIES: dict[str, Any] = {
    "register_investor": an_investor,
    "register_gap": a_gap,
    "register_zone": a_zone,
    "create_webhook": a_webhook,
    "change_webhook": dict,
    "replace_enterprises": list,
    "set_link_status": lambda: {"status": "weak", "reason": "of a test"},
    "correct_enterprise_links": lambda: {"link_ids": ["ic.photoresist"], "reason": "of a test"},
    "submit_lead": a_lead,
    "move_lead": lambda: {"to": "withdrawn", "reason": "of a test"},
    "register_partner": a_partner,
    "create_key": a_key,
    "draft_policy": a_policy,
    "change_drafted_policy": dict,
    "preview_policy": dict,
    "activate_policy": dict,
    "load_edition": a_keyword_edition,
    "preview_edition": dict,
    "activate_edition": lambda: {"effective_from": "2100-01-01"},
    "change_investor": dict,
    "change_gap": dict,
    "change_partner": dict,
    "change_zone": dict,
    "place_description": lambda: {"products": ["光刻胶"]},
    "match_batch": lambda: {"queries": {"q": {"investor": an_investor()}}},
    "allocate": dict,
}


@cache
def operations() -> dict[str, tuple[str, str]]:
    """Method and path of each operation of the document, by its id."""
    paths: dict[str, dict[str, Any]] = json.loads(DOCUMENT.read_text(encoding="utf-8"))["paths"]
    return {
        operation["operationId"]: (method, path)
        for path, item in paths.items()
        for method, operation in item.items()
    }


def test_every_operation_has_its_row() -> None:
    assert set(operations()) == set(MATRIX)


@pytest.mark.parametrize(
    ("settings", "who"),
    [
        *(("sqlite", who) for who in CREDENTIALS),
        *(("postgresql", who) for who in ("stranger", "admin")),
    ],
    indirect=["settings"],
)
def test_every_operation_admits_whom_it_should(app: FastAPI, who: str) -> None:
    column = list(CREDENTIALS).index(who)
    secret = CREDENTIALS[who]
    caller = TestClient(app, headers=bearer(secret) if secret else {})
    got = {
        name: caller.request(
            method, path.format(**owned(app, name, path)), **sent(name, app)
        ).status_code
        for name, (method, path) in operations().items()
    }
    assert got == {name: row[column] for name, row in MATRIX.items()}


def sent(name: str, app: FastAPI) -> dict[str, Any]:
    """The body an operation wants, and how it is sent."""
    if name == "export_records":
        return {"params": {"kind": "gaps"}}
    if name == "import_file":
        return {"files": {"file": ("gaps.csv", csv_of(gap_rows(1)))}, "data": {"kind": "gaps"}}
    return {"json": body_of(name, app)}


def body_of(name: str, app: FastAPI) -> Any:
    """The body an operation wants; a receipt is of a pair that stands, a merge with a lead."""
    if name == "merge_lead":
        return {"into": handed_in(app)}
    if name != "replay_receipt":
        return BODIES[name]() if name in BODIES else None
    owner = TestClient(app, headers=bearer(PORTAL))
    gap = register(owner, "gaps", a_gap())
    register(owner, "investors", an_investor())
    matches = owner.get(f"/v1/gaps/{gap['id']}/matches").json()["matches"]
    return {"receipt": matches[0]["receipt"]}


def owned(app: FastAPI, operation: str, path: str) -> dict[str, str]:
    """What the path names, fresh: records of the owner, and what an administrator made."""
    owner = TestClient(app, headers=bearer(PORTAL))
    admin = TestClient(app, headers=bearer(ADMIN))
    made: dict[str, Callable[[], str]] = {
        "lead_id": lambda: handed_in(app, is_joined=operation == "unmerge_lead"),
        "investor_id": lambda: register(owner, "investors", an_investor())["id"],
        "gap_id": lambda: register(owner, "gaps", a_gap())["id"],
        "zone_id": lambda: register(owner, "zones", a_zone())["id"],
        "chain_id": lambda: "ic",
        "link_id": lambda: "ic.photoresist",
        "policy_id": lambda: (
            "national-2026" if operation == "read_policy" else a_draft(admin, operation)
        ),
        "edition_id": lambda: an_edition(admin, operation),
        "partner_id": lambda: register(admin, "admin/partners", a_partner())["id"],
        "kind": lambda: "gaps",
        "job_id": lambda: a_job(app, operation),
        "allocation_id": lambda: large_allocation(owner, investor_ids=[], gap_ids=[]),
        "key_id": lambda: register(admin, "admin/keys", a_key())["id"],
    }
    if "{webhook_id}" in path:
        return delivered(app, owner)
    if "{external_id}" in path:
        return counted(owner)
    return {name: make() for name, make in made.items() if f"{{{name}}}" in path}


def counted(owner: TestClient) -> dict[str, str]:
    """A firm of the owner's list of a zone."""
    zone_id, firm = register(owner, "zones", a_zone())["id"], an_enterprise()
    assert owner.put(f"/v1/zones/{zone_id}/enterprises", json=[firm]).status_code == 200
    return {"zone_id": zone_id, "external_id": firm["external_id"]}


def handed_in(app: FastAPI, *, is_joined: bool = False) -> str:
    """A lead of the partner; where it is to be parted, its company is another lead's too."""
    partner = TestClient(app, headers=bearer(PARTNER))
    body = a_lead()
    if is_joined:
        register(partner, "leads", {**body, "zone_id": None})
    return register(partner, "leads", body)["id"]


def a_job(app: FastAPI, operation: str) -> str:
    """A job that has ended, waits to be cancelled, or was given up."""
    engine: Engine = app.state.runtime.engine
    job_id = store_job(engine)
    if operation != "cancel_job":
        with database.transaction(engine) as session:
            job = jobs.find_for_change(session, job_id)
            assert job is not None
            turns.finish(session, job, JobStatus.FAILED, "of a test")
    return job_id


def a_draft(admin: TestClient, operation: str) -> str:
    """A drafted policy; one that is to be rolled back has been activated."""
    made = register(admin, "admin/policies", a_policy())["id"]
    if operation == "roll_policy_back":
        assert admin.post(f"/v1/admin/policies/{made}/activate", json={}).status_code == 200
    return made


def an_edition(admin: TestClient, operation: str) -> str:
    """A loaded edition; one that is to be rolled back will rule one day."""
    made = register(admin, "admin/reference", a_keyword_edition())["id"]
    if operation == "roll_edition_back":
        body = BODIES["activate_edition"]()
        answer = admin.post(f"/v1/admin/reference/{made}/activate", json=body)
        assert answer.status_code == 200
    return made


def delivered(app: FastAPI, owner: TestClient) -> dict[str, str]:
    """A fresh webhook of the owner, with a delivery in its log; it may only have so many."""
    for old in owner.get("/v1/webhooks").json()["items"]:
        owner.delete(f"/v1/webhooks/{old['id']}")
    webhook_id = register(owner, "webhooks", a_webhook())["id"]
    number = log_delivery(app.state.runtime.engine, webhook_id)
    return {"webhook_id": webhook_id, "number": str(number)}
