"""Values and sources of a match in the reader's words."""

import pytest

from service.pages.site.house import HOUSE
from service.pages.site.values import Reader
from service.pages.texts import Language
from service.scorer import Scorer


def read(scorer: Scorer, language: Language, value: str, criterion: str = "site_fit") -> str:
    reader = Reader(HOUSE.words(language), scorer.reference)
    component = {"criterion": criterion, "investor_value": value, "gap_value": value}
    investor, _ = reader.met(component)
    return investor


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        ("–", "未说明", "not stated"),
        (
            "planned_investment_cny 2,500,000,000 – 5,000,000,000",
            "计划投资 25 亿元 – 50 亿元",
            "plan CNY 2.5 bn – CNY 5 bn",
        ),
        ("investment_cny – – 200,000,000", "意向投资 ≤ 2 亿元", "investment wanted ≤ CNY 200 m"),
        ("investment_cny 200,000,000 – –", "意向投资 ≥ 2 亿元", "investment wanted ≥ CNY 200 m"),
        ("investment_min_cny –", "最低意向投资 未说明", "least investment wanted not stated"),
        (
            "land_ha 4.0; energy_tce 12000.0; jobs –; start_by 2027-09-30",
            "用地（公顷） 4；年能耗（吨标准煤） 12,000；就业（人） 未说明；最晚开工 2027-09-30",
            "land (ha) 4; energy (tce a year) 12,000; jobs not stated; start by 2027-09-30",
        ),
        ("leading_chains ai, ic", "主导产业 人工智能与软件信息服务, 集成电路", None),
        ("allowed energy_tce 60000.0", "允许年能耗（吨标准煤） 60,000", None),
        ("is_chain_leader yes; activities manufacturing, r_and_d", None, None),
    ],
)
def test_fields_get_names_and_figures_units(
    scorer: Scorer, value: str, zh: str | None, en: str | None
) -> None:
    said = {"zh": read(scorer, "zh", value), "en": read(scorer, "en", value)}
    assert said["zh"] == (zh or "链主企业 是；业务活动 生产制造, 研发")
    assert en is None or said["en"] == en


def test_words_of_the_records_themselves_stay_as_they_are(scorer: Scorer) -> None:
    assert read(scorer, "zh", "cloud services of ic", "link_fit") == "cloud services of ic"
    reader = Reader(HOUSE.words("en"), scorer.reference)
    link = scorer.reference.links["ic.photoresist"]
    component = {"criterion": "link_fit", "investor_value": "x", "gap_value": f"{link.link_id} y"}
    assert reader.met(component) == ("x", link.name_en)


def test_codes_of_provinces_are_names_where_places_meet(scorer: Scorer) -> None:
    assert read(scorer, "zh", "32 east", "investor_preference") == "江苏 东部"
    assert read(scorer, "en", "99, west", "investor_preference") == "99, West"


@pytest.mark.parametrize(
    ("source", "zh"),
    [
        (
            "强化产业链强链补链 (the article); formula: ours",
            "强化产业链强链补链 (文章); 公式为自拟",
        ),
        ("negative_list 2024 item 17 (public_listing)", "负面清单 2024 条目 17 (公开名录)"),
        ("chain_links (expert_draft)", "产业链环节表 (专家初拟)"),
        ("zone_chains, dated landscape", "高新区主导产业布局（注明日期）"),
        ("anything new", "anything new"),
    ],
)
def test_sources_are_named(scorer: Scorer, source: str, zh: str) -> None:
    assert Reader(HOUSE.words("zh"), scorer.reference).source(source) == zh
