"""Answers for the OpenAPI document: real ones, shortened, with ids and times that stay the same.

Refresh with `python -m tests.service.examples`.
"""

import json
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from fastapi import FastAPI
from starlette.testclient import TestClient

from models.job import JobCounts, JobStatus, RowFault, RowRefusal
from service import clock, database, installation, runtime
from service.app import build
from service.database import make_engine
from service.jobs import turns
from service.jobs.turns import Outcome
from service.repositories import jobs
from service.scorer import Scorer, load_scorer
from service.webhooks.addresses import Address, Gate, NameUnknown
from tests import databases
from tests.factories import ADMIN, bearer
from tests.service.evening import steady
from tests.service.imports.sending import csv_of, gap_rows, send
from tests.service.jobs.making import store_job
from tests.service.large import large_allocation
from tests.service.webhooks.logbook import log_delivery

FILE = Path(__file__).parents[2] / "service" / "examples.json"
CLEANER = {
    "name": "Example Clean Resist GmbH",
    "names": [{"lang": "zh", "name": "示例清洁材料有限公司"}],
    "country": "DE",
    "external_id": "CRM-1043",
    "rd_intensity_pct": 6,
    "planned_output_cny": 900_000_000,
    "energy_tce": 600,
    "circular": True,
}
"""An investor that a policy for ecology puts first, and the one in force second."""

Call = Callable[..., Any]
"""Makes one call: (operation, method, path, body or none) → its answer, which is kept."""


def make(scorer: Scorer) -> dict[str, Any]:
    """An answer of each operation that has one, by its id."""
    with tempfile.TemporaryDirectory() as folder:
        settings = databases.settings_for(data_dir=folder)
        engine = make_engine(settings.engine_url)
        installation.install(engine, settings, lambda: scorer, demo=False)
        engine.dispose()
        parts = replace(runtime.assemble(settings, scorer), gate=Gate(nobody_knows))
        answers = call_all(TestClient(build(parts), headers=bearer(ADMIN)))
        parts.close()
    return steady(answers)


def call_all(client: TestClient) -> dict[str, Any]:
    """Make each call once, with the bodies of the document where it has some."""
    found: dict[str, Any] = {}

    def call(name: str, method: str, path: str, body: object = None, key: str = ADMIN) -> Any:
        answer = client.request(method, path, json=body, headers=bearer(key))
        assert answer.is_success, f"{name}: {answer.text}"
        found[name] = answer.json()
        return found[name]

    bodies = request_bodies(client)
    call_matching(call, bodies)
    call("read_allocation", "GET", f"/v1/allocations/{large_allocation(client)}")
    call_reference(call, bodies)
    call_leads(call, bodies)
    call_administration(call, bodies)
    call_editions(call, bodies)
    call_webhooks(client, call, bodies["create_webhook"])
    found["import_file"] = send(client, csv_of(gap_rows(2))).json()
    call_jobs(client, call)
    call("read_health", "GET", "/healthz")
    call("read_readiness", "GET", "/readyz")
    return found


def call_matching(call: Call, bodies: dict[str, Any]) -> None:
    """Register a zone, a gap and an investor, rank them, change them."""
    zone = call("register_zone", "POST", "/v1/zones", bodies["register_zone"])
    gap = call("register_gap", "POST", "/v1/gaps", bodies["register_gap"])
    investor = call("register_investor", "POST", "/v1/investors", bodies["register_investor"])
    gap_path, investor_path = f"/v1/gaps/{gap['id']}", f"/v1/investors/{investor['id']}"
    for kind in ("zone", "gap", "investor"):
        call(f"list_{kind}s", "GET", f"/v1/{kind}s?limit=1")
    call("read_zone", "GET", f"/v1/zones/{zone['id']}")
    call("read_gap", "GET", gap_path)
    call("read_investor", "GET", investor_path)
    enterprises = f"/v1/zones/{zone['id']}/enterprises"
    call("replace_enterprises", "PUT", enterprises, bodies["replace_enterprises"])
    call("list_enterprises", "GET", enterprises)
    call_diagnosis(call, bodies, f"/v1/zones/{zone['id']}")
    call("list_gap_matches", "GET", f"{investor_path}/matches")
    call("list_investor_matches", "GET", f"{gap_path}/matches")
    pair = call("get_match", "GET", f"{investor_path}/matches/{gap['id']}")
    call("match_batch", "POST", "/v1/match", bodies["match_batch"])
    call("allocate", "POST", "/v1/allocations", bodies["allocate"])
    call("read_convergence", "GET", f"/v1/insights/convergence?chain_id=ic&zone_id={zone['id']}")
    call("read_exposure", "GET", "/v1/insights/exposure")
    call("list_related_links", "GET", f"/v1/zones/{zone['id']}/related-links")
    call("read_investor_stability", "GET", f"{investor_path}/stability")
    call("read_gap_stability", "GET", f"{gap_path}/stability")
    receipt = {"receipt": pair["match"]["receipt"]}
    call("replay_receipt", "POST", "/v1/receipts/replay", receipt)
    call("change_zone", "PATCH", f"/v1/zones/{zone['id']}", {"land_available_ha": 80})
    call("change_gap", "PATCH", gap_path, {"severity": 75})
    call("change_investor", "PATCH", investor_path, {"rd_centre_committed": True})


