"""登记投资者: trying shows everything and stores nothing; registering stores it once."""

import re
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from matching.asking import PLAIN_ANSWERS
from service.pages.site.house import HOUSE
from service.usecases.sessions import form_token
from tests.factories import PORTAL, a_gap, an_investor, register
from tests.service.pages.visitor import Visitor, words_of

MAKER = {"name_zh": "示例光刻胶公司", "country": "JP", "products": "光刻胶\nphotoresist"}


def attempt(visitor: Visitor, **fields: Any) -> Response:
    answer = visitor.client.post("/register", data=fields)
    assert answer.status_code == 200, answer.text
    return answer


def confirm(visitor: Visitor, **fields: Any) -> Response:
    token = form_token(visitor.token)
    return visitor.client.post("/register/confirm", data={"token": token, "once": "x", **fields})


def wrong_at(answer: Response) -> dict[str, str]:
    """What is said beside which field."""
    found = re.findall(r'class="wrong" id="wrong-([a-z_]+)">([^<]+)<', answer.text)
    return dict(found)


@pytest.fixture
def portal_office(stranger: Visitor) -> Visitor:
    """An officer of a portal who has signed in."""
    assert stranger.sign_in(PORTAL).status_code == 303
    return stranger


def test_trying_shows_links_completeness_and_matches_and_stores_nothing(
    office: Visitor, embedded: TestClient
) -> None:
    gap = register(embedded, "gaps", a_gap(title_zh="引进光刻胶", title_en="Photoresist wanted"))
    answer = attempt(office, **MAKER)
    told = words_of(answer)
    assert f'href="/gaps/{gap["id"]}"' in answer.text
    assert "引进光刻胶" in told
    assert "集成电路 · 光刻胶及配套试剂" in told
    assert "资料完整度" in told
    assert 'value="示例光刻胶公司"' in answer.text
    assert "光刻胶\nphotoresist</textarea>" in answer.text
    assert wrong_at(answer) == {}
    assert embedded.get("/v1/investors").json()["items"] == []


def test_the_page_says_what_the_api_says(office: Visitor, embedded: TestClient) -> None:
    register(embedded, "gaps", a_gap())
    body = {"name": "x", "country": "JP", "products": ["光刻胶", "photoresist"], "jobs": 120}
    query = {"queries": {"q": {"investor": body}}}
    match = embedded.post("/v1/match", json=query).json()["results"]["q"]["matches"][0]
    made = register(embedded, "investors", body)
    answer = attempt(office, **MAKER, jobs="120")
    assert f'<strong class="number">{match["score"] / 100:.1f}</strong>' in answer.text
    known = embedded.get(f"/v1/investors/{made['id']}").json()["completeness"]
    assert f'<strong class="figure">{known / 100:.1f}</strong>' in answer.text


def test_each_proposed_field_is_in_the_form_and_adds_what_is_said(office: Visitor) -> None:
    page = attempt(office, **MAKER)
    asked = re.findall(r'href="#field-([a-z_]+)">[^<]*\+([\d.]+)<', page.text)
    assert len(asked) == 3
    before, gain = figure_of(page), float(asked[0][1])
    assert asked[0][0] == "technology_level"
    after = figure_of(attempt(office, **MAKER, technology_level="4"))
    assert after == pytest.approx(before + gain)
    for field in PLAIN_ANSWERS:
        assert f'id="field-{field}"' in page.text, field
        assert f"ask.{field}" in HOUSE.texts


def figure_of(answer: Response) -> float:
    found = re.search(r'class="figure">([\d.]+)<', answer.text)
    assert found
    return float(found[1])


def test_what_is_still_needed_is_no_error_while_trying(office: Visitor) -> None:
    told = words_of(attempt(office, products="光刻胶"))
    assert "光刻胶及配套试剂" in told
    assert "选择国家或地区后显示匹配" in told
    nothing = attempt(office, country="CN")
    assert "填写产品后显示匹配" in words_of(nothing)
    assert wrong_at(nothing) == {}
    code = words_of(attempt(office, country="DE", industry_codes="3985，2669", scheme="gb4754"))
    assert "填写产品后显示匹配" not in code
    assert "3985" in code


def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_tried(office: Visitor) -> None:
    fields = {
        "jobs": "many",
        "land_ha": "1.5.2",
        "rd_intensity_pct": "150",
        "industry_codes": "99999",
        "planned_investment_min_cny": "9,000",
        "planned_investment_max_cny": "8000",
    }
    answer = attempt(office, **MAKER, **fields)
    assert wrong_at(answer) == {
        "jobs": "须为不小于 0 的整数",
        "land_ha": "须为数字",
        "rd_intensity_pct": "数值过大",
        "industry_codes": "不是该分类中的代码",
        "planned_investment_min_cny": "下限不能高于上限",
        "planned_investment_max_cny": "下限不能高于上限",
    }
    assert "光刻胶及配套试剂" in words_of(answer)
    for said in fields.values():
        assert f'value="{said}"' in answer.text


