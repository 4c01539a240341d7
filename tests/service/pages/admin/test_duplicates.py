"""The page of what may be the same company, and the joining and parting of it."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.factories import a_lead, an_investor, register
from tests.service.pages.visitor import Visitor, words_of

ONE, OTHER = "示例株式会社", "苏州示例材料股份有限公司"


@pytest.fixture
def pair(partner_api: TestClient, other_api: TestClient) -> tuple[str, str]:
    """Two leads of companies with a name in common, the earlier first."""
    one = register(partner_api, "leads", a_lead(investor=an_investor(name=ONE)))
    other = register(other_api, "leads", a_lead(investor=an_investor(name=OTHER)))
    return one["id"], other["id"]


def company_of(admin: TestClient, lead: str) -> str:
    return admin.get(f"/v1/leads/{lead}").json()["company_id"]


def test_a_pair_is_shown_once_with_its_reasons(office: Visitor, pair: tuple[str, str]) -> None:
    page = office.text("/duplicates")
    assert [page.count(lead) for lead in pair] == [1, 1]
    assert "字号相同" in page
    assert "有关联" in page
    assert "有 1 组疑似重复" in office.text("/")


@pytest.mark.parametrize("back", ["duplicates", None])
def test_a_pair_is_joined_and_parted(
    embedded: TestClient, office: Visitor, pair: tuple[str, str], back: str | None
) -> None:
    one, other = pair
    fields = {"back": back} if back else {}
    led = office.done(f"/leads/{other}/merge", into=one, **fields)
    where = "/admin/duplicates" if back else f"/admin/leads/{other}"
    assert led == f"{where}?done=merged"
    assert company_of(embedded, one) == company_of(embedded, other)
    assert "没有待判断的疑似重复" in office.text("/")
    assert "已认定为同一企业" in office.text("/duplicates")
    assert f'action="/admin/leads/{other}/unmerge"' in office.get("/duplicates").text
    assert 'id="unmerge"' in office.get(f"/leads/{other}").text
    assert 'id="unmerge"' not in office.get(f"/leads/{one}").text
    twice = office.send(f"/leads/{other}/merge", into=one)
    assert "已经是同一企业" in words_of(twice)
    assert office.done(f"/leads/{other}/unmerge", **fields) == f"{where}?done=unmerged"
    assert company_of(embedded, one) != company_of(embedded, other)
    assert "没有可撤销的合并" in words_of(office.send(f"/leads/{other}/unmerge"))


def test_what_was_joined_by_itself_can_be_parted(
    office: Visitor, partner_api: TestClient, other_api: TestClient
) -> None:
    one = register(partner_api, "leads", a_lead())
    investor = an_investor(name=one["investor_name"])
    other = register(other_api, "leads", a_lead(investor=investor))
    assert f'action="/admin/leads/{other["id"]}/unmerge"' in office.get("/duplicates").text


def test_two_leads_of_one_investor_are_no_duplicates(
    office: Visitor, partner_api: TestClient
) -> None:
    one = register(partner_api, "leads", a_lead())
    again = {"investor_id": one["investor_id"], "link_id": "ic.wafer_si"}
    register(partner_api, "leads", a_lead(**again))
    assert "没有疑似重复" in office.text("/duplicates")


def test_twins_of_the_pool_are_shown_once(embedded: TestClient, office: Visitor) -> None:
    made = [register(embedded, "investors", an_investor(name=OTHER)) for _ in range(2)]
    page = office.text("/duplicates?kind=investors")
    assert [page.count(one["id"]) for one in made] == [1, 1]
    assert "很可能相同" in page


def test_a_page_without_pairs_leads_to_the_next(embedded: TestClient, office: Visitor) -> None:
    for _ in range(2):
        register(embedded, "investors", an_investor(name=OTHER))
    for number in range(21):
        register(embedded, "investors", an_investor(name=distinct(number)))
    page = office.get("/duplicates?kind=investors")
    assert "本页没有疑似重复" in words_of(page)
    assert 'id="next"' in page.text


def distinct(number: int) -> str:
    """Names that have nothing in common."""
    signs = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌"
    return f"{signs[number]}{signs[-1 - number]}{chr(0x6C34 + 7 * number)}"


def test_kinds_that_do_not_exist_are_told(office: Visitor) -> None:
    assert office.get("/duplicates?kind=none").status_code == 422


def test_places_that_collide_are_told(
    office: Visitor, pair: tuple[str, str], other_api: TestClient
) -> None:
    one, other = pair
    for lead in pair:
        office.done(f"/leads/{lead}/move", to="accepted", reason="甲")
    answer = office.send(f"/leads/{other}/merge", into=one)
    assert answer.status_code == 409
    assert "请先解除其中一条线索" in words_of(answer)


def test_merging_needs_another_lead(office: Visitor, pair: tuple[str, str]) -> None:
    fields: list[dict[str, Any]] = [{}, {"into": "lead_none"}]
    statuses = [office.send(f"/leads/{pair[0]}/merge", **said).status_code for said in fields]
    assert statuses == [422, 404]
