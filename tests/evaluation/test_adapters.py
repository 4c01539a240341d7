import time

import pytest

from tests.evaluation import adapters

ZONES = [
    {
        "zone_id": zone_id,
        "name": f"{city}高新区",
        "province": province,
        "city": city,
        "type": "HTZ",
        "type_zh": "国家高新区",
        "region": region,
        "leading_industries": industries,
    }
    for zone_id, province, city, region, industries in (
        ("z1", "江苏", "甲市", "east", "集成电路、软件"),
        ("z2", "湖北", "乙市", "central", "生物医药"),
        ("z3", "陕西", "丙市", "west", ""),
        ("z4", "nowhere", "丁市", "west", "半导体、新能源汽车、无此行业"),
    )
]
CASE = {
    "case_id": "c1",
    "investor_en": "Example",
    "investor_zh": "示例",
    "home": "JP",
    "project_zh": "光刻胶",
    "csrc_division": "C39",
    "factor": "CT",
    "factor_zh": "",
    "invest_usd_m": "120",
    "year": "2020",
}


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({}, "z1"),
        ({"csrc_division": "", "invest_usd_m": ""}, "z1"),
        ({"project_zh": "疫苗", "csrc_division": "C27", "factor": "T"}, "z2"),
        ({"project_zh": "软件外包服务", "csrc_division": "I65", "factor": "S"}, "z1"),
        ({"home": "TW"}, "z1"),
        ({"home": "CN"}, "z1"),
    ],
)
def test_the_zone_that_leads_in_the_projects_industry_comes_first(
    changes: dict[str, str], first: str
) -> None:
    rank = adapters.zone_ranker(ZONES)
    ranking = rank({**CASE, **changes})
    assert ranking[0] == first
    assert set(ranking) == {"z1", "z2", "z3"}  # a zone of no known province is left out
    assert rank(CASE) == rank(dict(CASE))


def test_a_labour_intensive_project_without_an_industry_goes_west() -> None:
    case = {**CASE, "project_zh": "婚庆", "csrc_division": "", "factor": "LI"}
    assert adapters.zone_ranker([ZONES[0], {**ZONES[2]}])(case)[0] == "z3"


def test_the_order_of_the_list_does_not_matter() -> None:
    assert adapters.zone_ranker(ZONES)(CASE) == adapters.zone_ranker(ZONES[::-1])(CASE)


def test_a_placer_gives_codes_best_first() -> None:
    rank = adapters.placer(
        [
            {"code": "1", "name": "水泥", "path": "建材 / 水泥"},
            {"code": "2", "name": "银行", "path": "金融 / 银行"},
        ]
    )
    assert rank("A commercial bank") == ["2"]
    assert rank("生产水泥、熟料和混凝土，与银行合作") == ["1", "2"]
    assert rank("") == []


def test_names_alike_score_higher() -> None:
    same = adapters.name_similarity("苏州示例科技有限公司", "蘇州示例科技有限公司")
    other = adapters.name_similarity("苏州示例科技有限公司", "无锡另例电子有限公司")
    assert same > other
    assert adapters.name_similarity("", "") == 0
    assert adapters.name_similarity("Ａlpha  Ltd", "alpha ltd") == 100


def test_a_register_is_searched_best_first() -> None:
    search = adapters.register(["Alpha Ltd", "Beta Ltd", "alpha ltd", ""])
    assert [position for position, _ in search("ALPHA LTD", 2)] == [0, 2]
    assert len(search("Beta", 5)) <= 5
    assert search("", 3) == search("\u200b", 3) == search("Beta", 0) == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("９１３２ 0594-ma1text010", "91320594MA1TEXT010"),
        ("91320594MA1TEXT011", None),
    ],
)
def test_a_credit_code_with_a_wrong_digit_is_none(given: str, code: str | None) -> None:
    assert adapters.uscc(given) == code


@pytest.mark.parametrize("junk", ["", "1", "x" * 10_000, "\u200b"])
def test_junk_is_refused(junk: str) -> None:
    for check in (adapters.uscc, adapters.lei):
        with pytest.raises(ValueError, match="is no"):
            check(junk)
    assert not adapters.gbt(junk)
    assert adapters.region(junk) is None


def test_what_is_right_is_taken() -> None:
    assert adapters.lei("example00000bulian91") == "EXAMPLE00000BULIAN91"
    assert adapters.gbt("C3985")
    assert not adapters.gbt("A3985")
    assert (adapters.region("江苏省"), adapters.region("420000")) == ("east", "central")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("  Alpha Ltd ", "Alpha Ltd"),
        ("株式会社例", "株式会社例"),
        ("7", "7"),
        ("a" * 307, "a" * 307),
    ],
)
def test_a_name_is_kept(name: str, kept: str) -> None:
    assert adapters.company_name(name) == kept


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "有限公司",
        "\u200b\u2060",
        "\u3164",
        "🙂",
        "——",
        "a\x00b",
        "\ud800",
        "长" * 501,
        "a" * 10**6,
    ],
    ids=lambda name: ascii(name[:20]),
)
def test_what_is_no_name_is_refused_quickly(name: str) -> None:
    start = time.perf_counter()
    with pytest.raises(ValueError):  # noqa: PT011 — which refusal it is depends on the name
        adapters.company_name(name)
    assert time.perf_counter() - start < 0.05
