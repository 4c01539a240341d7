"""What is shown instead of an id."""

from fastapi import FastAPI
from starlette.testclient import TestClient

from service import database, security
from service.runtime import Work
from service.usecases import naming
from tests.factories import (
    PARTNER,
    PARTNER_ID,
    a_gap,
    a_key,
    a_lead,
    a_partner,
    a_policy,
    an_investor,
    bearer,
    register,
)
from tests.service.chain_editions import NEW_LINK, a_chain_edition, call, load


def test_every_kind_of_record_is_called_by_its_name(
    embedded: TestClient, blank_app: FastAPI
) -> None:
    partner = TestClient(blank_app, headers=bearer(PARTNER))
    lead = register(partner, "leads", a_lead(investor=an_investor(name="线索里的公司")))
    company = embedded.get(f"/v1/leads/{lead['id']}").json()["company_id"]
    made = {
        "密钥甲": register(embedded, "admin/keys", a_key(name="密钥甲"))["id"],
        "合伙人甲": register(embedded, "admin/partners", a_partner(name="合伙人甲"))["id"],
        "投资者甲": register(embedded, "investors", an_investor(name="投资者甲"))["id"],
        "政策甲": register(embedded, "admin/policies", a_policy(name_zh="政策甲"))["id"],
        "缺口甲": register(embedded, "gaps", a_gap(title_zh="缺口甲"))["id"],
        "线索里的公司": lead["id"],
    }
    nameless = register(embedded, "gaps", a_gap())["id"]
    known = ["CNHTZ-3205", "ic.photoresist", "ic", "national-2026", company]
    asked = [*made.values(), *known, nameless, PARTNER_ID, "inv_none", "none", "", None, "system"]
    runtime = blank_app.state.runtime
    with database.snapshot(runtime.engine) as session:
        found = naming.called(Work(session, security.OPERATOR, runtime), asked)
    assert {name: found[id_].zh for name, id_ in made.items()} == {name: name for name in made}
    assert set(found) == {*made.values(), *known, nameless, PARTNER_ID}
    assert found[nameless].zh == "光刻胶及配套试剂（泰州医药高新技术产业开发区）"
    assert found[nameless].en == f"{found['ic.photoresist'].en} ({found['CNHTZ-3205'].en})"
    assert (found["ic.photoresist"].zh, found["CNHTZ-3205"].zh) == (
        "光刻胶及配套试剂",
        "泰州医药高新技术产业开发区",
    )
    assert found[made["政策甲"]].en == "Ecology first"
    assert found["CNHTZ-3205"].en != found["CNHTZ-3205"].zh
    assert found[made["缺口甲"]].en == "缺口甲"
    assert found[company].zh == "线索里的公司"


def test_links_and_editions_are_called_as_they_are_today(
    embedded: TestClient, blank_app: FastAPI
) -> None:
    gap = register(embedded, "gaps", a_gap(link_id="ic.eda"))["id"]
    edition = load(embedded, a_chain_edition(NEW_LINK))
    runtime = blank_app.state.runtime

    def called() -> dict[str, str]:
        with database.snapshot(runtime.engine) as session:
            found = naming.called(Work(session, security.OPERATOR, runtime), asked)
            return {id_: name.zh for id_, name in found.items()}

    asked = [edition["id"], "ic.glass", gap]
    before = called()
    assert before == {edition["id"]: "集成电路链修订", gap: before[gap]}
    assert before[gap].startswith("EDA工具（")
    call(embedded, edition, "activate")
    assert called() == {**before, "ic.glass": "玻璃基板封装"}


def test_nothing_is_asked_for_nothing(embedded: TestClient, blank_app: FastAPI) -> None:
    runtime = blank_app.state.runtime
    with database.snapshot(runtime.engine) as session:
        assert naming.called(Work(session, security.OPERATOR, runtime), []) == {}
