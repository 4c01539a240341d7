"""Gaps: the list, and for one of them the investors that fit, with the reasons."""

from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.factories import PARTNER, a_gap, an_investor, register
from tests.service.pages.site import pool
from tests.service.pages.site.pool import Pool, follow_all, told
from tests.service.pages.visitor import Visitor, a_visitor


@pytest.fixture
def made(office: Visitor, embedded: TestClient) -> Pool:
    return pool.fill(embedded)


def test_the_list_shows_open_gaps_and_others_on_wish(
    office: Visitor, made: Pool, embedded: TestClient
) -> None:
    shown = told(office, "/gaps")
    for word in ("引进光刻胶项目", "○ 缺链", "集成电路", "光刻胶及配套试剂", "2 亿元 – 8 亿元"):
        assert word in shown
    english = told(office, "/gaps?lang=en")
    assert "Photoresist wanted" in english
    assert "CNY 200 m – CNY 800 m" in english
    embedded.patch(f"/v1/gaps/{made.gap}", json={"status": "closed"})
    assert "没有符合条件的弱链缺链" in told(office, "/gaps?lang=zh")
    assert "引进光刻胶项目" in told(office, "/gaps?status=closed")
    assert "已关闭" in told(office, f"/gaps/{made.gap}")


FILTERS_NARROW_THE_LIST = [
    ({"kind": "missing"}, True),
    ({"kind": "weak"}, False),
    ({"chain_id": "ic"}, True),
    ({"chain_id": "pv"}, False),
    ({"region": "east", "province_code": "32"}, True),
    ({"province_code": "11"}, False),
    ({"q": "光刻胶"}, True),
    ({"q": "<script>alert(1)</script>"}, False),
    ({"zone_id": "CNHTZ-3205", "link_id": "ic.photoresist"}, True),
]


def test_filters_narrow_the_list(office: Visitor, made: Pool) -> None:
    for query, is_there in FILTERS_NARROW_THE_LIST:
        page = office.client.get(f"/gaps?{urlencode(query)}")
        assert page.status_code == 200
        assert (f"/gaps/{made.gap}" in page.text) is is_there
        assert "<script>alert" not in page.text


def test_a_filter_with_no_such_value_is_told(office: Visitor, made: Pool) -> None:
    assert "填写内容有误" in told(office, "/gaps?kind=none", 422)
    assert "填写内容有误" in told(office, f"/gaps/{made.gap}?min_score=many", 422)
    assert "填写内容有误" in told(office, f"/gaps/{made.gap}?cursor=x", 422)
    assert "没有这条弱链缺链" in told(office, "/gaps/gap_none", 404)


def test_who_fits_comes_in_order_with_reasons_and_who_does_not_with_the_gate(
    office: Visitor, made: Pool, embedded: TestClient
) -> None:
    shown = told(office, f"/gaps/{made.gap}")
    answer = embedded.get(f"/v1/gaps/{made.gap}/matches").json()
    names = [one["investor"]["name"] for one in answer["matches"]]
    assert [made.fits, made.doubtful] == [one["investor"]["id"] for one in answer["matches"]]
    assert 0 < shown.index(names[0]) < shown.index(names[1]) < shown.index("超限的公司")
    for one in answer["matches"]:
        assert f"{one['score'] / 100:.1f}" in shown
        assert f"依据充分度 {one['coverage'] / 100:.0f}%" in shown
    assert answer["matches"][0]["components"][0]["zh"] in shown
    assert "有条件 · 生态红线 年能耗（吨标准煤）上限 1,000，投资者未申报" in shown
    assert "生态红线 年能耗（吨标准煤）上限 1,000，申报 26,000 需求与高新区的上限" in shown
    assert "符合条件 2 个，被门槛挡下 1 个" in shown


def test_the_ranking_is_filtered(office: Visitor, made: Pool) -> None:
    assert "合适的公司" not in told(office, f"/gaps/{made.gap}?origin=domestic")
    shown = told(office, f"/gaps/{made.gap}?min_score=8000")
    assert "没有达到这一筛选条件的匹配" in shown


def test_the_stability_is_loaded_on_wish(office: Visitor, made: Pool) -> None:
    page = office.client.get(f"/gaps/{made.gap}")
    assert "前三名中有" not in page.text
    assert f'href="/gaps/{made.gap}?stability=yes#stability"' in page.text
    shown = told(office, f"/gaps/{made.gap}?stability=yes")
    assert "权重在 ±10% 内随机变动 200 次" in shown
    assert "TOPSIS" in shown


def test_pages_of_a_ranking_follow_one_another(
    office: Visitor, made: Pool, embedded: TestClient
) -> None:
    for _ in range(20):
        register(embedded, "investors", an_investor())
    page = office.client.get(f"/gaps/{made.gap}?origin=foreign")
    assert page.text.count('class="card match"') == 20
    following = page.text.partition('id="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "origin=foreign" in following
    second = office.client.get(f"/gaps/{made.gap}{following}")
    assert second.text.count('class="card match"') == 2
    assert 'start="21"' in second.text
    assert "没有列入" not in second.text


def test_a_gap_that_nobody_fits_says_so(office: Visitor, embedded: TestClient, made: Pool) -> None:
    other = register(embedded, "gaps", a_gap(link_id=None, products=["人参保健食品"]))
    shown = told(office, f"/gaps/{other['id']}")
    assert "目前没有投资者与此环节相关" in shown
    assert "环节由产品推定" in shown
    assert "尚未说明 意向投资" in shown


def test_a_partner_sees_what_is_wanted_and_no_investor(
    embedded: TestClient, blank_app: FastAPI
) -> None:
    made = pool.fill(embedded)
    partner = a_visitor(blank_app)
    partner.sign_in(PARTNER)
    assert "引进光刻胶项目" in told(partner, "/gaps")
    page = partner.client.get(f"/gaps/{made.gap}")
    assert "投资者名单仅供招商部门查看" in page.text
    assert f'href="/leads/new?gap_id={made.gap}"' in page.text
    assert "公司" not in page.text
    assert "已签约" not in page.text
    assert partner.client.get(f"/matches/{made.fits}/{made.gap}").status_code == 403
    assert partner.client.get("/investors").status_code == 403


def test_hostile_words_are_shown_as_words(office: Visitor, embedded: TestClient) -> None:
    gap = register(embedded, "gaps", a_gap(title_zh="<script>x</script>", description="<b>&"))
    register(embedded, "investors", an_investor(name="<script>alert(1)</script>" + "名" * 150))
    for path in ("/gaps", f"/gaps/{gap['id']}", "/investors"):
        page = office.client.get(path)
        assert page.status_code == 200
        assert "<script>x" not in page.text
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;" in page.text


def test_every_link_leads_somewhere(office: Visitor, made: Pool) -> None:
    assert f"/gaps/{made.gap}" in follow_all(office, "/gaps")
    links = follow_all(office, f"/gaps/{made.gap}")
    for id_ in (made.fits, made.doubtful, made.stopped):
        assert f"/matches/{id_}/{made.gap}" in links
