"""The page that tells what a policy would change, as the API does, in the reader's words."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.factories import a_gap, a_policy, register
from tests.service.pages.visitor import Visitor, words_of
from tests.service.routers.test_policy_preview import draft, fill, preview
from tests.service.usecases.test_history import events

Told = Callable[..., tuple[str, dict[str, Any]]]


@pytest.fixture
def told(embedded: TestClient, office: Visitor) -> Told:
    """The page and the API's answer for one preview of a draft, over six gaps and investors."""
    fill(embedded)

    def both(fields: dict[str, Any], **asked: Any) -> tuple[str, dict[str, Any]]:
        policy_id = draft(embedded, **fields)
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        page = office.get(f"/policies/{policy_id}/preview?{query}")
        assert page.status_code == 200, words_of(page)
        return page.text, preview(embedded, policy_id, **asked)

    return both


def cells(text: str, table: str) -> list[list[str]]:
    """The words in the cells of a table of a page, row by row."""
    found = re.search(rf'id="{table}".*?<tbody>(.*?)</tbody>', text, re.DOTALL)
    assert found is not None, table
    rows = re.findall(r"<tr.*?</tr>", found[1], re.DOTALL)
    return [
        [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split())
            for cell in re.split(r"</t[dh]>", row)[:-1]
        ]
        for row in rows
    ]


@pytest.mark.parametrize(("way", "subject"), [("gaps", "gap"), ("investors", "investor")])
def test_the_page_tells_what_the_api_tells(told: Told, way: str, subject: str) -> None:
    text, answer = told({}, direction=way, top=3)
    figures = [int(n) for n in re.findall(r'<div class="figure">(\d+)</div>', text)]
    assert figures == list(answer["totals"].values())
    assert answer["moves"]
    assert text.count("逐项分数") == len(answer["moves"]) == text.count("合计</th>")
    for move in answer["moves"]:
        assert move["zh"] in text
        assert f'href="#top-{move["subject"]["id"]}"' in text
        assert f"{move['score_before']} → {move['score_after']}" in text
        assert f"subject_type={subject}&amp;subject_id={move[subject]['id']}" in text
        assert move["investor"]["name"] in text
    for one in answer["rankings"]:
        assert f'id="top-{one["subject"]["id"]}"' in text
        for place in (*one["before"], *one["after"]):
            assert f"{place['score'] / 100:.2f}" in text
    shares = [f"{one['share_before'] / 100:.2f}%" for one in answer["exposure"]]
    assert [row[2].split(" → ")[0] for row in cells(text, "exposure")] == shares
    assert "个排名已全部比较" in text


def test_points_of_a_move_add_up_on_the_page(told: Told) -> None:
    text, answer = told({}, top=3)
    for table in re.findall(r'<table class="table figures parts">.*?</table>', text, re.DOTALL):
        deltas = [int(said) for said in re.findall(r'class="difference">([+-]\d+)<', table)]
        assert sum(deltas[:-1]) == deltas[-1]
    assert answer["moves"][0]["delta"] != 0


def test_rules_that_stop_or_free_are_named(told: Told) -> None:
    text, answer = told({"relevance_floor": 1000})
    (gate,) = answer["gates"]
    assert gate["stopped"] > 0
    assert cells(text, "gates") == [["关联度门槛", str(gate["stopped"]), str(gate["freed"])]]
    assert "新政策下" in text


def test_a_sample_says_how_it_was_drawn(told: Told) -> None:
    text, answer = told({}, top=3, sample=2)
    assert f"共 {answer['scope']['of']} 个排名，抽样比较了 2 个。" in text
    assert answer["scope"]["zh"] in text
    assert "已达一次试算的上限" not in text


def test_the_work_of_one_preview_is_bounded_and_said(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.usecases.previews.MOST_SUBJECTS", 1)
    text, _ = told({}, top=3)
    assert "已达一次试算的上限" in text


def test_filters_and_the_other_policy_are_kept_in_the_form(told: Told) -> None:
    asked = {"region": "west", "chain_id": "ic", "against": "national-2026", "top": 2}
    text, answer = told({}, direction="gaps", **asked)
    assert answer["scope"]["of"] == 1
    for value in ("west", "ic", "national-2026", "gaps"):
        assert f'<option value="{value}" selected>' in text
    assert re.search(r'name="top" type="number" value="2"', text)


def test_nothing_to_compare_and_nothing_that_changes_are_told(told: Told) -> None:
    text, _ = told({}, chain_id="robot")
    assert "没有符合条件且需要匹配的记录" in text
    text, answer = told({"weights": None})
    assert answer["moves"] == []
    assert "前列没有任何变化" in text
    assert 'id="moves"' not in text


def test_what_cannot_be_asked_is_told(embedded: TestClient, office: Visitor) -> None:
    path = f"/policies/{draft(embedded)}/preview"
    for query, words in [
        ("top=x", "对比前几位 : 须为不小于 0 的整数"),
        ("top=0", "对比前几位 : 数值过小"),
        ("top=51", "对比前几位 : 数值过大"),
        ("sample=1e3", "对比多少个排名 : 须为不小于 0 的整数"),
        ("direction=none", "对比谁的排名 : 没有这个选项"),
        ("region=none", "地区 : 没有这个选项"),
        ("chain_id=none", "产业链"),
        ("against=none", "对照政策"),
    ]:
        answer = office.get(f"{path}?{query}")
        assert answer.status_code == 422, query
        assert words in words_of(answer)
    assert office.get("/policies/national-2026/preview").status_code == 404
    assert office.get("/policies/pol_none/preview").status_code == 404


def test_a_preview_stores_nothing_and_reads_in_english(
    embedded: TestClient, office: Visitor, blank_app: FastAPI
) -> None:
    register(embedded, "gaps", a_gap(title_zh="引进光刻胶项目", title_en="Photoresist wanted"))
    policy = register(embedded, "admin/policies", a_policy())
    form = office.get(f"/policies/{policy['id']}").text
    assert f'action="/admin/policies/{policy["id"]}/preview"' in form
    page = office.get(f"/policies/{policy['id']}/preview?lang=en")
    assert "Preview: Ecology first" in words_of(page)
    assert "Nothing changes in the first places." in words_of(page)
    assert len(events(blank_app.state.runtime.engine, policy["id"])) == 1
    assert 'action="/admin/policies' not in office.get("/policies/national-2026").text
