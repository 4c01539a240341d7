"""The pages of the reference: editions side by side, what differs, from which day they rule."""

from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service import clock
from service.pages.admin.house import HOUSE
from tests.factories import a_gap, a_keyword_edition, an_investor, register
from tests.service.chain_editions import NEW_LINK, a_chain_edition, load, placed
from tests.service.pages.visitor import Visitor, words_of
from tests.service.usecases.test_history import events

WORD = "版图神器"


@pytest.fixture
def edition(embedded: TestClient) -> dict[str, Any]:
    return load(embedded, a_keyword_edition())


def test_built_in_tables_and_editions_stand_side_by_side(
    office: Visitor, embedded: TestClient, edition: dict[str, Any]
) -> None:
    text = office.text("/reference")
    shown = embedded.get("/v1/admin/reference").json()
    assert shown["digest"] in text
    for table in shown["built_in"]:
        assert table["edition"] in text
    assert "外商投资负面清单 negative_list" in text
    assert "没有叠加其他版本" in text
    assert f"关键词修订 {edition['id']} 草案 环节关键词 2027 1" in text
    assert "POST /v1/admin/reference" in text
    office.done(f"/reference/{edition['id']}/activate")
    assert f"叠加的版本： 关键词修订 {edition['id']}" in office.text("/reference")


def test_every_built_in_table_has_a_name(office: Visitor, embedded: TestClient) -> None:
    tables = {row["table"] for row in embedded.get("/v1/admin/reference").json()["built_in"]}
    assert {f"table.{name}" for name in tables} <= set(HOUSE.texts)
    english = office.text("/reference?lang=en")
    assert all(HOUSE.texts[f"table.{name}"].en in english for name in tables)


def test_nothing_is_loaded_yet(office: Visitor) -> None:
    assert "尚未载入其他版本" in office.text("/reference")


def test_what_an_edition_changes_is_shown(embedded: TestClient, office: Visitor) -> None:
    item = {"link_id": "ic.eda", "province_code": "34", "item_nos": ["1"]}
    chain = load(embedded, a_chain_edition(NEW_LINK, without="ic.photoresist"))
    text = office.text(f"/reference/{chain['id']}")
    assert "产业链环节 玻璃基板封装 ic.glass 新增" in text
    assert "产业链环节 光刻胶及配套试剂 ic.photoresist 删除" in text
    assert "上下游关系 玻璃基板封装 → EDA工具 ic.glass > ic.eda 新增" in text
    assert "易混淆的环节 ic.photoresist、ic.litho → ic.litho" in text
    assert "可靠程度 未说明 行数 36" in text
    body = a_keyword_edition(kind="encouraged", name_zh="目录", rows=[item])
    listed = office.text(f"/reference/{load(embedded, body)['id']}")
    assert "EDA工具 · 安徽 ic.eda 34" in listed
    assert "处，列出 100 处" in listed


def test_what_would_move_is_previewed(
    embedded: TestClient, office: Visitor, edition: dict[str, Any], blank_app: FastAPI
) -> None:
    gap = register(embedded, "gaps", a_gap(link_id="ic.eda", title_zh="引进EDA"))
    maker = register(embedded, "investors", an_investor(name="甲公司", products=[WORD]))
    path = f"/reference/{edition['id']}/preview"
    text = office.text(path)
    assert f"甲公司 {maker['id']} — 1. EDA工具 ic.eda" in text
    assert f"投资者 甲公司 {maker['id']} — 1. 引进EDA {gap['id']}" in text
    assert f"弱链缺链 引进EDA {gap['id']} — 1. 甲公司 {maker['id']}" in text
    none = office.text(f"{path}?sample=0&top=20")
    assert "抽样的排名前列没有变化" in none
    assert "甲公司" in none
    assert len(events(blank_app.state.runtime.engine, edition["id"])) == 1
    for query in ("top=0", "top=21", "sample=101", "sample=x", "top=-1"):
        assert office.get(f"{path}?{query}").status_code == 422


