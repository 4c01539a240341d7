"""A partner's pages: handing in, clocks, reports, persons; nothing of another partner."""

from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.usecases.sessions import form_token
from tests.factories import ADMIN, OTHER_PARTNER, PARTNER, PORTAL, a_gap, a_lead, a_person, register
from tests.service.pages.visitor import Visitor, a_visitor, words_of

FILLED = {"name": "示例株式会社", "country": "jp", "products": "ArF光刻胶\n光刻胶树脂\n"}


@pytest.fixture
def guest_partner(embedded: TestClient, blank_app: FastAPI) -> Visitor:
    """A partner who has signed in."""
    visitor = a_visitor(blank_app)
    assert visitor.sign_in(PARTNER).headers["Location"] == "/leads"
    return visitor


@pytest.fixture
def gap(embedded: TestClient) -> dict[str, Any]:
    return register(embedded, "gaps", a_gap(title_zh="引进光刻胶项目"))


def send(visitor: Visitor, path: str, **fields: str) -> Any:
    return visitor.client.post(path, data={"token": form_token(visitor.token), **fields})


def words(visitor: Visitor, path: str) -> str:
    answer = visitor.client.get(path)
    assert answer.status_code == 200, answer.text
    return words_of(answer)


def test_a_lead_is_handed_in_for_a_gap(guest_partner: Visitor, gap: dict[str, Any]) -> None:
    assert "还没有线索" in words(guest_partner, "/leads")
    assert "引进光刻胶项目" in words(guest_partner, f"/leads/new?gap_id={gap['id']}")
    sent = send(guest_partner, "/leads/new", gap_id=gap["id"], once="1", **FILLED)
    assert sent.status_code == 303, words_of(sent)
    path = sent.headers["Location"].partition("?")[0]
    told = words(guest_partner, sent.headers["Location"])
    for word in ("线索已递交。", "示例株式会社", "已提交", "现在", "ArF光刻胶", "引进光刻胶项目"):
        assert word in told
    assert path in guest_partner.client.get("/leads").text
    again = send(guest_partner, "/leads/new", gap_id=gap["id"], once="1", **FILLED)
    assert again.headers["Location"] == sent.headers["Location"]


def test_a_lead_names_a_link_and_persons(guest_partner: Visitor) -> None:
    fields = {
        **FILLED,
        "link_id": "ic.photoresist",
        "zone_id": "CNHTZ-3205",
        "planned_investment_min": "300",
        "technology_level": "4",
        "person_name": "王小明",
        "person_phone": "+86 512 0000 0000",
        "given_by": "王小明",
        "given_at": "2026-01-05T09:00",
        "purpose": "洽谈落地",
    }
    sent = send(guest_partner, "/leads/new", once="2", **fields)
    assert sent.status_code == 303, words_of(sent)
    path = sent.headers["Location"].partition("?")[0]
    told = words(guest_partner, path)
    assert "王小明 已同意用于：洽谈落地" in told
    assert "+86 512 0000 0000" in told
    assert send(guest_partner, f"{path}/erase").status_code == 303
    told = words(guest_partner, path)
    assert "联系人信息已删除。" in told
    assert "王小明" not in told


@pytest.mark.parametrize(
    ("fields", "words_told"),
    [
        ({"country": "Japan"}, "Japan"),
        ({"name": ""}, "ArF光刻胶"),
        ({"planned_investment_min": "很多"}, "很多"),
        ({"person_name": "王小明"}, "王小明"),
        ({"products": "", "name": "甲" * 600}, "JP"),
    ],
)
def test_what_is_not_valid_comes_back_as_it_was_filled_in(
    guest_partner: Visitor, fields: dict[str, str], words_told: str
) -> None:
    sent = send(
        guest_partner, "/leads/new", **{**FILLED, "country": "JP", "link_id": "ic.eda", **fields}
    )
    assert sent.status_code == 422
    assert "尚未递交" in words_of(sent)
    assert words_told in sent.text
    assert 'role="alert"' in sent.text
    assert "还没有线索" in words(guest_partner, "/leads")


def test_progress_is_reported_and_a_lead_withdrawn(
    guest_partner: Visitor, partner_api: TestClient, embedded: TestClient
) -> None:
    lead = register(partner_api, "leads", a_lead())
    path = f"/leads/{lead['id']}"
    move = {"to": "accepted", "reason": "甲"}
    assert embedded.post(f"/v1{path}/transitions", json=move).status_code == 200
    sent = send(guest_partner, f"{path}/move", to="accepted", reason="已与企业见面")
    assert sent.headers["Location"] == f"{path}?done=reported"
    assert "已与企业见面" in words(guest_partner, path)
    assert send(guest_partner, f"{path}/move", to="signed", reason="甲").status_code == 409
    assert send(guest_partner, f"{path}/move", to="withdrawn", reason="企业放弃").status_code == 303
    told = words(guest_partner, path)
    assert "已撤回" in told
    assert "可办理事项" not in told


def test_another_partners_lead_is_not_there(
    blank_app: FastAPI, partner_api: TestClient, guest_partner: Visitor
) -> None:
    lead = register(partner_api, "leads", a_lead(**a_person()))
    other = a_visitor(blank_app)
    other.sign_in(OTHER_PARTNER)
    assert other.client.get(f"/leads/{lead['id']}").status_code == 404
    assert send(other, f"/leads/{lead['id']}/erase").status_code == 404
    assert "还没有线索" in words(other, "/leads")
    assert lead["investor_name"] in words(guest_partner, "/leads?status=submitted")


@pytest.mark.parametrize("key", [ADMIN, PORTAL])
def test_pages_of_partners_are_theirs(stranger: Visitor, key: str) -> None:
    stranger.sign_in(key)
    assert stranger.client.get("/leads").status_code == 403
    assert 'href="/leads"' not in stranger.client.get("/").text


def test_forms_need_their_token(guest_partner: Visitor, gap: dict[str, Any]) -> None:
    data = {"token": "x", "gap_id": gap["id"], **FILLED}
    assert guest_partner.client.post("/leads/new", data=data).status_code == 403
    assert guest_partner.client.get("/leads/new?gap_id=gap_none").status_code == 404


def test_hostile_names_are_only_words(guest_partner: Visitor, partner_api: TestClient) -> None:
    name = '<img src=x onerror="alert(1)">公司'
    lead = register(
        partner_api, "leads", a_lead(investor={"name": name, "country": "DE", "products": ["胶"]})
    )
    for path in ("/leads", f"/leads/{lead['id']}"):
        page = guest_partner.client.get(path).text
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page
