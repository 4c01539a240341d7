import pytest

from matching.names.chinese_likeness import judge_chinese
from matching.names.judged import RELATED, SAME, Judged
from matching.names.parsing import parse
from matching.names.reasons import ReasonKey


def judge(one: str, other: str) -> Judged:
    return judge_chinese(parse(one), parse(other))


@pytest.mark.parametrize(
    ("one", "other", "least", "most", "reason"),
    [
        ("示例电子", "苏州示例电子有限公司", 0.95, 1, ReasonKey.SAME_CORE),
        ("示例", "示例冷面有限公司", SAME, 0.95, ReasonKey.CORE_WITHIN),
        ("得好照明", "横山集团得好照明股份有限公司", SAME, 0.9, ReasonKey.CORE_WITHIN),
        ("优九库", "厦门优久库供应链管理有限公司", SAME, 0.95, ReasonKey.SAME_SOUND),
        ("示例时代科技", "示例世纪科技有限公司", RELATED, SAME, ReasonKey.CORE_WITHIN),
        ("金鹰重工", "金鹰证券有限公司", 0, SAME, ReasonKey.SAME_CORE),
        ("金鹰重工", "金鹰股份有限公司", 0, SAME, ReasonKey.SAME_CORE),
        ("金鹰电气", "金鹰电缆有限公司", 0, 0.79, ReasonKey.SAME_CORE),
        ("金鹰游戏", "金鹰网络科技有限公司", SAME, 0.95, ReasonKey.SAME_CORE),
        ("金海鹰游戏", "金海鹰旅游有限公司", SAME, 0.9, ReasonKey.SAME_CORE),
        ("重水规院", "重庆水陆规划设计院有限公司", SAME, 0.8, ReasonKey.ABBREVIATED),
        ("甲乙丙丁", "重庆水陆规划设计院有限公司", 0, 0.1, ReasonKey.OTHER_CORE),
        ("上海甲乙丙", "甲丁乙己丙有限公司", 0, SAME, ReasonKey.ABBREVIATED),
        ("示例科技", "示例网络", RELATED, 1, ReasonKey.SAME_CORE),
        ("示例甲乙", "示例", SAME, 1, ReasonKey.CORE_WITHIN),
        ("北京银行", "上海银行", 0, RELATED, ReasonKey.SAME_TRADE),
        ("北京银行", "北京银行股份有限公司", SAME, 1, ReasonKey.SAME_CORE),
        ("北京银行", "银行", 0, SAME, ReasonKey.SAME_TRADE),
        ("示例电子有限公司", "示例电子股份有限公司", 0.9, 0.96, ReasonKey.SAME_CORE),
        ("示例电子有限公司", "示例证券有限公司", RELATED, SAME, ReasonKey.SAME_CORE),
        ("示例电子有限公司", "示例人电子有限公司", 0, SAME, ReasonKey.CORE_WITHIN),
        ("（中国）", "示例电子有限公司", 0, 0, ReasonKey.NO_NAME),
    ],
)
def test_two_chinese_names_are_as_alike_as_their_parts(
    one: str, other: str, least: float, most: float, reason: ReasonKey
) -> None:
    found = judge(one, other)
    assert least <= found.likeness <= most
    assert found.reasons[0] is reason
    assert judge(other, one).likeness == found.likeness


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("苏州示例电子有限公司", "苏州示例电子", ReasonKey.SAME_PLACE),
        ("苏州示例电子有限公司", "示例电子", ReasonKey.PLACE_MISSING),
        ("苏州示例电子有限公司", "江苏示例电子", ReasonKey.WIDER_PLACE),
        ("苏州示例电子有限公司", "无锡示例电子", ReasonKey.OTHER_CITY),
        ("西门子（中国）有限公司", "西门子（德国）有限公司", ReasonKey.OTHER_COUNTRY),
        ("苏州示例电子有限公司", "苏州示例电子股份有限公司", ReasonKey.OTHER_FORM),
        ("苏州示例电子有限公司", "苏州示例电子有限公司分公司", ReasonKey.BRANCH),
        ("示例重工", "示例证券有限公司", ReasonKey.OTHER_TRADE),
    ],
)
def test_places_forms_and_trades_are_told(one: str, other: str, reason: ReasonKey) -> None:
    assert reason in judge(one, other).reasons


def test_a_stated_place_fits_better_than_a_missing_one() -> None:
    sought = "吉林省示例电气有限公司"
    assert (
        judge(sought, "吉林示例电气有限公司").likeness > judge(sought, "示例电气有限公司").likeness
    )
