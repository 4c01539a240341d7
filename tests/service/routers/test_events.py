"""`/v1/admin/events`: what was done, by whom, in pages and as one export; nobody's contacts."""

import csv
import io
import json
from typing import Any

import pytest
from sqlmodel import Session, select
from starlette.testclient import TestClient

from models.api_key import ApiKey
from service.usecases import audit
from tests.factories import (
    PARTNER,
    PORTAL,
    a_lead,
    a_person,
    an_investor,
    bearer,
    register,
    runtime_of,
)

PATH = "/v1/admin/events"


def listed(client: TestClient, query: str = "", path: str = PATH) -> list[dict[str, Any]]:
    """All pages of a list."""
    found: list[dict[str, Any]] = []
    page = client.get(f"{path}?limit=2&{query}").json()
    found += page["items"]
    while page["next_cursor"]:
        page = client.get(f"{path}?limit=2&{query}&cursor={page['next_cursor']}").json()
        found += page["items"]
    return found


@pytest.fixture
def told(embedded: TestClient) -> TestClient:
    """An administrator of a log with changes of two investors by the portal."""
    for jobs in (1, 2):
        headers = bearer(PORTAL)
        made = embedded.post("/v1/investors", json=an_investor(), headers=headers)
        embedded.patch(made.headers["Location"], json={"jobs": jobs}, headers=headers)
    return embedded


def portal_id(client: TestClient) -> str:
    with Session(runtime_of(client).engine) as session:
        return session.exec(select(ApiKey.id).where(ApiKey.name == "Portal")).one()


def test_pages_hold_the_log_in_both_orders(told: TestClient) -> None:
    newest = listed(told)
    numbers = [event["number"] for event in newest]
    assert numbers == list(range(len(numbers), 0, -1))
    assert listed(told, "order=oldest") == newest[::-1]
    last = newest[0]
    assert (last["action"], last["before"], last["after"]) == (
        "investor.updated",
        {"jobs": None},
        {"jobs": 2},
    )
    assert last["actor"] == portal_id(told)
    assert len(last["hash"]) == 64


def test_filters_hold_together(told: TestClient) -> None:
    log = listed(told)
    investor = log[0]["subject_id"]
    moment = log[1]["at"].replace("+", "%2B")
    cases = {
        f"actor={portal_id(told)}": log[:4],
        "action=investor.created": [log[1], log[3]],
        "subject_type=investor&action=investor.updated": [log[0], log[2]],
        f"subject_id={investor}": log[:2],
        f"after={log[2]['number']}": log[:2],
        f"since={moment}&subject_type=investor": log[:2],
        f"until={moment}&subject_type=investor": log[2:4],
        "actor=nobody": [],
    }
    assert {query: listed(told, query) for query in cases} == cases


@pytest.mark.parametrize(
    "query",
    [
        "after=-1",
        "after=x",
        "after=9223372036854775808",
        "since=yesterday",
        "until=2030-01-01T00:00:00",
        "order=random",
        "actor=",
        "who=me",
        "cursor=x",
    ],
)
def test_questions_that_make_no_sense_are_refused(embedded: TestClient, query: str) -> None:
    answer = embedded.get(f"{PATH}?{query}")
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_export_holds_the_whole_log_line_by_line(
    told: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "PAGE", 3)
    answer = told.get(f"{PATH}/export")
    assert answer.headers["Content-Type"] == "application/jsonl"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="events.jsonl"'
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert lines == listed(told, "order=oldest")
    some = told.get(f"{PATH}/export?subject_type=investor").text.splitlines()
    assert [json.loads(line) for line in some] == lines[-4:]


def test_exported_table_is_the_same_log(told: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "PAGE", 4)
    answer = told.get(f"{PATH}/export?format=csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    log = listed(told, "order=oldest")
    assert [int(row["number"]) for row in rows] == [event["number"] for event in log]
    assert [json.loads(row["after"] or "null") for row in rows] == [e["after"] for e in log]
    assert not [cell for row in rows for cell in row.values() if cell[:1] in "=+-@\t\r" and cell]


def test_export_ends_where_the_log_ended_when_it_was_asked_for(told: TestClient) -> None:
    class Asked:
        session = Session(runtime_of(told).engine)
        runtime = runtime_of(told)

    asked: Any = Asked()
    parts = audit.export(asked, audit.EventFilter(), audit.ExportFormat.JSONL)
    count = len(listed(told))
    register(told, "investors", an_investor())
    assert len("".join(parts).splitlines()) == count
    Asked.session.close()


def test_empty_export_is_empty(embedded: TestClient) -> None:
    nobody = f"{PATH}/export?actor=nobody"
    assert embedded.get(nobody).text == ""
    assert embedded.get(f"{nobody}&format=csv").text.strip() == ",".join(audit.COLUMNS)
    assert embedded.get(f"{nobody}&format=xls").status_code == 422


def test_the_log_holds_nobodys_contacts(embedded: TestClient) -> None:
    person = a_person(
        name="欧阳若兰", role="采购总监", phone="+86 138 0013 8000", email="ruolan@example.cn"
    )
    person["consent"] |= {"given_by": "欧阳若兰", "purpose": "洽谈落地事宜"}
    body = a_lead(**person, note="请先联系法务部门")
    lead = embedded.post("/v1/leads", json=body, headers=bearer(PARTNER))
    assert lead.status_code == 201, lead.text
    path = lead.headers["Location"]
    moved = {"to": "under_review", "reason": "已致电联系"}
    assert embedded.post(f"{path}/transitions", json=moved).status_code == 200
    assert embedded.delete(f"{path}/contacts").status_code == 204
    log = embedded.get(f"{PATH}/export").text + embedded.get(f"{PATH}/export?format=csv").text
    for word in (
        "欧阳",
        "若兰",
        "采购总监",
        "0013 8000",
        "13800138000",
        "ruolan",
        "洽谈落地",
        "请先",
        "致电",
    ):
        assert word not in log, word
    actions = [event["action"] for event in listed(embedded, f"subject_id={lead.json()['id']}")]
    assert actions[0] == "lead.contacts_erased"
