"""What a partner hears is the same whether or not a competitor has a lead for the company."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from tests.factories import a_gap, a_lead, a_person, an_investor, register
from tests.service.usecases.test_transitions import move

MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.]+Z")
ID = re.compile(r"\b(lead|inv|gap|ctc|req|key|ptn)_[0-9A-Za-z]+")
TAG = re.compile(r'"\d+-[0-9a-f]{16}"')
RECEIPT = re.compile(r'"receipt":"[^"]*"')
TOLD = ("location", "cache-control", "content-type", "vary", "retry-after")


def heard(answer: Response, name: str) -> tuple[int, dict[str, str], str]:
    """An answer without what is random, and without the name of the company."""
    text = answer.text.replace(name, "公司")
    for pattern, word in ((MOMENT, "then"), (RECEIPT, "receipt"), (ID, "id"), (TAG, "tag")):
        text = pattern.sub(word, text)
    headers = {key: ID.sub("id", answer.headers.get(key, "")) for key in TOLD}
    return answer.status_code, headers, text


def story(partner: TestClient, admin: TestClient, name: str, gap: str) -> Iterator[Response]:
    """All that a partner can ask about a lead of its own, from handing in to its refusal."""
    body = a_lead(investor=an_investor(name=name), gap_id=gap, **a_person())
    made = partner.post("/v1/leads", json=body)
    yield made
    yield partner.post("/v1/leads", json=body)
    lead = made.json()
    again = a_lead(investor_id=lead["investor_id"], link_id="ic.fab")
    yield partner.post("/v1/leads", json=again)
    for to, who in (("returned", admin), ("submitted", partner), ("rejected", admin)):
        answer = move(who, lead["id"], to, reason="补充材料")
        assert answer.status_code == 200
        path = f"/v1/leads/{lead['id']}"
        yield partner.get(path)
        yield partner.get(f"{path}/events")
        yield partner.get(f"{path}/contacts")
        yield partner.get(f"/v1/leads?gap_id={gap}")
    yield move(partner, lead["id"], "accepted")
    yield partner.post("/v1/leads", json=body)
    yield partner.get(f"/v1/gaps/{gap}")


@pytest.mark.parametrize("status", ["submitted", "accepted", "negotiating", "withdrawn"])
def test_a_competitor_changes_nothing_of_what_a_partner_hears(
    partner: TestClient, other_partner: TestClient, admin: TestClient, portal: TestClient,
    status: str,
) -> None:  # fmt: skip
    alone, contested = "甲示例材料公司", "乙示例材料公司"
    gaps = {name: register(portal, "gaps", a_gap(severity=9))["id"] for name in (alone, contested)}
    competing = other_partner.post(
        "/v1/leads", json=a_lead(investor=an_investor(name=contested), gap_id=gaps[contested])
    ).json()
    for to in ("accepted", "negotiating"):
        if status in {to, "negotiating"}:
            assert move(admin, competing["id"], to).status_code == 200
    if status == "withdrawn":
        move(other_partner, competing["id"], status)
    stories: dict[str, list[Any]] = {}
    for name, gap in gaps.items():
        stories[name] = [heard(answer, name) for answer in story(partner, admin, name, gap)]
    assert len(stories[alone]) > 15
    for mine, contested_one in zip(stories[alone], stories[contested], strict=True):
        assert mine == contested_one


def test_nothing_of_another_is_in_any_answer(
    partner: TestClient, other_partner: TestClient, admin: TestClient, portal: TestClient
) -> None:
    gap = register(portal, "gaps", a_gap())["id"]
    name = "示例材料公司"
    theirs = other_partner.post(
        "/v1/leads", json=a_lead(investor=an_investor(name=name), gap_id=gap, note="机密")
    ).json()
    move(admin, theirs["id"], "accepted", reason="内部理由")
    whole = admin.get(f"/v1/leads/{theirs['id']}").json()
    secrets = [theirs["id"], theirs["investor_id"], theirs["partner_id"], whole["company_id"]]
    secrets += ["机密", "内部理由"]
    said = [answer.text for answer in story(partner, admin, name, gap)]
    for path in ("", "/events", "/contacts", "/transitions", "/merge", "/unmerge"):
        method = "POST" if path in {"/transitions", "/merge", "/unmerge"} else "GET"
        answer = partner.request(
            method,
            f"/v1/leads/{theirs['id']}{path}",
            json={"to": "withdrawn", "reason": "x"} if path == "/transitions" else {"into": "x"},
        )
        assert answer.status_code in {403, 404}
        said.append(answer.text.replace(f"/v1/leads/{theirs['id']}", ""))
    lists = ("gaps", "zones?limit=100", "leads", "policies", "leads?partner_id=ptn_others")
    said += [partner.get(f"/v1/{path}").text for path in lists]
    assert [word for word in secrets if any(word in text for text in said)] == []


@pytest.mark.parametrize("path", ["", "/events", "/contacts"])
def test_what_is_anothers_looks_like_what_is_not_there(
    partner: TestClient, other_partner: TestClient, path: str
) -> None:
    theirs = register(other_partner, "leads", a_lead())["id"]
    absent = "lead_00000000000000000000000000"
    answers = [partner.get(f"/v1/leads/{lead}{path}") for lead in (theirs, absent)]
    assert [answer.status_code for answer in answers] == [404, 404]
    foreign, unknown = (ID.sub("id", answer.text) for answer in answers)
    assert foreign == unknown
    same = [{**answer.headers, "x-request-id": "", "ratelimit": ""} for answer in answers]
    assert same[0] == same[1]
