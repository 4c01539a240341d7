"""The pages of leads: where they stand, what may be done, who is named in them."""

import re
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.leads.machine import Actor, moves_of
from tests.factories import a_gap, a_lead, a_person, an_investor, register
from tests.service.pages.visitor import Visitor, words_of
from tests.service.usecases.test_history import events


@pytest.fixture
def lead(partner_api: TestClient) -> dict[str, Any]:
    named = a_person(phone="+86 512 0000 0000")
    return register(partner_api, "leads", a_lead(note="备注在此", **named))


def test_a_lead_is_shown_with_its_names(
    office: Visitor, embedded: TestClient, lead: dict[str, Any]
) -> None:
    register(embedded, "gaps", a_gap())
    page = office.text(f"/leads/{lead['id']}")
    for words in (
        lead["investor_name"],
        "光刻胶及配套试剂 ic.photoresist",
        "泰州医药高新技术产业开发区 CNHTZ-3205",
        "备注在此",
        "王小明",
        "+86 512 0000 0000",
        "洽谈落地",
        "已提交",
    ):
        assert words in page


def test_moves_that_are_allowed_are_offered_and_no_others(
    office: Visitor, lead: dict[str, Any]
) -> None:
    for status in ("submitted", "accepted", "negotiating", "withdrawn"):
        if status != "submitted":
            office.done(f"/leads/{lead['id']}/move", to=status, reason="因故")
        text = office.get(f"/leads/{lead['id']}").text
        offered = re.findall(r'name="to" value="(\w+)"', text)
        assert offered == [str(to) for to in moves_of(offered_from(status), Actor.ADMINISTRATOR)]
    assert "此线索已办结" in office.text(f"/leads/{lead['id']}")


def offered_from(status: str) -> Any:
    return status


def test_a_move_says_why_and_when(
    office: Visitor, embedded: TestClient, lead: dict[str, Any], blank_app: FastAPI
) -> None:
    path = f"/leads/{lead['id']}"
    office.done(f"{path}/move", to="accepted", reason="材料齐全\n同意受理")
    shown = embedded.get(f"/v1{path}").json()
    assert (shown["status"], shown["holder_id"]) == ("accepted", lead["id"])
    page = office.text(path)
    assert "同意受理" in page
    assert "受理线索 本线索" in page
    late = office.send(f"{path}/move", to="negotiating", reason="甲", at="2020-01-01T00:00")
    assert late.status_code == 422
    assert "不能早于上一次变更" in words_of(late)
    found = events(blank_app.state.runtime.engine, lead["id"])
    assert found[-1].action == "lead.moved"
    assert "同意受理" not in str([event.model_dump() for event in found])


def test_moves_that_cannot_be_change_nothing(office: Visitor, lead: dict[str, Any]) -> None:
    for fields, status, words in [
        ({"to": "landed", "reason": "甲"}, 409, "从可办理的事项中选择"),
        ({"to": "none", "reason": "甲"}, 422, "新状态 : 没有这个选项"),
        ({"to": "accepted"}, 422, "理由 : 必填"),
        ({"to": "accepted", "reason": "请联系王小明"}, 422, "写入了联系人信息"),
        ({"to": "accepted", "reason": "甲", "at": "2090-01-01T00:00"}, 422, "不能晚于现在"),
    ]:
        before = office.text(f"/leads/{lead['id']}")
        answer = office.send(f"/leads/{lead['id']}/move", **fields)
        assert answer.status_code == status
        assert words in words_of(answer)
        assert office.text(f"/leads/{lead['id']}") == before


def test_who_came_first_is_decided_first(
    office: Visitor, other_api: TestClient, lead: dict[str, Any]
) -> None:
    name = lead["investor_name"]
    later = register(other_api, "leads", a_lead(investor=an_investor(name=name)))
    path = f"/leads/{later['id']}"
    ahead = office.send(f"{path}/move", to="accepted", reason="甲")
    assert ahead.status_code == 409
    assert "请先对更早的线索作出决定" in words_of(ahead)
    office.done(f"/leads/{lead['id']}/move", to="accepted", reason="甲")
    held = office.send(f"{path}/move", to="accepted", reason="甲")
    assert "已由其他线索受理" in words_of(held)
    assert f'href="/admin/leads/{lead["id"]}"' in office.get(path).text


def test_persons_are_shown_on_this_page_only_and_erased_for_good(
    office: Visitor, lead: dict[str, Any]
) -> None:
    path = f"/leads/{lead['id']}"
    others = ["/", "/leads", "/duplicates", "/events", "/partners/ptn_tests", "/keys"]
    for other in others:
        assert "王小明" not in office.text(other)
        assert "512 0000" not in office.text(other)
    office.done(f"{path}/erase")
    office.done(f"{path}/erase")
    page = office.text(path)
    assert "王小明" not in page
    assert "联系人信息已删除" in page
    assert 'id="erase"' not in office.get(path).text


def test_the_list_is_filtered(office: Visitor, lead: dict[str, Any]) -> None:
    for query, is_there in [
        ("status=submitted", True),
        ("status=accepted", False),
        ("partner_id=ptn_tests", True),
        ("partner_id=ptn_others", False),
        ("chain_id=ic&zone_id=CNHTZ-3205", True),
        ("zone_id=CNHTZ-1100", False),
    ]:
        page = office.text(f"/leads?{query}")
        assert (lead["id"] in page) is is_there
        assert ("没有符合条件的线索" in page) is not is_there


def test_filters_that_cannot_be_are_told(office: Visitor) -> None:
    for query in ["status=none", "zone_id=%00", "chain_id=A B", "cursor=x"]:
        assert office.get(f"/leads?{query}").status_code == 422


def test_leads_without_a_zone_are_shown(office: Visitor, partner_api: TestClient) -> None:
    made = register(partner_api, "leads", a_lead(zone_id=None))
    assert "不限高新区" in office.text("/leads")
    assert "线索中没有联系人" in office.text(f"/leads/{made['id']}")


def test_the_first_page_shows_what_waits_and_what_is_due(
    office: Visitor, lead: dict[str, Any]
) -> None:
    page = office.text("/")
    assert page.count(lead["id"]) == 2
    assert "179 高新区" in page
    office.done(f"/leads/{lead['id']}/move", to="rejected", reason="甲")
    page = office.text("/")
    assert lead["id"] not in page
    assert "没有等待决定的线索" in page
    assert "一周内没有到期的事项" in page
