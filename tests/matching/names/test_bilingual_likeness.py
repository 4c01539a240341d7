import pytest

from matching.names.bilingual_likeness import core_likeness, judge_bilingual, sound_likeness
from matching.names.judged import RELATED, SAME, Judged
from matching.names.parsing import parse
from matching.names.reasons import ReasonKey


def judge(han: str, latin: str) -> Judged:
    return judge_bilingual(parse(han), parse(latin))


@pytest.mark.parametrize(
    ("han", "latin", "least", "most", "reason"),
    [
        ("苏州示例光学有限公司", "Suzhou Shili Optical Ltd", 0.95, 1, ReasonKey.SAME_SOUND),
        ("示例光学", "Shili Guangxue", 1, 1, ReasonKey.SAME_SOUND),
        ("苏州示例光学", "Su Zhou Shi Li Guang Xue Gongsi", 1, 1, ReasonKey.SAME_SOUND),
        ("深圳野马电池", "Shenzhen Mustang Battery", 0.95, 1, ReasonKey.SAME_MEANING),
        ("深圳金龙电池", "Shenzhen Golden Dragon Battery", 0.95, 1, ReasonKey.SAME_MEANING),
        ("芜湖三七网络", "Wuhu 37 Network", 0.95, 1, ReasonKey.SAME_MEANING),
        ("西门子电气", "Siemens Electric", SAME, 1, ReasonKey.SAME_BRAND),
        ("苏州西门子电气", "Siemens Electric Munich", RELATED, SAME, ReasonKey.SAME_BRAND),
        ("苏州示例电气", "Shili Electric Munich", 0, RELATED, ReasonKey.SAME_SOUND),
        ("西门子（中国）", "Siemens Germany", RELATED, SAME, ReasonKey.SAME_BRAND),
        ("江苏示例电气", "Suzhou Shili Electric", SAME, 1, ReasonKey.SAME_SOUND),
        ("苏州甲乙电气", "Suzhou Yongjin Electric", 0, SAME, ReasonKey.OTHER_CORE),
        ("苏州示例水泥", "Suzhou Shili Pharmaceutical", 0, SAME, ReasonKey.SAME_SOUND),
        ("北京银行", "Bank of Beijing", RELATED, 1, ReasonKey.SAME_MEANING),
        ("示例有限公司分公司", "Shili Ltd", RELATED, SAME, ReasonKey.SAME_SOUND),
        ("甲乙集团示例", "Shili", RELATED, 1, ReasonKey.SAME_SOUND),
        ("示例", "", 0, 0, ReasonKey.NO_NAME),
        ("（中国）", "Acme", 0, 0, ReasonKey.NO_NAME),
        ("示例", "Shanghai", 0, RELATED, ReasonKey.OTHER_CORE),
    ],
)
def test_a_chinese_name_is_as_like_a_latin_one_as_it_sounds_and_means(
    han: str, latin: str, least: float, most: float, reason: ReasonKey
) -> None:
    found = judge(han, latin)
    assert least <= found.likeness <= most, found
    assert found.reasons[0] is reason


@pytest.mark.parametrize(
    ("core", "words", "least", "reason"),
    [
        ("华西村", ["huaxicun"], 1, ReasonKey.SAME_SOUND),
        ("华西村", ["hua", "xi", "cun"], 1, ReasonKey.SAME_SOUND),
        ("华西村", ["hxc"], 0.8, ReasonKey.SAME_SOUND),
        ("格林达", ["greenda"], 0.7, ReasonKey.SAME_SOUND),
        ("华西村", ["roborock"], 0, ReasonKey.OTHER_CORE),
        ("金山河", ["golden", "shanhe"], 0.9, ReasonKey.SAME_MEANING),
        ("华西村", [], 0, ReasonKey.OTHER_CORE),
        ("", ["acme"], 0, ReasonKey.OTHER_CORE),
    ],
)
def test_latin_words_say_a_core(
    core: str, words: list[str], least: float, reason: ReasonKey
) -> None:
    likeness, found = core_likeness(core, words)
    assert least <= likeness <= 1
    assert found is reason


@pytest.mark.parametrize(
    ("pinyin", "word", "least", "most"),
    [
        ("jiuzhou", "jouzhou", 0.5, 1),
        ("xinda", "sinda", 0.5, 0.95),
        ("zhongjian", "yongjin", 0, 0.4),
        ("huaxi", "huaxi", 0.95, 0.95),
        ("ab", "xy", 0, 0),
    ],
)
def test_words_sound_alike(pinyin: str, word: str, least: float, most: float) -> None:
    assert least <= sound_likeness(pinyin, word) <= most
