"""The pages of keys: made once, shown once, ended for good."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from fastapi import FastAPI
from sqlmodel import Session
from starlette.testclient import TestClient

from models.api_key import ApiKey
from service import clock
from tests.factories import PARTNER_ID, a_key, bearer, register
from tests.service.pages.visitor import Visitor, words_of
from tests.service.usecases.test_history import events


def secret_in(text: str) -> str | None:
    found = re.search(r'id="secret" readonly value="(bul_[^"]+)"', text)
    return found[1] if found else None


def id_in(text: str) -> str:
    found = re.search(r"/admin/keys/(key_\w+)", text)
    assert found is not None
    return found[1]


def test_a_key_is_shown_once_and_works(office: Visitor, blank_app: FastAPI) -> None:
    answer = office.send("/keys", name="苏州门户", scope="portal", once="form-1")
    secret = secret_in(answer.text)
    assert answer.status_code == 200
    assert secret is not None
    assert "只显示这一次" in words_of(answer)
    portal = TestClient(blank_app, headers=bearer(secret))
    assert portal.get("/v1/investors").status_code == 200
    again = office.send("/keys", name="苏州门户", scope="portal", once="form-1")
    assert secret_in(again.text) is None
    assert id_in(again.text) == id_in(answer.text)
    assert secret not in office.get(f"/keys/{id_in(answer.text)}").text
    other = office.send("/keys", name="别的", scope="portal", once="form-1")
    assert other.status_code == 422
    assert "此表单已提交过" in words_of(other)


def test_what_is_done_leaves_an_event_of_the_key_that_signed_in(
    office: Visitor, blank_app: FastAPI
) -> None:
    key_id = id_in(office.send("/keys", name="甲", scope="portal").text)
    office.send(f"/keys/{key_id}/rotate")
    office.done(f"/keys/{key_id}/revoke")
    found = events(blank_app.state.runtime.engine, key_id)
    assert [event.action for event in found] == ["key.created", "key.rotated", "key.revoked"]
    assert {event.actor for event in found} != {"system"}
    assert len({event.actor for event in found}) == 1


def test_a_partners_key_names_its_partner_and_its_end_in_chinas_time(
    office: Visitor, blank_app: FastAPI
) -> None:
    fields = {"scope": "partner", "partner_id": PARTNER_ID, "expires_at": "2090-01-01T08:00"}
    key_id = id_in(office.send("/keys", name="合伙人密钥", **fields).text)
    with Session(blank_app.state.runtime.engine) as session:
        row = session.get_one(ApiKey, key_id)
        assert (row.partner_id, row.expires_at) == (PARTNER_ID, datetime(2090, 1, 1, tzinfo=UTC))
    assert "2090-01-01 08:00" in office.text(f"/keys/{key_id}")


def test_what_is_not_valid_is_told_in_the_readers_words(office: Visitor) -> None:
    for fields, words in [
        ({"scope": "portal"}, "名称 : 必填"),
        ({"name": "甲", "scope": "none"}, "权限 : 没有这个选项"),
        ({"name": "甲", "scope": "partner"}, "合伙人密钥必须选择合伙人"),
        (
            {"name": "甲", "scope": "admin", "partner_id": PARTNER_ID},
            "只有合伙人密钥可以选择合伙人",
        ),
        ({"name": "甲", "scope": "partner", "partner_id": "none"}, "不是有效的合伙人"),
        ({"name": "甲", "scope": "portal", "expires_at": "2020-01-01T00:00"}, "必须晚于现在"),
        ({"name": "甲", "scope": "portal", "expires_at": "soon"}, "不是有效时间"),
        ({"name": "甲" * 501, "scope": "portal"}, "过长"),
        ({"name": "甲\x00", "scope": "portal"}, "含有控制字符"),
    ]:
        before = office.text("/keys")
        answer = office.send("/keys", **fields)
        assert answer.status_code == 422
        assert words in words_of(answer)
        assert office.text("/keys") == before


def test_the_old_secret_goes_on_as_long_as_was_said(office: Visitor, blank_app: FastAPI) -> None:
    for said, still in [("0", 401), ("", 200), ("1", 200), (None, 200)]:
        made = office.send("/keys", name="门户", scope="portal")
        fields = {} if said is None else {"overlap_hours": said}
        rotated = office.send(f"/keys/{id_in(made.text)}/rotate", **fields)
        for text, status in [(made.text, still), (rotated.text, 200)]:
            portal = TestClient(blank_app, headers=bearer(secret_in(text) or ""))
            assert portal.get("/v1/investors").status_code == status, said


def test_what_is_no_number_of_hours_rotates_nothing(office: Visitor, blank_app: FastAPI) -> None:
    made = office.send("/keys", name="门户", scope="portal")
    key_id = id_in(made.text)
    assert 'name="overlap_hours"' in office.get(f"/keys/{key_id}").text
    for said, words in [
        ("x", "须为整数小时"),
        ("-1", "须为整数小时"),
        ("1.5", "须为整数小时"),
        ("２", "须为整数小时"),
        ("9" * 5000, "须为整数小时"),
        ("99999", "数值过大"),
    ]:
        answer = office.send(f"/keys/{key_id}/rotate", overlap_hours=said)
        assert answer.status_code == 422
        assert f"原密钥继续有效（小时） : {words}" in words_of(answer)
    assert len(events(blank_app.state.runtime.engine, key_id)) == 1


def test_the_last_administrators_key_stays(office: Visitor) -> None:
    own = id_in(office.get("/keys?scope=admin").text)
    assert "您正在用这把密钥登录" in office.text(f"/keys/{own}")
    answer = office.send(f"/keys/{own}/revoke")
    assert answer.status_code == 409
    assert "请先新建另一把管理员密钥" in words_of(answer)
    assert office.get("/keys").status_code == 200


def test_who_revokes_the_own_key_is_out(embedded: TestClient, office: Visitor) -> None:
    own = id_in(office.get("/keys?scope=admin").text)
    register(embedded, "admin/keys", a_key(scope="admin"))
    assert office.done(f"/keys/{own}/revoke") == f"/admin/keys/{own}?done=revoked"
    assert office.get("/keys").status_code == 303


def test_lists_are_filtered_and_turned_page_by_page(
    embedded: TestClient, office: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = (clock.now() + timedelta(minutes=5)).isoformat()
    for number in range(25):
        register(embedded, "admin/keys", a_key(name=f"门户 {number:02}", expires_at=soon))
    first = office.get("/keys?scope=portal&state=in_force")
    following = re.search(r'id="next" href="([^"]+)"', first.text)
    assert following is not None
    second = office.get(f"/keys{following[1].replace('&amp;', '&')}")
    names = re.findall(r">(门户 \d\d)<", first.text + second.text)
    assert names == [f"门户 {number:02}" for number in range(25)]
    assert "回到首页" in words_of(second)
    later = clock.now() + timedelta(minutes=6)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "门户 00" not in office.text("/keys?state=in_force")
    assert "已到期" in office.text("/keys?state=ended")


def test_filters_that_do_not_exist_are_told(office: Visitor) -> None:
    for query in ["scope=none", "state=none", "cursor=none", "partner_id=%00"]:
        assert office.get(f"/keys?{query}").status_code == 422


def test_no_such_key(office: Visitor) -> None:
    for answer in (office.get("/keys/key_none"), office.send("/keys/key_none/revoke")):
        assert answer.status_code == 404
        assert "没有这把密钥" in words_of(answer)
