"""权重试算: the ranking under weights of one's own beside the one in force; a draft of it."""

import re
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from service.pages.site.house import HOUSE
from service.usecases.sessions import form_token
from tests.factories import PORTAL, a_gap, an_investor, register
from tests.service.pages.site.rivals import BIG, CLEVER, register_rivals
from tests.service.pages.visitor import Visitor, words_of

WEST = "CNHTZ-6101"
DRAFT = {"name_zh": "重生态", "name_en": "More ecology", "source": "tests"}


@pytest.fixture
def gap(embedded: TestClient) -> str:
    return register_rivals(embedded)


def page(visitor: Visitor, **query: Any) -> Response:
    answer = visitor.client.get("/what-if", params=query)
    assert answer.status_code == 200, answer.text
    return answer


def names_in_order(answer: Response) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+"><bdi>([^<]+)</bdi>', answer.text)


def test_one_chooses_by_name_what_to_try_the_weights_on(office: Visitor, gap: str) -> None:
    every = page(office)
    assert f'href="/what-if?gap={gap}"' in every.text
    assert every.text.count('href="/what-if?investor=') == 2
    found = page(office, q="先进")
    assert found.text.count('href="/what-if?investor=') == 1
    assert "没有符合的开放弱链缺链" in words_of(found)


def test_untouched_sliders_show_the_ranking_in_force(
    office: Visitor, embedded: TestClient, gap: str
) -> None:
    answer = page(office, gap=gap)
    matches = embedded.get(f"/v1/gaps/{gap}/matches").json()["matches"]
    assert names_in_order(answer) == [match["investor"]["name"] for match in matches]
    for match in matches:
        assert f"<strong>{match['score'] / 100:.1f}</strong>" in answer.text
    assert "尚未移动滑块" in words_of(answer)
    sent = sliders_of(answer)
    assert sent["link_fit"] == "26.0"
    assert len(sent) == 14 + 3 * 7
    assert "尚未移动滑块" in words_of(page(office, gap=gap, **sent)), "as a browser sends them all"


def sliders_of(answer: Response) -> dict[str, str]:
    found = re.findall(r'type="range"[^>]* name="([^"]+)"[^>]* value="([^"]+)"', answer.text)
    return dict(found)


def test_moved_weights_move_the_ranking_as_the_api_does_and_say_why(
    office: Visitor, embedded: TestClient, gap: str
) -> None:
    assert names_in_order(page(office, gap=gap)) == [BIG, CLEVER]
    body = {"queries": {"q": {"gap_id": gap}}, "weights": {"frontier_technology": 5000}}
    told = embedded.post("/v1/match", json=body).json()["results"]["q"]["matches"]
    answer = page(office, gap=gap, frontier_technology="50")
    assert [match["investor"]["name"] for match in told] == [CLEVER, BIG]
    assert names_in_order(answer) == [CLEVER, BIG]
    for match in told:
        assert f"<strong>{match['score'] / 100:.1f}</strong>" in answer.text
    words = words_of(answer)
    assert "▲ 升 1 原第 2 先进企业" in words
    assert "▼ 降 1 原第 1 大型企业" in words
    assert re.search(r"高端技术 \+[\d.]+", words)
    assert re.search(r"战略 [\d.]+→[\d.]+ · 空间 [\d.]+→[\d.]+ · 价值 [\d.]+→[\d.]+", words)
    assert "尚未移动滑块" not in words


def test_orientation_moves_the_gaps_of_an_investor(
    office: Visitor, embedded: TestClient, gap: str
) -> None:
    western = register(embedded, "gaps", a_gap(zone_id=WEST, title_zh="西安光刻胶"))
    maker = register(embedded, "investors", an_investor())
    nothing_east = {
        f"east.{key.partition('.')[2]}": "0" for key in HOUSE.texts if key.startswith("industry.")
    }
    answer = page(office, investor=maker["id"], **nothing_east)
    assert names_in_order(answer) == ["西安光刻胶", "引进光刻胶"]
    assert f'href="/gaps/{western["id"]}"' in answer.text
    assert "区域导向 -" in words_of(answer)


def test_weights_beyond_the_whole_are_refused_in_words(office: Visitor, gap: str) -> None:
    for sent in ({"link_fit": "60", "scale_fit": "60"}, {"link_fit": "61"}, {"link_fit": "x"}):
        answer = office.client.get("/what-if", params={"gap": gap, **sent})
        assert answer.status_code == 422
        assert "无法试算" in words_of(answer)
        assert sliders_of(answer)["link_fit"] == "26.0"


def test_what_is_not_there_is_a_page_that_says_so(office: Visitor, embedded: TestClient) -> None:
    for query in ("gap=gap_none", "investor=inv_none", "gap=%3Cscript%3E"):
        answer = office.client.get(f"/what-if?{query}")
        assert answer.status_code == 404, query
        assert "<script>" not in answer.text
    lonely = "没有匹配，无从排名"
    made = register(embedded, "gaps", a_gap(link_id="ic.eda"))
    assert lonely in words_of(page(office, gap=made["id"]))


def test_an_administrator_keeps_what_was_tried_as_a_draft(
    office: Visitor, embedded: TestClient, gap: str
) -> None:
    tried = page(office, gap=gap, ecology="9", **{"central_west.services": "50"})
    moved = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]+)">', tried.text))
    assert {name: moved[name] for name in ("ecology", "central_west.services")} == {
        "ecology": "9.0",
        "central_west.services": "50.0",
    }
    data = {"token": form_token(office.token), "once": "x", **DRAFT}
    sent = {**data, "ecology": "9.0", "central_west.services": "50.0"}
    first, again = (office.client.post("/what-if/draft", data=sent) for _ in range(2))
    assert first.status_code == 303, words_of(first)
    assert first.headers["Location"] == again.headers["Location"]
    id_ = re.fullmatch(r"/admin/policies/(\w+)\?done=drafted", first.headers["Location"])
    assert id_
    draft = embedded.get(f"/v1/admin/policies/{id_[1]}").json()
    assert set(draft["weights"]["ecology"].values()) == {900}
    assert draft["orientation"]["central"]["services"] == 500
    assert draft["orientation"]["west"]["services"] == 500
    assert draft["orientation"]["east"]["services"] == 600
    assert office.client.get(first.headers["Location"]).status_code == 200


def test_only_administrators_keep_drafts(stranger: Visitor, gap: str) -> None:
    assert stranger.sign_in(PORTAL).status_code == 303
    assert 'id="draft"' not in page(stranger, gap=gap).text
    data = {"token": form_token(stranger.token), **DRAFT, "ecology": "9"}
    answer = stranger.client.post("/what-if/draft", data=data)
    assert answer.status_code == 403


def test_a_draft_needs_its_names(office: Visitor, gap: str) -> None:
    data = {"token": form_token(office.token), "ecology": "9"}
    answer = office.client.post("/what-if/draft", data=data)
    assert answer.status_code == 422
    assert "必填" in words_of(answer)


def test_it_is_said_in_english_too(office: Visitor, gap: str) -> None:
    words = words_of(page(office, gap=gap, frontier_technology="30", lang="en"))
    assert "Frontier technology" in words
    assert "Photoresist wanted" in words
    shown = words.replace("中文", "").replace(BIG, "").replace(CLEVER, "")
    assert not re.search(r"[\u4e00-\u9fff]", shown)
