"""One match in full: every point with its reason, on the page and on paper."""

import re

import pytest
from starlette.testclient import TestClient

from service.pages.site.house import HOUSE
from tests.browser.site_pages import PAGES
from tests.service.pages.site import pool
from tests.service.pages.site.pool import Pool, follow_all, told
from tests.service.pages.visitor import Visitor, words_of


@pytest.fixture
def made(office: Visitor, embedded: TestClient) -> Pool:
    return pool.fill(embedded)


def test_the_page_says_what_the_api_says(office: Visitor, made: Pool, embedded: TestClient) -> None:
    path = f"/matches/{made.fits}/{made.gap}"
    page = office.client.get(path)
    shown = words_of(page)
    answer = embedded.get(f"/v1/investors/{made.fits}/matches/{made.gap}").json()
    match = answer["match"]
    assert f"{match['score'] / 100:.1f} 满分 100" in shown
    for one in match["components"]:
        assert " ".join(one["zh"].split()) in shown
        assert f"{one['points'] / 100:.1f} / {one['weight'] / 100:.1f}" in shown
    for one in match["counterfactuals"]:
        assert f"+{one['points'] / 100:.1f} 分 {one['zh']}" in shown
    assert match["receipt"] in page.text
    assert answer["ruleset"] in page.text
    assert "国家高新区补链匹配政策（2026），第 1 版" in shown
    assert "负面清单 2024" in shown
    english = told(office, f"{path}?lang=en")
    for one in match["components"]:
        assert " ".join(one["en"].split()) in english


def test_the_values_are_in_the_readers_words(office: Visitor, made: Pool) -> None:
    shown = told(office, f"/matches/{made.fits}/{made.gap}")
    assert "计划投资 3 亿元 – 5 亿元" in shown
    assert "年能耗（吨标准煤） 500" in shown
    for raw in ("planned_investment_cny", "the article", "formula: ours", "expert_draft"):
        assert raw not in shown


def test_the_bars_end_at_the_score(office: Visitor, made: Pool, embedded: TestClient) -> None:
    page = office.client.get(f"/matches/{made.fits}/{made.gap}").text
    answer = embedded.get(f"/v1/investors/{made.fits}/matches/{made.gap}").json()
    score = answer["match"]["score"]
    assert page.count('class="bar-of"') == len(answer["match"]["components"]) + 1
    assert f'class="fill-deep" x="0" y="22" width="{score}"' in page
    assert "guess stroke-of-" in page, "what is assumed is drawn as assumed"
    assert "style=" not in page


def test_a_blocked_pair_says_which_gate(office: Visitor, made: Pool) -> None:
    shown = told(office, f"/matches/{made.stopped}/{made.gap}")
    assert "这一对不予匹配 年能耗（吨标准煤）上限 1,000，申报 26,000" in shown
    assert "分数怎样构成" not in shown
    assert "这一对不予匹配" in told(office, f"/matches/{made.stopped}/{made.gap}?print=1")


def test_a_condition_is_told(office: Visitor, made: Pool) -> None:
    shown = told(office, f"/matches/{made.doubtful}/{made.gap}")
    assert "生态红线 有条件 年能耗（吨标准煤）上限 1,000" in shown
    assert "按中性值" in shown


def test_the_sheet_for_a_meeting(office: Visitor, made: Pool) -> None:
    path = f"/matches/{made.fits}/{made.gap}"
    link = office.client.get(path).text.partition(f'href="{path}?print=1"')
    assert link[1], "the page leads to it"
    page = office.client.get(f"{path}?print=1")
    shown = words_of(page)
    for word in ("匹配情况说明", "主要理由", "会谈记录", "合适的公司", "第 1 版", "生成时间"):
        assert word in shown
    assert '<nav class="no-print' in page.text
    (script,) = re.findall(r'<script type="module" src="([^"]+)"></script>', page.text)
    answer = office.client.get(script)
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "window.print()" in answer.text
    assert page.headers["Content-Security-Policy"] == HOUSE.headers["Content-Security-Policy"]


def test_another_day_has_its_own_policy(office: Visitor, made: Pool) -> None:
    path = f"/matches/{made.fits}/{made.gap}"
    assert "第 1 版" in told(office, f"{path}?as_of=2026-06-01")
    assert "填写内容有误" in told(office, f"{path}?as_of=2020-01-01", 422)


def test_a_pair_that_is_not_there_is_told(office: Visitor, made: Pool) -> None:
    assert "没有这家投资者" in told(office, f"/matches/inv_none/{made.gap}", 404)
    assert "没有这条弱链缺链" in told(office, f"/matches/{made.fits}/gap_none", 404)
    assert "没有这个页面" in told(office, f"/matches/{made.fits}/..%3Cscript%3E", 404)


def test_each_page_has_one_heading_in_both_languages(office: Visitor, made: Pool) -> None:
    for path, headings in PAGES.items():
        address = path.format(gap=made.gap, investor=made.fits)
        for language, heading in zip(("zh", "en"), headings, strict=True):
            page = office.client.get(f"{address}{'&' if '?' in path else '?'}lang={language}")
            assert re.findall(r"<h1>(.*?)</h1>", page.text) == [heading]


def test_every_link_leads_somewhere(office: Visitor, made: Pool) -> None:
    links = follow_all(office, f"/matches/{made.fits}/{made.gap}")
    assert {f"/gaps/{made.gap}", f"/investors/{made.fits}"} <= set(links)