def call_diagnosis(call: Call, bodies: dict[str, Any], zone: str) -> None:
    """Correct a firm, set a status, register what is computed."""
    firm = bodies["replace_enterprises"]["items"][0]["external_id"]
    links = f"{zone}/enterprises/{firm}/links"
    call("correct_enterprise_links", "PUT", links, bodies["correct_enterprise_links"])
    override = f"{zone}/diagnosis/overrides/ic.photoresist"
    call("set_link_status", "PUT", override, bodies["set_link_status"])
    call("read_diagnosis", "GET", f"{zone}/diagnosis?chain_id=ic")
    gaps = {"chain_id": "ic"}
    call("register_computed_gaps", "POST", f"{zone}/diagnosis/gaps", gaps)
    call("read_timeline", "GET", f"{zone}/timeline?link_id=ic.photoresist")


def call_reference(call: Call, bodies: dict[str, Any]) -> None:
    """Read how a score is made and what it rests on."""
    call("list_criteria", "GET", "/v1/criteria")
    call("list_policies", "GET", "/v1/policies")
    call("read_policy", "GET", "/v1/policies/national-2026")
    call("list_chains", "GET", "/v1/chains")
    call("read_chain", "GET", "/v1/chains/ic")
    call("list_regions", "GET", "/v1/regions")
    call("place_description", "POST", "/v1/placement", bodies["place_description"])


def call_leads(call: Call, bodies: dict[str, Any]) -> None:
    """Register a partner, hand in a lead with its key."""
    partner = call("register_partner", "POST", "/v1/admin/partners", bodies["register_partner"])
    partner_path = f"/v1/admin/partners/{partner['id']}"
    call("read_partner", "GET", partner_path)
    call("list_partners", "GET", "/v1/admin/partners?limit=1")
    call("change_partner", "PATCH", partner_path, {"territories": ["32"]})
    body = {"scope": "partner", "name": "Partner", "partner_id": partner["id"]}
    key = call("create_key", "POST", "/v1/admin/keys", body)["secret"]
    lead = call("submit_lead", "POST", "/v1/leads", bodies["submit_lead"], key)
    path = f"/v1/leads/{lead['id']}"
    call("list_leads", "GET", "/v1/leads?limit=1", None, key)
    call("list_lead_moves", "GET", f"{path}/events", None, key)
    move = bodies["move_lead"]
    call("move_lead", "POST", f"{path}/transitions", move)
    other = {**bodies["submit_lead"], "investor": bodies["register_investor"]}
    into = call("submit_lead", "POST", "/v1/leads", other, key)["id"]
    call("merge_lead", "POST", f"{path}/merge", {"into": into})
    call("unmerge_lead", "POST", f"{path}/unmerge")
    call("read_lead_contacts", "GET", f"{path}/contacts", None, key)
    call("read_lead", "GET", path)


