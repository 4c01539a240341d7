"""全国总览: what is open where, what is most severe and who fits it, and whom rankings show."""

import re

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.factories import PARTNER, a_gap, an_investor, register
from tests.service.pages.visitor import Visitor, a_visitor, words_of


@pytest.fixture
def gap(embedded: TestClient) -> str:
    made = register(embedded, "gaps", a_gap(title_zh="引进光刻胶项目", severity=91))
    register(embedded, "gaps", a_gap(title_zh="不急的项目", severity=3, kind="weak"))
    register(embedded, "investors", an_investor(name="苏州示例材料股份有限公司"))
    return made["id"]


def first(visitor: Visitor, path: str = "/") -> str:
    answer = visitor.client.get(path)
    assert answer.status_code == 200
    return words_of(answer)


def test_an_empty_pool_is_told(office: Visitor) -> None:
    words = first(office)
    assert "目前没有开放的弱链或缺链。" in words
    assert "还没有可统计的排名。" in first(office, "/exposure")


def test_the_most_severe_comes_first_with_who_fits(office: Visitor, gap: str) -> None:
    words = first(office)
    assert words.index("引进光刻胶项目") < words.index("不急的项目")
    page = office.client.get("/").text
    investor, found = re.findall(r'href="/matches/(inv_\w+)/(gap_\w+)"', page)[0]
    assert found == gap
    ranking = office.client.get(f"/v1/gaps/{gap}/matches", headers=dict(API)).json()
    assert ranking["matches"][0]["investor"]["id"] == investor
    assert f"{ranking['matches'][0]['score'] / 100:.1f}" in words


API = {"Authorization": "Bearer admin-key-of-the-tests-0123456789abcdef"}


def test_tiles_count_the_gaps_of_their_province(office: Visitor, gap: str) -> None:
    page = office.client.get("/").text
    assert 'href="/gaps?province_code=32" aria-label="江苏省: 开放 2 项"' in page
    assert 'href="/gaps?province_code=11" aria-label="北京市: 开放 0 项"' in page
    assert page.count('href="/gaps?province_code=') == 31


def test_a_closed_gap_is_not_counted(office: Visitor, embedded: TestClient, gap: str) -> None:
    assert embedded.delete(f"/v1/gaps/{gap}").status_code == 204
    words = first(office)
    assert "引进光刻胶项目" not in words
    assert "江苏 1" in words


def test_a_partner_sees_gaps_and_no_investor(
    embedded: TestClient, blank_app: FastAPI, gap: str
) -> None:
    visitor = a_visitor(blank_app)
    visitor.sign_in(PARTNER)
    words = first(visitor)
    assert "引进光刻胶项目" in words
    assert "苏州示例材料" not in words
    assert "在库投资者" not in words
    assert visitor.client.get("/exposure").status_code == 403


def test_exposure_shows_the_figures_of_the_report(office: Visitor, gap: str) -> None:
    report = office.client.get("/v1/insights/exposure", headers=dict(API)).json()
    assert report["places"] > 0
    page = office.client.get("/exposure?lang=en").text
    places = next(row["places"] for row in report["provinces"] if row["province_code"] == "32")
    assert f'aria-label="Jiangsu: {places} first places"' in page
    assert "Counted over 1 of 1 investors" in page


def test_hostile_titles_are_only_words(office: Visitor, embedded: TestClient) -> None:
    register(embedded, "gaps", a_gap(title_zh="<script>alert(1)</script>甲", severity=99))
    page = office.client.get("/").text
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;甲" in page
