"""高新区: the list and its filters, and a zone at a glance for who may know what."""

import re
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.factories import PARTNER, a_gap, a_zone, an_enterprise, an_investor, register
from tests.service.pages.visitor import Visitor, a_visitor, words_of

ZONE = "CNHTZ-3205"
HOSTILE = "<script>alert(1)</script>\u202e" + "长" * 150
READINESS: dict[str, Any] = {"strategy_planning": {"overall_development_efficiency": 78}}


def page(visitor: Visitor, path: str) -> str:
    answer = visitor.client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def words(visitor: Visitor, path: str) -> str:
    return words_of(visitor.client.get(path))


@pytest.fixture
def gaps(embedded: TestClient) -> list[str]:
    """Two gaps of one zone: one more severe, one of unknown severity; and who fits the first."""
    register(embedded, "investors", an_investor(name="苏州示例材料股份有限公司"))
    told = ({"title_zh": "说不清多急", "kind": "weak"}, {"title_zh": "最急", "severity": 91})
    return [register(embedded, "gaps", a_gap(**fields))["id"] for fields in told]


def test_the_list_counts_open_gaps_and_pages(office: Visitor, gaps: list[str]) -> None:
    first = page(office, "/zones")
    assert first.count('<a href="/zones/CNHTZ-') == 50
    following = re.findall(r'id="next" href="([^"]+)"', first)[0]
    assert page(office, f"/zones{following}").count('<a href="/zones/CNHTZ-') == 50
    row = re.findall(rf'<a href="/zones/{ZONE}">.*?</tr>', first, re.DOTALL)[0]
    assert re.findall(r'class="number"[^>]*>(\d+)<', row) == ["1", "1"]


@pytest.mark.parametrize(
    ("query", "count"),
    [("open=1", 1), ("q=泰州", 1), ("region=northeast&open=1", 0), ("province_code=32&open=1", 1)],
)
def test_filters_narrow_the_list(office: Visitor, gaps: list[str], query: str, count: int) -> None:
    found = page(office, f"/zones?{query}")
    assert found.count('<a href="/zones/CNHTZ-') == count
    assert ("没有符合条件的高新区。" in found) == (count == 0)


def test_what_a_zone_lacks_comes_first_with_who_fits(
    office: Visitor, embedded: TestClient, gaps: list[str]
) -> None:
    said = words(office, f"/zones/{ZONE}")
    assert said.index("最急") < said.index("说不清多急") < said.index("产业链现状")
    ranking = embedded.get(f"/v1/gaps/{gaps[1]}/matches").json()
    best = ranking["matches"][0]
    assert best["investor"]["name"] in said
    assert f"{best['score'] / 100:.1f}" in said
    assert f'/matches/{best["investor"]["id"]}/{gaps[1]}"' in page(office, f"/zones/{ZONE}")


def test_more_gaps_than_are_listed_are_told(office: Visitor, embedded: TestClient) -> None:
    for number in range(22):
        register(embedded, "gaps", a_gap(title_zh=f"需求{number}", severity=number))
    said = words(office, f"/zones/{ZONE}")
    assert "需求21" in said
    assert "需求1 " not in said
    assert "另有 2 项开放需求" in said
    assert "查看匹配" in said, "the rankings of a few are asked for"


def test_firms_make_the_strips_and_the_balance(office: Visitor, embedded: TestClient) -> None:
    firms = [an_enterprise(industry_codes=[{"scheme": "gb4754", "code": "3985"}])]
    assert embedded.put(f"/v1/zones/{ZONE}/enterprises", json=firms).status_code == 200
    said = words(office, f"/zones/{ZONE}")
    assert "1家企业，1家归入环节" in said
    assert "按 1 家行业已知的企业统计" in said
    links = re.findall(rf'href="(/zones/{ZONE}/chains/\w+)"', page(office, f"/zones/{ZONE}"))
    assert f"/zones/{ZONE}/chains/ic" in links
    assert {office.client.get(link).status_code for link in links} == {200}


def test_unknown_is_said_never_zero(office: Visitor, embedded: TestClient) -> None:
    zone = register(embedded, "zones", a_zone(readiness=READINESS, promotion_path={"fund": False}))
    said = words(office, f"/zones/{zone['id']}")
    assert said.count("未知") >= 12, "eight dimensions and four steps"
    assert " 78 " in said
    assert "未完成" in said
    assert "主导产业未知，无企业名录。" in said
    assert "由门户登记" in said
    assert "演示虚构" not in said


def test_a_zone_is_held_beside_the_others(office: Visitor) -> None:
    said = words(office, f"/zones/{ZONE}")
    assert "家主导产业已知的高新区中有" in said
    assert "与其他高新区的平均相似系数 0." in said
    others = re.findall(r'<a href="/zones/(CNHTZ-\d+)">', page(office, f"/zones/{ZONE}"))
    assert len(others) == 5
    assert {office.client.get(f"/zones/{id_}").status_code for id_ in others[:1]} == {200}


def test_a_partner_sees_the_zone_and_its_gaps_and_nothing_else(
    stranger: Visitor, gaps: list[str], blank_app: FastAPI
) -> None:
    partner = a_visitor(blank_app)
    partner.sign_in(PARTNER)
    said = words(partner, f"/zones/{ZONE}")
    assert "最急" in said
    for hidden in ("苏州示例材料", "最匹配", "要素结构", "相似", "/chains/"):
        assert hidden not in said
    assert "/matches/" not in page(partner, f"/zones/{ZONE}")
    assert partner.client.get(f"/zones/{ZONE}/chains/ic").status_code == 403
    assert partner.client.get("/zones").status_code == 200


def test_hostile_names_are_shown_harmlessly(office: Visitor, embedded: TestClient) -> None:
    zone = register(embedded, "zones", a_zone(name_zh=HOSTILE.replace("\u202e", "")))
    register(embedded, "gaps", a_gap(zone_id=zone["id"], title_zh="<b>急</b>" + "宽" * 300))
    found = page(office, f"/zones/{zone['id']}")
    assert "<script>alert" not in found
    assert "&lt;script&gt;alert" in found
    assert "<b>急" not in found


@pytest.mark.parametrize("path", ["/zones/none", "/zones/%3Cscript%3E", "/zones?region=moon"])
def test_what_is_not_there_is_told_as_a_page(office: Visitor, path: str) -> None:
    answer = office.client.get(path)
    assert answer.status_code in {404, 422}
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "<script>" not in answer.text
