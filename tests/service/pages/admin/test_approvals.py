"""Where two administrators are needed: one asks on a page, another one confirms on theirs."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from sqlmodel import Session
from starlette.testclient import TestClient

from models.policy_draft import PendingAct, PolicyAct, StoredPolicy
from service import clock
from tests.factories import a_key, a_policy, register
from tests.service.pages.visitor import Visitor, a_visitor, words_of
from tests.service.usecases.test_history import events

WAITS = "等待另一位管理员确认"


@pytest.fixture
def draft(embedded: TestClient, blank_app: FastAPI) -> dict[str, Any]:
    """A draft where two administrators are needed."""
    blank_app.state.runtime = replace(blank_app.state.runtime, two_administrators=True)
    return register(embedded, "admin/policies", a_policy())


@pytest.fixture
def colleague(embedded: TestClient, blank_app: FastAPI) -> Visitor:
    """Another administrator who has signed in."""
    secret = register(embedded, "admin/keys", a_key(scope="admin", name="同事"))["secret"]
    visitor = a_visitor(blank_app)
    assert visitor.sign_in(secret).status_code == 303
    return visitor


def test_one_asks_and_another_confirms(
    office: Visitor, colleague: Visitor, draft: dict[str, Any], blank_app: FastAPI
) -> None:
    path = f"/policies/{draft['id']}"
    day = str(clock.china_day())
    assert "须由两位管理员办理" in office.text(path)
    assert WAITS not in office.text("/")
    assert office.done(f"{path}/activate", effective_from=day).endswith("?done=asked_for")
    own = office.get(path).text
    assert "您已提出此请求" in own
    assert 'id="confirm"' not in own
    assert 'id="close"' not in own
    assert 'name="weight.ecology"' not in own
    refused = office.send(f"{path}/activate", effective_from=day)
    assert (refused.status_code, "须由另一位管理员确认" in words_of(refused)) == (409, True)
    for page in ("/", "/policies"):
        assert WAITS in colleague.text(page)
    assert f"生态优先 · 启用 · {day} · Administrator" in colleague.text("/")
    assert f'name="effective_from" value="{day}"' in colleague.get(path).text
    assert colleague.done(f"{path}/activate", effective_from=day).endswith("?done=activated")
    assert "施行中" in colleague.text(path)
    assert colleague.done(f"{path}/rollback").endswith("?done=asked_for")
    assert "请求事项 回退" in office.text(path)
    assert office.done(f"{path}/rollback").endswith("?done=rolled_back")
    assert WAITS not in office.text("/")
    found = [event.action for event in events(blank_app.state.runtime.engine, draft["id"])]
    assert found[1:] == [
        f"policy.{verb}"
        for verb in ("activation_asked", "activated", "rollback_asked", "rolled_back")
    ]
    log = office.text(f"/events?subject_id={draft['id']}")
    assert "政策 · 请求启用" in log
    assert "政策 · 请求回退" in log


def test_a_request_is_withdrawn(office: Visitor, colleague: Visitor, draft: dict[str, Any]) -> None:
    path = f"/policies/{draft['id']}"
    office.done(f"{path}/activate")
    pending = colleague.send(f"{path}/close", version="2")
    assert (pending.status_code, WAITS in words_of(pending)) == (409, True)
    assert colleague.done(f"{path}/withdraw").endswith("?done=withdrawn")
    assert WAITS not in office.text(path)
    assert 'id="activate"' in office.get(path).text


def test_a_day_that_has_passed_is_not_confirmed(
    office: Visitor, colleague: Visitor, draft: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/policies/{draft['id']}"
    office.done(f"{path}/activate")
    tomorrow = clock.china_day() + timedelta(days=1)
    monkeypatch.setattr(clock, "china_day", lambda: tomorrow)
    page = colleague.get(path)
    assert "请求的生效日期已过" in words_of(page)
    assert 'id="confirm"' not in page.text
    assert 'id="withdraw"' in page.text


def test_where_one_is_enough_again_the_one_who_asked_confirms(
    office: Visitor, draft: dict[str, Any], blank_app: FastAPI
) -> None:
    path = f"/policies/{draft['id']}"
    office.done(f"{path}/activate")
    blank_app.state.runtime = replace(blank_app.state.runtime, two_administrators=False)
    assert 'id="confirm"' in office.get(path).text
    assert office.done(f"{path}/activate").endswith("?done=activated")


def test_a_person_who_asked_is_not_named(
    office: Visitor, draft: dict[str, Any], blank_app: FastAPI
) -> None:
    asked = PendingAct(
        action=PolicyAct.ACTIVATION,
        effective_from=clock.china_day(),
        asked_by="per_somebody",
        asked_at=clock.now(),
    )
    with Session(blank_app.state.runtime.engine) as session:
        session.get_one(StoredPolicy, draft["id"]).pending = asked
        session.commit()
    for path in ("/", f"/policies/{draft['id']}"):
        page = office.get(path)
        assert "以组织账号登录的人员 per_somebody" in words_of(page)
        assert "/keys/per_somebody" not in page.text
    assert office.done(f"/policies/{draft['id']}/activate").endswith("?done=activated")


def test_only_the_first_of_many_requests_are_on_the_first_page(
    embedded: TestClient, office: Visitor, draft: dict[str, Any]
) -> None:
    ids = [
        draft["id"],
        *(register(embedded, "admin/policies", a_policy())["id"] for _ in range(11)),
    ]
    for policy_id in reversed(ids):
        office.done(f"/policies/{policy_id}/activate")
    shown = re.findall(r"/policies/(pol_\w+)#pending", office.get("/").text)
    assert shown == ids[:10]


def test_a_draft_is_given_up(embedded: TestClient, office: Visitor) -> None:
    draft = register(embedded, "admin/policies", a_policy())
    path = f"/policies/{draft['id']}"
    assert "“生态优先”不再列出" in office.text(path)
    embedded.patch(f"/v1/admin{path}", json={"neutral": 300})
    assert office.send(f"{path}/close", version="1").status_code == 412
    assert office.done(f"{path}/close", version="2") == "/admin/policies?done=given_up"
    assert draft["id"] not in office.text("/policies")
    page = office.get(path)
    assert "已放弃" in words_of(page)
    assert 'action="/admin/policies/' not in page.text
    assert office.send(f"{path}/activate").status_code == 409
