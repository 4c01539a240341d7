"""The pages of partners."""

from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.factories import PARTNER_ID, a_lead, a_partner, register
from tests.service.pages.visitor import Visitor, words_of
from tests.service.usecases.test_history import events


def test_a_partner_is_registered_changed_and_closed(
    embedded: TestClient, office: Visitor, blank_app: FastAPI
) -> None:
    led = office.done(
        "/partners", name="示例投资顾问", territories=["32", "31"], terms="年度协议", once="a"
    )
    path, _, done = led.removeprefix("/admin").partition("?")
    assert done == "done=registered"
    assert "江苏" in office.text(path)
    partner_id = path.rpartition("/")[2]
    office.done(f"{path}/change", name="示例顾问", lead_rules="xiangtan-2023", version="1")
    shown = embedded.get(f"/v1/admin/partners/{partner_id}").json()
    assert shown["name"] == "示例顾问"
    assert (shown["territories"], shown["terms"]) == ([], None)
    assert shown["lead_rules"] == "xiangtan-2023"
    office.done(f"{path}/close")
    assert "已停用" in office.text(path)
    assert 'id="change"' not in office.get(path).text
    actions = [event.action for event in events(blank_app.state.runtime.engine, partner_id)]
    assert actions == ["partner.created", "partner.updated", "partner.closed"]


def test_a_change_of_what_has_changed_is_refused(embedded: TestClient, office: Visitor) -> None:
    made = register(embedded, "admin/partners", a_partner())
    path = f"/partners/{made['id']}"
    office.done(f"{path}/change", name="先改", version="1")
    late = office.send(f"{path}/change", name="后改", version="1")
    assert late.status_code == 412
    assert "记录已被他人修改" in words_of(late)
    office.done(f"{path}/change", name="再改")
    assert office.send(f"{path}/change").status_code == 422


def test_the_same_form_twice_registers_once(office: Visitor) -> None:
    ways = {office.done("/partners", name="只登记一次", once="b") for _ in range(2)}
    assert len(ways) == 1


def test_a_partners_page_shows_its_keys_and_leads(partner_api: TestClient, office: Visitor) -> None:
    lead = register(partner_api, "leads", a_lead())
    page = office.text(f"/partners/{PARTNER_ID}")
    assert lead["investor_name"] in page
    assert "key_" in page
    other = office.text("/partners/ptn_others")
    assert "尚无线索" in other
    assert lead["investor_name"] not in other


def test_lists_are_filtered(embedded: TestClient, office: Visitor) -> None:
    made = register(embedded, "admin/partners", a_partner(name="独一无二的合伙人"))
    assert "独一无二" in office.text("/partners?q=独一")
    assert "没有符合条件的合伙人" in office.text("/partners?q=不存在")
    assert "独一无二" not in office.text("/partners?state=closed")
    office.done(f"/partners/{made['id']}/close")
    assert "独一无二" in office.text("/partners?state=closed")
    assert "独一无二" not in office.text("/partners?state=open")


def test_rules_and_provinces_that_do_not_exist_are_refused(office: Visitor) -> None:
    for fields in ({"lead_rules": "none"}, {"territories": ["99"]}, {"territories": ["x"]}):
        assert office.send("/partners", name="甲", **fields).status_code == 422
