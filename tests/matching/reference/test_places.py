from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.reference.loader import load_reference, read_reference
from matching.reference.places import province_of
from tests.matching.reference.folders import change_cells, read_rows

REFERENCE = load_reference()


def code_of(text: str) -> str | None:
    province = province_of(REFERENCE, text)
    return province.code if province else None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("32", "32"),
        ("3205", "32"),
        ("320505", "32"),
        ("320505001", "32"),
        ("320505001001", "32"),
        ("CN-32", "32"),
        ("cn-js", "32"),
        ("３２０５", "32"),
        (" 45 ", "45"),
        ("江苏省", "32"),
        ("江苏", "32"),
        ("苏", "32"),
        ("江蘇省", "32"),
        ("JIANGSU", "32"),
        ("Jiangsu Province", "32"),
        ("jiangsu  sheng", "32"),
        ("内蒙古", "15"),
        ("內蒙古自治區", "15"),
        ("内蒙古自治区", "15"),
        ("Inner Mongolia", "15"),
        ("Inner-Mongolia Autonomous Region", "15"),
        ("Nei Mongol", "15"),
        ("Neimenggu", "15"),
        ("广西", "45"),
        ("广西省", "45"),
        ("廣西壯族自治區", "45"),
        ("Guangxi Zhuang Autonomous Region", "45"),
        ("宁夏回族自治区", "64"),
        ("新疆维吾尔自治区", "65"),
        ("Xinjiang Uyghur Autonomous Region", "65"),
        ("西藏", "54"),
        ("Tibet", "54"),
        ("Xizang Autonomous Region", "54"),
        ("山西", "14"),
        ("Shanxi", "14"),
        ("陕西", "61"),
        ("陕", "61"),
        ("Shaanxi Province", "61"),
        ("上海", "31"),
        ("上海市", "31"),
        ("沪", "31"),
        ("Shanghai Municipality", "31"),
        ("Peking", "11"),
        ("苏州市", "32"),
        ("苏州", "32"),
        ("江苏省苏州市", "32"),
        ("江苏 苏州", "32"),
        ("吉林", "22"),
        ("吉林市", "22"),
        ("海南", "46"),
        ("海南自由贸易港", "46"),
        ("海南藏族自治州", "63"),
        ("朝阳市", "21"),
        ("石河子市", "65"),
        ("雄安", "13"),
        ("延边", "22"),
    ],
)
def test_place_has_its_province(text: str, code: str) -> None:
    assert code_of(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "3",
        "320",
        "32050",
        "99",
        "999999",
        "71",
        "台湾",
        "香港",
        "Hong Kong",
        "Macao",
        "朝阳",
        "白银",
        "阿里",
        "Suzhou",
        "Shǎnxī",
        "新市",
        "海南州",
        "上海市场",
        "江苏杭州",
        "East",
        "Jian",
        "广",
        "山",
        "\x00",
        "\ud800",
        "٣٢",
        "江苏省" * 40,
        "'" * 5000,
    ],
)
def test_what_is_unknown_or_could_be_two_is_none(text: str) -> None:
    assert code_of(text) is None


def test_every_way_a_row_names_a_province_leads_to_it() -> None:
    for row in read_rows("provinces"):
        names = (row["name_zh"], row["short_zh"], row["name_en"], row["pinyin"])
        for name in (row["code"], *names, *row["aliases"].split(";")):
            assert code_of(name) == row["code"], name
            assert code_of(f" {name.swapcase()} ") == row["code"], name


def test_no_two_provinces_share_a_name() -> None:
    owner: dict[str, str] = {}
    for row in read_rows("provinces"):
        names = (row["name_zh"], row["short_zh"], row["name_en"], row["pinyin"])
        for name in (*names, *row["aliases"].split(";")):
            assert owner.setdefault(name.casefold(), row["code"]) == row["code"], name


def test_every_city_of_a_zone_leads_to_the_zones_province() -> None:
    for zone in REFERENCE.zones.values():
        assert code_of(zone.city_zh) == zone.province_code
        assert code_of(zone.city_code) == zone.province_code


def test_short_names_of_prefectures_are_not_names_of_other_provinces() -> None:
    for place in REFERENCE.prefectures:
        assert code_of(place.name_zh) == place.province_code
        if place.short_zh is not None:
            assert code_of(place.short_zh) == place.province_code


def test_names_belong_to_the_reference_they_are_asked_of(tmp_path: Path) -> None:
    other = read_reference(change_cells(tmp_path, "provinces", 2, {"short_zh": "燕"}))
    found = province_of(other, "燕")
    assert found is not None
    assert found.code == "11"
    assert code_of("燕") is None


@given(st.text(max_size=150))
def test_any_text_is_answered_with_a_province_of_the_table_or_none(text: str) -> None:
    assert code_of(text) in {None, *REFERENCE.provinces}
