"""Investors: the list, and for one of them where it belongs and the gaps it could mend."""

import pytest
from starlette.testclient import TestClient

from tests.factories import a_gap, an_investor, register
from tests.service.pages.site import pool
from tests.service.pages.site.pool import Pool, follow_all, told
from tests.service.pages.visitor import Visitor


@pytest.fixture
def made(office: Visitor, embedded: TestClient) -> Pool:
    return pool.fill(embedded)


THE_LIST_IS_FILTERED = [
    ("", "合适的公司", "没有符合条件"),
    ("?origin=domestic", "超限的公司", "合适的公司"),
    ("?country=JP", "合适的公司", "超限的公司"),
    ("?q=合适", "合适的公司", "未说明的公司"),
    ("?q=没有这样的", "没有符合条件的投资者", "合适的公司"),
]


def test_the_list_is_filtered(office: Visitor, made: Pool) -> None:
    for query, there, not_there in THE_LIST_IS_FILTERED:
        shown = told(office, f"/investors{query}")
        assert there in shown
        assert not_there not in shown


def test_the_list_tells_where_each_belongs(office: Visitor, made: Pool) -> None:
    shown = told(office, "/investors?q=合适")
    for word in ("日本 · 外资", "光刻胶及配套试剂", "3 亿元 – 5 亿元"):
        assert word in shown
    assert "Japan · foreign" in told(office, "/investors?q=合适&lang=en")


def test_one_tells_its_plan_its_place_and_what_is_not_known(
    office: Visitor, made: Pool, embedded: TestClient
) -> None:
    shown = told(office, f"/investors/{made.fits}")
    record = embedded.get(f"/v1/investors/{made.fits}").json()
    assert record["placement"][0]["why"]["zh"] in shown
    assert f"资料完整度 {record['completeness'] / 100:.0f}%" in shown
    for word in ("GB/T 4754 3985", "生产制造、研发", "江苏省", "4 级（1 成熟 – 5 前沿）", "500"):
        assert word in shown
    unknown = shown.partition("尚未说明")[2].partition("属于哪些环节")[0]
    for word in ("链主企业", "用地（公顷）", "计划合资"):
        assert word in unknown
    assert "计划投资" not in unknown


def test_its_gaps_come_in_order_and_blocked_ones_with_the_gate(
    office: Visitor, made: Pool, embedded: TestClient
) -> None:
    register(embedded, "gaps", a_gap(zone_id="CNHTZ-3401"))
    answer = embedded.get(f"/v1/investors/{made.fits}/matches").json()
    shown = told(office, f"/investors/{made.fits}")
    for one in answer["matches"]:
        assert f"{one['score'] / 100:.1f}" in shown
    assert len(answer["matches"]) == 2
    assert "引进光刻胶项目" in shown
    assert "光刻胶及配套试剂（" in shown, "a gap without a title is called after its link and zone"
    assert "没有列入，为什么" in told(office, f"/investors/{made.stopped}")


ITS_GAPS_ARE_FILTERED = [
    ("kind=missing&chain_id=ic&region=east&province_code=32&diversify=zone", True),
    ("diversify=chain", True),
    ("kind=weak", False),
    ("region=west", False),
    ("min_score=8000", False),
]


def test_its_gaps_are_filtered(office: Visitor, made: Pool) -> None:
    for query, is_there in ITS_GAPS_ARE_FILTERED:
        page = office.client.get(f"/investors/{made.fits}?{query}")
        assert (f"/matches/{made.fits}/{made.gap}" in page.text) is is_there
        assert ("没有达到这一筛选条件的匹配" in page.text) is not is_there


def test_its_stability_is_loaded_on_wish(office: Visitor, made: Pool) -> None:
    assert "排名的稳定性" in told(office, f"/investors/{made.fits}?stability=yes")


def test_twins_and_warnings_are_named(office: Visitor, embedded: TestClient) -> None:
    first = register(embedded, "investors", an_investor(name="苏州示例材料股份有限公司"))
    twin = register(
        embedded, "investors", an_investor(name="苏州示例材料股份有限公司", origin="domestic")
    )
    page = office.client.get(f"/investors/{twin['id']}")
    assert "可能与以下登记重复" in page.text
    assert f'href="/investors/{first["id"]}"' in page.text
    assert "投资来源与所填国家（地区）不符" in page.text


def test_who_takes_no_part_says_so(office: Visitor, embedded: TestClient) -> None:
    out = register(embedded, "investors", an_investor(opt_out=True, products=["没有这种产品"]))
    shown = told(office, f"/investors/{out['id']}")
    for word in ("不参与匹配", "目前不参与任何匹配", "未能对应到任何环节"):
        assert word in shown
    embedded.delete(f"/v1/investors/{out['id']}")
    assert "已停用" in told(office, f"/investors/{out['id']}")
    assert "没有这家投资者" in told(office, "/investors/inv_none", 404)


def test_every_link_leads_somewhere(office: Visitor, made: Pool) -> None:
    assert f"/investors/{made.fits}" in follow_all(office, "/investors")
    links = follow_all(office, f"/investors/{made.fits}")
    assert {f"/matches/{made.fits}/{made.gap}", f"/gaps/{made.gap}"} <= set(links)
