"""产业链: the list, the map over the country, and the map of a zone with who would fit."""

import re

import pytest
from starlette.testclient import TestClient

from tests.factories import a_gap, an_enterprise, an_investor, register
from tests.service.pages.visitor import Visitor, words_of

MAP = "/zones/CNHTZ-3203/chains/ic"
FIRMS = [
    an_enterprise(name="示例晶圆厂", link_ids=["ic.fab"], revenue_cny=9_000_000_000,
                  employees=3000, honours=["chain_leader", "listed"]),
    an_enterprise(name="示例封装厂", link_ids=["ic.pkg"], revenue_cny=500_000_000, employees=700,
                  honours=["high_tech"]),
    an_enterprise(name="示例小厂", link_ids=["ic.egas"], revenue_cny=5_000_000, employees=25),
]  # fmt: skip

UPSTREAM = (
    *("ip", "wafer_si", "photoresist", "photomask", "egas", "wetchem", "target", "cmp", "depo"),
    *("etch", "litho"),
)


def page(visitor: Visitor, path: str) -> str:
    answer = visitor.client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def box_of(found: str, name: str) -> str:
    """What a box of the map says, by the name of its link."""
    return next(
        label for label in re.findall(r'aria-label="([^"]+)"', found) if label.startswith(name)
    )


@pytest.fixture
def gap(embedded: TestClient) -> str:
    register(embedded, "investors", an_investor(name="苏州示例材料股份有限公司"))
    return register(embedded, "gaps", a_gap(zone_id="CNHTZ-3203", severity=88))["id"]


def test_the_list_has_every_chain_with_its_gaps(office: Visitor, gap: str) -> None:
    found = page(office, "/chains")
    assert len(set(re.findall(r'href="/chains/(\w+)"', found))) == 15
    assert 'href="/gaps?chain_id=ic"' in found
    assert 'href="/gaps?chain_id=pv"' not in found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_national_map_counts_who_holds_and_who_seeks(
    office: Visitor, embedded: TestClient, gap: str, language: str
) -> None:
    found = page(office, f"/chains/ic?lang={language}")
    report = embedded.get("/v1/insights/convergence?chain_id=ic").json()["links"]
    crowd = next(link for link in report if link["link_id"] == "ic.photoresist")
    assert crowd["seeking"] == 1
    said = box_of(found, "光刻胶" if language == "zh" else "Photoresist")
    assert f"{crowd['holding']} " in said
    assert "1 " in said
    assert found.count("<tr id=") == len(report) == 36


def test_a_zone_without_firms_shows_what_its_gaps_say_and_the_rest_as_unknown(
    office: Visitor, gap: str
) -> None:
    found = page(office, MAP)
    said = words_of(office.client.get(MAP))
    assert "该区尚未提交企业名录" in said
    assert box_of(found, "光刻胶").split("、")[1] == "缺链"
    assert "据登记的需求，尚无企业数据" in said
    assert "情况不明" in box_of(found, "晶圆制造")


def test_all_statuses_show_on_the_map_with_who_fits(
    office: Visitor, embedded: TestClient, gap: str
) -> None:
    assert embedded.put("/v1/zones/CNHTZ-3203/enterprises", json=FIRMS).status_code == 200
    found = page(office, MAP)
    for name, status in (("晶圆制造", "强链"), ("电子特种气体", "弱链"), ("光刻胶", "缺链")):
        assert status in box_of(found, name), name
    eligible = embedded.get(f"/v1/gaps/{gap}/matches?limit=1").json()["eligible"]
    assert f"{eligible} 家投资者符合" in box_of(found, "光刻胶")
    assert f'href="/gaps/{gap}"' in found
    assert "示例晶圆厂" in found
    assert "建议登记" in found


def test_an_officers_word_is_shown(office: Visitor, embedded: TestClient) -> None:
    said = {"status": "steady", "reason": "现场核实"}
    answer = embedded.put("/v1/zones/CNHTZ-3203/diagnosis/overrides/ic.cmp", json=said)
    assert answer.status_code == 200, answer.text
    assert "稳链" in box_of(page(office, MAP), "CMP抛光材料")


def test_only_the_most_severe_gaps_are_ranked(office: Visitor, embedded: TestClient) -> None:
    links = ["ic.eda", *(f"ic.{n}" for n in UPSTREAM), "ic.clean"]
    for severity, link_id in enumerate(links):
        register(embedded, "gaps", a_gap(zone_id="CNHTZ-3203", link_id=link_id, severity=severity))
    found = page(office, MAP)
    assert "家投资者符合" in box_of(found, "清洗设备")
    assert "家投资者符合" not in box_of(found, "EDA工具")
    assert "只算最紧迫的 12 项" in found


def test_boxes_and_rows_lead_to_each_other(office: Visitor, gap: str) -> None:
    for path in (MAP, "/chains/ic"):
        found = page(office, path)
        rows = set(re.findall(r'<tr id="([^"]+)"', found))
        assert {link[1:] for link in re.findall(r'href="(#ic[^"]+)"', found)} <= rows
        lines = set(re.findall(r'<path id="(e\d+)"', found))
        assert set(re.findall(r'<use href="#(e\d+)"', found)) == lines
        assert len(lines) == 63


def test_no_style_or_script_is_in_the_page(office: Visitor, gap: str) -> None:
    found = page(office, MAP)
    assert "style=" not in found
    assert "<script" not in found


@pytest.mark.parametrize(
    "path", ["/chains/none", "/zones/none/chains/ic", "/zones/CNHTZ-3203/chains/none"]
)
def test_what_is_not_there_is_told_as_a_page(office: Visitor, path: str) -> None:
    answer = office.client.get(path)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")
