import pytest

from matching.names.pinyin import LONGEST_WORD, SYLLABLES, sounds, syllables


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("重庆", ("chong", "qing")),
        ("厦门", ("xia", "men")),
        ("绿洲", ("lu", "zhou")),
        ("银行", ("yin", "hang")),
        ("甲Ab", ("jia", "Ab")),
        ("", ()),
    ],
)
def test_chinese_is_spoken_in_its_usual_reading(text: str, spoken: tuple[str, ...]) -> None:
    assert sounds(text) == spoken


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("shenzhen", ("shen", "zhen")),
        ("xian", ("xian",)),
        ("fangan", ("fang", "an")),
        ("nvzhuang", ("nu", "zhuang")),
        ("zhuang", ("zhuang",)),
        ("victory", ()),
        ("", ()),
        ("ß", ()),
        ("a" * (LONGEST_WORD + 1), ()),
        ("a" * LONGEST_WORD, ("a",) * LONGEST_WORD),
        ("zhangz", ()),
    ],
)
def test_a_word_in_pinyin_is_split(word: str, found: tuple[str, ...]) -> None:
    assert syllables(word) == found


def test_the_syllables_are_those_of_mandarin() -> None:
    assert 400 <= len(SYLLABLES) <= 410
    assert {"zhuang", "lv", "er", "a"} <= SYLLABLES
    assert not {"zhui2", "bua", "v", "ing"} & SYLLABLES