def test_an_edition_rules_and_is_rolled_back(
    embedded: TestClient, office: Visitor, edition: dict[str, Any]
) -> None:
    path = f"/reference/{edition['id']}"
    assert office.send(f"{path}/rollback").status_code == 409
    for day in ("2020-01-01", "soon"):
        assert office.send(f"{path}/activate", effective_from=day).status_code == 422
    assert placed(embedded, WORD) == []
    done = office.done(f"{path}/activate", effective_from=str(clock.china_day()))
    assert done.endswith("?done=edition_activated")
    assert placed(embedded, WORD) == ["ic.eda"]
    page = office.get(path).text
    assert "使用中" in page
    assert 'id="activate"' not in page
    assert "此版本已不是草案" in words_of(office.send(f"{path}/discard"))
    assert office.done(f"{path}/rollback").endswith("?done=edition_rolled_back")
    assert "已停用" in office.text(path)
    assert placed(embedded, WORD) == []
    log = office.text(f"/events?subject_id={edition['id']}")
    for verb in ("载入", "启用", "回退"):
        assert f"参考数据版本 · {verb}" in log
    assert f'href="/admin{path}"' in office.get(f"/events?subject_id={edition['id']}").text


def test_a_draft_is_discarded(office: Visitor, edition: dict[str, Any]) -> None:
    path = f"/reference/{edition['id']}"
    assert office.send(f"{path}/discard", version="7").status_code == 412
    assert office.done(f"{path}/discard", version="1").endswith("?done=discarded")
    page = office.get(path)
    assert "已弃用" in words_of(page)
    assert 'action="/admin/reference/' not in page.text.replace(f"{path}/preview", "")
    assert office.send(f"{path}/activate").status_code == 409


def test_links_of_open_gaps_are_not_taken(embedded: TestClient, office: Visitor) -> None:
    gap = register(embedded, "gaps", a_gap(title_zh="引进光刻胶项目"))
    path = f"/reference/{load(embedded, a_chain_edition(without='ic.photoresist'))['id']}"
    assert f"因此不能启用： 引进光刻胶项目 {gap['id']}" in office.text(f"{path}/preview")
    answer = office.send(f"{path}/activate")
    assert answer.status_code == 409
    assert f"弱链缺链 : {gap['id']}" in words_of(answer)
    assert "没有任何内容被修改" in words_of(answer)
    embedded.delete(f"/v1/gaps/{gap['id']}")
    office.done(f"{path}/activate")


def test_an_edition_that_no_longer_fits_says_so(embedded: TestClient, office: Visitor) -> None:
    row = {"link_id": "ic.glass", "keywords_zh": ["玻璃通孔"], "keywords_en": ["glass via"]}
    chain = load(embedded, a_chain_edition(NEW_LINK))
    office.done(f"/reference/{chain['id']}/activate")
    above = load(embedded, a_keyword_edition(rows=[row]))
    path = f"/reference/{above['id']}"
    assert "玻璃基板封装 ic.glass 修改" in office.text(path)
    office.done(f"/reference/{chain['id']}/rollback")
    text = office.text(path)
    assert "此版本无法叠加在现行数据上" in text
    assert "不能比较和试算" in text
    assert "无法叠加" in office.text("/reference")
    for answer in (office.get(f"{path}/preview"), office.send(f"{path}/activate")):
        assert answer.status_code == 409
        assert "与其他版本冲突" in words_of(answer)


def test_no_such_edition(office: Visitor) -> None:
    for answer in (
        office.get("/reference/edn_none"),
        office.get("/reference/edn_none/preview"),
        office.send("/reference/edn_none/activate"),
    ):
        assert answer.status_code == 404
        assert "没有这个版本" in words_of(answer)


def test_a_landscape_is_made_and_what_it_changes_is_told(
    office: Visitor, embedded: TestClient
) -> None:
    for zone_id in ("CNHTZ-3203", "CNHTZ-2202"):
        register(embedded, "gaps", a_gap(zone_id=zone_id, link_id="nev.motor"))
    register(embedded, "investors", an_investor(products=["驱动电机"]))
    place = office.done("/reference/landscape").removeprefix("/admin").partition("?")[0]
    page = office.text(place)
    assert "产业布局快照" in page
    assert "zones_engaged" not in page
    preview = office.text(f"{place}/preview")
    assert "得分有变的指标（前列共 2 对） 指标 有变的对数 最小变动 最大变动 多样集群" in preview
    assert office.done(f"{place}/activate")
    assert place.rpartition("/")[2] in office.text("/reference")