def test_registering_stores_everything_that_was_filled_in_once(
    portal_office: Visitor, embedded: TestClient
) -> None:
    fields = {
        **MAKER,
        "name_en": "Example Photoresist",
        "industry_codes": "3985",
        "activities": ["manufacturing", "r_and_d"],
        "planned_investment_min_cny": "30,000",
        "land_ha": "6.5",
        "jobs": "220",
        "technology_level": "4",
        "rd_centre_committed": "yes",
        "is_chain_leader": "no",
        "preferred_regions": ["east"],
    }
    first, again = (confirm(portal_office, **fields) for _ in range(2))
    assert first.status_code == 303, words_of(first)
    assert first.headers["Location"] == again.headers["Location"]
    [row] = embedded.get("/v1/investors").json()["items"]
    assert first.headers["Location"] == f"/investors/{row['id']}?done=investor_registered"
    expected = {
        "name": "示例光刻胶公司",
        "names": [
            {"lang": "zh", "name": "示例光刻胶公司"},
            {"lang": "en", "name": "Example Photoresist"},
        ],
        "country": "JP",
        "products": ["光刻胶", "photoresist"],
        "industry_codes": [{"scheme": "gb4754", "code": "3985"}],
        "activities": ["manufacturing", "r_and_d"],
        "planned_investment_min_cny": 300_000_000,
        "planned_investment_max_cny": None,
        "land_ha": 6.5,
        "jobs": 220,
        "technology_level": 4,
        "rd_centre_committed": True,
        "is_chain_leader": False,
        "circular": None,
        "preferred_regions": ["east"],
    }
    assert {name: row[name] for name in expected} == expected


def test_registering_what_is_not_valid_keeps_what_was_typed(
    office: Visitor, embedded: TestClient
) -> None:
    answer = confirm(office, products="", jobs="1.5", name_en="Kept")
    assert answer.status_code == 422
    assert wrong_at(answer) == {
        "country": "必填",
        "products": "必填",
        "jobs": "须为不小于 0 的整数",
    }
    assert 'value="Kept"' in answer.text
    unnamed = confirm(office, country="JP", products="光刻胶", industry_codes="nope")
    assert set(wrong_at(unnamed)) == {"names", "industry_codes"}
    assert embedded.get("/v1/investors").json()["items"] == []
    mended = confirm(office, **MAKER)
    assert mended.status_code == 303, "a refused form has used nothing up"


def test_a_guest_may_try_and_is_told_that_registering_takes_a_key(stranger: Visitor) -> None:
    page = attempt(stranger, **MAKER)
    assert "登记须持密钥登录" in words_of(page)
    assert 'id="confirm"' not in page.text
    answer = confirm(stranger, **MAKER)
    assert answer.headers["Location"].startswith("/sign-in")


def test_hostile_values_are_shown_harmlessly(office: Visitor) -> None:
    evil = "<script>alert(1)</script>\u202egnp.exe"
    fields = dict.fromkeys(("name_zh", "products", "jobs", "industry_codes", "land_ha"), evil)
    answer = attempt(office, **fields, country="<b>", scheme=evil, activities=[evil, evil])
    assert "<script>alert" not in answer.text
    assert "<b>" not in answer.text
    refused = {"names", "products", "country", "industry_codes", "activities", "jobs", "land_ha"}
    assert set(wrong_at(answer)) == refused
    long = attempt(office, name_zh="长" * 501, products="\n".join(["光刻胶"] * 3 + ["x" * 501]))
    assert wrong_at(long) == {"names": "过长", "products": "过长"}
    many = attempt(office, products="\n".join(f"产品{n}" for n in range(51)))
    assert wrong_at(many) == {"products": "过多，最多 50 项"}


def test_it_is_said_in_english_too(office: Visitor) -> None:
    blank = words_of(office.client.get("/register?lang=en"))
    assert "Name products and origin" in blank
    assert not re.search(r"[\u4e00-\u9fff]", blank.replace("中文", "").replace("光刻胶", ""))
    told = words_of(attempt(office, products="photoresist", land_ha="x"))
    assert "Choose a country to see matches" in told
    assert "is no number" in told


def test_each_country_has_a_name_and_is_chosen_again(office: Visitor) -> None:
    page = attempt(office, country="IS", products="光刻胶").text
    countries = {key for key in HOUSE.texts if key.startswith("country.")}
    assert len(countries) == 249
    assert page.count('<option value="IS" selected>冰岛') == 1
    for key in countries:
        assert f'value="{key.removeprefix("country.")}"' in page


def test_nobody_registers_without_the_form_of_the_session(
    office: Visitor, embedded: TestClient
) -> None:
    answer = office.client.post("/register/confirm", data={**MAKER, "token": "x"})
    assert answer.status_code == 403
    register(embedded, "investors", an_investor())
    assert len(embedded.get("/v1/investors").json()["items"]) == 1
