"""The pages of policies: what differs, what rules from when."""

import re
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service import clock
from tests.factories import a_policy, register
from tests.service.pages.visitor import Visitor, words_of
from tests.service.usecases.test_history import events


@pytest.fixture
def draft(embedded: TestClient) -> dict[str, Any]:
    return register(embedded, "admin/policies", a_policy())


def test_a_draft_begins_with_the_figures_it_is_based_on(office: Visitor) -> None:
    fields = {"name_zh": "草案", "name_en": "Draft", "source": "会议纪要", "once": "a"}
    led = office.done("/policies", **fields)
    assert office.done("/policies", **fields) == led
    page = office.get(led.removeprefix("/admin"))
    assert "草案已建立" in words_of(page)
    assert 'class="changed"' not in page.text
    assert "国家高新区补链匹配政策" in words_of(page)


def test_what_differs_is_shown(office: Visitor, draft: dict[str, Any]) -> None:
    page = office.get(f"/policies/{draft['id']}").text
    assert page.count('class="changed"') == 14
    assert "+500" in page


def test_figures_are_laid_over_a_draft(
    embedded: TestClient, office: Visitor, draft: dict[str, Any]
) -> None:
    path = f"/policies/{draft['id']}"
    fields = {"weight.ecology": "1000", "weight.link_fit": "", "neutral": "350", "name_en": "Eco"}
    office.done(f"{path}/change", version="1", **fields)
    shown = embedded.get(f"/v1/admin{path}").json()
    assert set(shown["weights"]["ecology"].values()) == {1000}
    assert (shown["neutral"], shown["name_en"], shown["name_zh"]) == (350, "Eco", draft["name_zh"])
    assert office.send(f"{path}/change", version="1", neutral="300").status_code == 412


def test_what_is_no_figure_is_refused(office: Visitor, draft: dict[str, Any]) -> None:
    for said in ["x", "-1", "１２", "100000", "1.5", "20000"]:
        for name in ("weight.ecology", "neutral"):
            answer = office.send(f"/policies/{draft['id']}/change", **{name: said})
            assert answer.status_code == 422
            assert "没有任何内容被修改" in words_of(answer)
        unknown = office.send(f"/policies/{draft['id']}/change", **{"weight.none": "1"})
        assert unknown.status_code == 422


def test_weights_that_are_more_than_the_whole_are_told(
    office: Visitor, draft: dict[str, Any]
) -> None:
    fields = {"weight.ecology": "6000", "weight.link_fit": "6000"}
    answer = office.send(f"/policies/{draft['id']}/change", **fields)
    assert answer.status_code == 422
    assert "不符合要求（the weights named add up to 12000, more than 10000）" in words_of(answer)


def test_a_policy_rules_and_is_rolled_back(
    office: Visitor, draft: dict[str, Any], blank_app: FastAPI
) -> None:
    path = f"/policies/{draft['id']}"
    assert 'id="activate"' in office.get(path).text
    assert office.send(f"{path}/rollback").status_code == 409
    day = clock.china_day().isoformat()
    office.done(f"{path}/activate", effective_from=day)
    assert "施行中" in office.text(path)
    assert "生态优先" in office.text("/policies")
    assert 'id="activate"' not in office.get(path).text
    again = office.send(f"{path}/activate", effective_from=day)
    assert again.status_code == 409
    assert "此政策已不是草案" in words_of(again)
    assert office.send(f"{path}/change", neutral="300").status_code == 409
    office.done(f"{path}/rollback")
    assert "已失效" in office.text(path)
    found = events(blank_app.state.runtime.engine, draft["id"])
    assert [event.action for event in found] == [
        "policy.created",
        "policy.activated",
        "policy.rolled_back",
    ]


def test_days_that_cannot_be_are_refused(office: Visitor, draft: dict[str, Any]) -> None:
    for day in ["2020-01-01", "soon", "2026-13-01"]:
        answer = office.send(f"/policies/{draft['id']}/activate", effective_from=day)
        assert answer.status_code == 422
        assert "生效日期" in words_of(answer)


def test_policies_that_came_with_the_service_are_shown_and_not_changed(office: Visitor) -> None:
    page = office.get("/policies/national-2026")
    assert "随系统提供的政策" in words_of(page)
    assert not re.search(r'action="/admin/policies', page.text)
    assert office.send("/policies/national-2026/rollback").status_code == 404


def test_a_draft_may_be_based_on_another(office: Visitor, draft: dict[str, Any]) -> None:
    fields = {"name_zh": "续", "name_en": "Next", "source": "甲", "based_on": draft["id"]}
    page = office.get(office.done("/policies", **fields).removeprefix("/admin"))
    assert draft["id"] in page.text
    assert 'class="changed"' not in page.text
    none = office.send("/policies", **{**fields, "based_on": "pol_none"})
    assert none.status_code == 422