def call_administration(call: Call, bodies: dict[str, Any]) -> None:
    """Make a key; draft a policy, let it rule, roll it back."""
    key = call("create_key", "POST", "/v1/admin/keys", bodies["create_key"])
    call("read_key", "GET", f"/v1/admin/keys/{key['id']}")
    call("list_keys", "GET", "/v1/admin/keys?limit=1")
    call("list_events", "GET", "/v1/admin/events?limit=1")
    call("read_cache", "GET", "/v1/admin/cache")
    call("rotate_key", "POST", f"/v1/admin/keys/{key['id']}/rotate")
    policy = call("draft_policy", "POST", "/v1/admin/policies", bodies["draft_policy"])
    policy_path = f"/v1/admin/policies/{policy['id']}"
    call("list_drafted_policies", "GET", "/v1/admin/policies?limit=1")
    call("read_drafted_policy", "GET", policy_path)
    call("change_drafted_policy", "PATCH", policy_path, {"neutral": 350})
    cleaner = {**bodies["register_investor"], **CLEANER}
    call("register_investor", "POST", "/v1/investors", cleaner)
    call("preview_policy", "POST", f"{policy_path}/preview", bodies["preview_policy"])
    first_day = {"effective_from": "2100-01-01"}
    call("activate_policy", "POST", f"{policy_path}/activate", first_day)
    call("roll_policy_back", "POST", f"{policy_path}/rollback")


def call_editions(call: Call, bodies: dict[str, Any]) -> None:
    """Load an edition of keywords, try it, let it rule one day, roll it back."""
    edition = call("load_edition", "POST", "/v1/admin/reference", bodies["load_edition"])
    path = f"/v1/admin/reference/{edition['id']}"
    call("make_landscape", "POST", "/v1/admin/reference/landscape")
    call("list_editions", "GET", "/v1/admin/reference?limit=1")
    call("read_edition", "GET", path)
    call("compare_edition", "GET", f"{path}/differences")
    call("preview_edition", "POST", f"{path}/preview", {})
    call("activate_edition", "POST", f"{path}/activate", {"effective_from": "2100-01-01"})
    call("roll_edition_back", "POST", f"{path}/rollback")


def call_webhooks(client: TestClient, call: Call, body: Any) -> None:
    """The calls of webhooks, with one line in the log."""
    made = call("create_webhook", "POST", "/v1/webhooks", body)
    path = f"/v1/webhooks/{made['id']}"
    app: Any = client.app
    log_delivery(app.state.runtime.engine, made["id"], action="gap.created")
    call("list_webhooks", "GET", "/v1/webhooks")
    call("read_webhook", "GET", path)
    call("change_webhook", "PATCH", path, {"status": "active"})
    call("rotate_webhook", "POST", f"{path}/rotate")
    call("list_deliveries", "GET", f"{path}/deliveries")
    call("redeliver", "POST", f"{path}/deliveries/1/redeliver")


def call_jobs(client: TestClient, call: Call) -> None:
    """Follow a job that was given up, retry it, cancel it."""
    app: Any = client.app
    engine = app.state.runtime.engine
    job_id = store_job(engine)
    refusal = RowRefusal(
        line=3, faults=[RowFault(column="环节", field="link_id", msg="is not in the reference")]
    )
    with database.transaction(engine) as session:
        job = turns.begin(session, "wrk_1", clock.now(), job_id)
        assert job is not None
        portion = jobs.portion_at(session, job_id, 1)
        turns.advance(session, job, portion, Outcome(JobCounts(created=1, refused=1), [refusal]))
        turns.finish(session, job, JobStatus.FAILED, "OperationalError")
    path = f"/v1/admin/jobs/{job_id}"
    call("list_jobs", "GET", "/v1/admin/jobs?status=failed")
    call("read_job", "GET", path)
    call("list_refusals", "GET", f"{path}/refusals")
    call("retry_job", "POST", f"{path}/retry")
    call("cancel_job", "POST", f"{path}/cancel")


def nobody_knows(host: str, port: int) -> list[Address]:
    """The hosts of examples are looked up nowhere."""
    raise NameUnknown


def request_bodies(client: TestClient) -> dict[str, Any]:
    """The example of each request body in the document, by the id of its operation."""
    document = cast("FastAPI", client.app).openapi()
    schemas = document["components"]["schemas"]
    bodies: dict[str, Any] = {}
    for item in document["paths"].values():
        for operation in item.values():
            content = operation.get("requestBody", {}).get("content", {})
            reference = content.get("application/json", {}).get("schema", {}).get("$ref", "")
            examples = schemas.get(reference.rpartition("/")[2], {}).get("examples")
            if examples:
                bodies[operation["operationId"]] = examples[0]
    return bodies


if __name__ == "__main__":
    FILE.write_text(json.dumps(make(load_scorer()), ensure_ascii=False, indent=1) + "\n", "utf-8")
